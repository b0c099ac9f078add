//! Uploaded files on the disk: written whole under names of our own before anybody hears of
//! them, and found again by account and id. What a file was called never gets into a path.

pub(crate) mod kind;
pub(crate) mod name;

use crate::config::Config;
use frontdesk_domain::{AccountId, FileId};
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

/// The folder of the files.
#[derive(Debug, Clone)]
pub(crate) struct FileStore {
    root: PathBuf,
}

/// A file that is being written. Until it is kept, nobody finds it; if it never is, it goes.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: File,
    /// Where it is; nothing once it has been kept.
    path: Option<PathBuf>,
    head: Vec<u8>,
    size: u64,
}

/// How much of a file's beginning tells what it is.
const HEAD: usize = 32;

impl FileStore {
    /// The files of this server.
    pub(crate) fn of(config: &Config) -> Self {
        Self::at(&config.data)
    }

    /// The files in a data folder.
    pub(crate) fn at(data: &Path) -> Self {
        Self {
            root: data.join("files"),
        }
    }

    /// Begins to write a file.
    pub(crate) async fn begin(&self) -> io::Result<Incoming> {
        let folder = self.root.join("incoming");
        fs::create_dir_all(&folder).await?;
        let path = folder.join(FileId::random().to_string());
        Ok(Incoming {
            file: File::create_new(&path).await?,
            path: Some(path),
            head: Vec::with_capacity(HEAD),
            size: 0,
        })
    }

    /// Puts a file that was written to its place, durably.
    pub(crate) async fn keep(
        &self,
        mut incoming: Incoming,
        account_id: AccountId,
        id: FileId,
    ) -> io::Result<()> {
        incoming.file.sync_all().await?;
        let place = self.place(account_id, id);
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).await?;
        if let Some(path) = &incoming.path {
            fs::rename(path, &place).await?;
        }
        incoming.path = None;
        // The name of a file is durable once its folder is.
        File::open(folder).await?.sync_all().await
    }

    /// A file that was kept, for reading.
    pub(crate) async fn open(&self, account_id: AccountId, id: FileId) -> io::Result<File> {
        File::open(self.place(account_id, id)).await
    }

    /// Removes a file that was kept.
    pub(crate) async fn remove(&self, account_id: AccountId, id: FileId) {
        complain(fs::remove_file(self.place(account_id, id)).await);
    }

    /// Removes a file for good, and says whether it is gone.
    pub(crate) async fn destroy(&self, account_id: AccountId, id: FileId) -> bool {
        match fs::remove_file(self.place(account_id, id)).await {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => {
                tracing::warn!(%error, file = %id, "an erased file stays on the disk");
                false
            }
        }
    }

    /// Where a file that was kept is.
    pub(crate) fn place(&self, account_id: AccountId, id: FileId) -> PathBuf {
        self.root.join(account_id.to_string()).join(id.to_string())
    }
}

impl Incoming {
    /// Adds to the file.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let wanted = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..wanted]);
        self.file.write_all(bytes).await?;
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes have come.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The first bytes.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            complain(std::fs::remove_file(path));
        }
    }
}

fn complain(removed: io::Result<()>) {
    if let Err(error) = removed {
        tracing::warn!(%error, "a file that nobody needs stays on the disk");
    }
}
