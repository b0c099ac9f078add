//! A file that is being written, aside from where it will be kept.

use super::FileError;
use super::disk::private_folder;
use frontdesk_domain::FileId;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// How much of a file's beginning tells what it is.
const HEAD: usize = 4096;

/// A file that is being written. Until it is kept, nobody finds it; if it never is, it goes.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: File,
    path: PathBuf,
    head: Vec<u8>,
    size: u64,
}

/// How a new file is made that only its owner can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options
}

impl Incoming {
    pub(super) async fn begin(folder: &Path) -> Result<Self, FileError> {
        private_folder(folder).await?;
        let path = folder.join(FileId::random().to_string());
        Ok(Self {
            file: private().open(&path).await?,
            path,
            head: Vec::new(),
            size: 0,
        })
    }

    /// Adds to the file.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
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

    /// Makes what has come durable, and says where it is.
    pub(super) async fn finish(&mut self) -> Result<&Path, FileError> {
        self.file.sync_all().await?;
        Ok(&self.path)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        match std::fs::remove_file(&self.path) {
            Ok(()) => {}
            // It was moved to its place.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(%error, "a half upload stays on the disk"),
        }
    }
}

/// Removes what was written to last so long ago, and says how much that was. Ages are told by the
/// clock of the file system, which stamped the files.
pub(super) async fn sweep(folder: &Path, older: Duration) -> Result<u64, FileError> {
    let mut removed = 0;
    let now = now_in(folder).await?;
    let mut names = fs::read_dir(folder).await?;
    while let Some(name) = names.next_entry().await? {
        let modified = match name.metadata().await {
            // Somebody finished it between two looks.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            known => known?.modified()?,
        };
        let age = now.duration_since(modified);
        if age.is_ok_and(|age| age > older) {
            fs::remove_file(name.path()).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// What time the file system has: that of a file it makes now.
async fn now_in(folder: &Path) -> Result<SystemTime, FileError> {
    let probe = Incoming::begin(folder).await?;
    Ok(probe.file.metadata().await?.modified()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File as Plain;

    #[tokio::test]
    async fn what_is_not_kept_goes() {
        let folder = tempfile::tempdir().unwrap();
        let mut incoming = Incoming::begin(folder.path()).await.unwrap();
        incoming.write(b"half").await.unwrap();
        assert_eq!((incoming.size(), incoming.head()), (4, &b"half"[..]));
        drop(incoming);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }

    #[tokio::test]
    async fn only_what_is_old_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let hour = Duration::from_secs(3600);
        assert_eq!(sweep(&folder.path().join("none"), hour).await.unwrap(), 0);
        for (name, age) in [("old", hour * 3), ("young", hour / 2)] {
            let file = Plain::create(folder.path().join(name)).unwrap();
            let now = file.metadata().unwrap().modified().unwrap();
            file.set_modified(now - age).unwrap();
        }
        assert_eq!(sweep(folder.path(), hour).await.unwrap(), 1);
        assert!(folder.path().join("young").exists());
        assert!(!folder.path().join("old").exists());
    }
}
