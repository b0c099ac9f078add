//! The store that is a folder: `files/` in the data folder, a folder for each account in it.

use super::{Content, FileError, FileKey, Portion, Store};
use frontdesk_domain::{AccountId, FileId};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use std::io::{self, ErrorKind, SeekFrom};
use std::path::{Path, PathBuf};
use tokio::fs::{self, DirBuilder, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

/// Read at once.
const CHUNK: usize = 64 * 1024;

/// The folder of the files in a data folder.
pub(crate) fn root(data: &Path) -> PathBuf {
    data.join("files")
}

/// Where the bytes of a file are in a data folder.
pub(crate) fn place(data: &Path, account_id: AccountId, id: FileId) -> PathBuf {
    root(data).join(account_id.to_string()).join(id.to_string())
}

/// Makes a folder that only its owner can look into, and what leads to it.
pub(super) async fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(folder).await
}

/// The folder.
#[derive(Debug)]
pub(super) struct Disk {
    data: PathBuf,
}

impl Disk {
    pub(super) fn at(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
        }
    }

    fn place(&self, key: FileKey) -> PathBuf {
        place(&self.data, key.account_id, key.id)
    }

    async fn take(&self, key: FileKey, aside: &Path) -> Result<(), FileError> {
        let place = self.place(key);
        let folder = place.parent().unwrap_or(&self.data);
        private_folder(folder).await?;
        fs::rename(aside, &place).await?;
        // The name of a file is durable once its folder is.
        File::open(folder).await?.sync_all().await?;
        Ok(())
    }

    async fn read(&self, key: FileKey, portion: Portion) -> Result<Content, FileError> {
        let mut file = File::open(self.place(key)).await?;
        let length = match portion {
            Portion::Whole => u64::MAX,
            Portion::Part(range) => {
                file.seek(SeekFrom::Start(*range.start())).await?;
                (range.end() - range.start()).saturating_add(1)
            }
        };
        Ok(ReaderStream::with_capacity(file.take(length), CHUNK).boxed())
    }
}

impl Store for Disk {
    fn put<'a>(
        &'a self,
        key: FileKey,
        aside: &'a Path,
        _: u64,
    ) -> BoxFuture<'a, Result<(), FileError>> {
        Box::pin(self.take(key, aside))
    }

    fn open(&self, key: FileKey, portion: Portion) -> BoxFuture<'_, Result<Content, FileError>> {
        Box::pin(self.read(key, portion))
    }

    fn remove(&self, key: FileKey) -> BoxFuture<'_, Result<(), FileError>> {
        Box::pin(async move {
            match fs::remove_file(self.place(key)).await {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                removed => Ok(removed?),
            }
        })
    }
}
