//! One process at a time works in a data folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The name of the file in the data folder. It is empty; only the lock on it counts.
pub const NAME: &str = "frontdesk.lock";

/// The right to work in a data folder. It ends with this value, or with the process.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held for the lock on it")] File);

/// Why a folder could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error(
        "a server or another command is working in {folder}\n  hint: stop it first, or use the API of the running server"
    )]
    Taken { folder: PathBuf },
    #[error("the lock {path} cannot be used ({})", .source.kind())]
    File { path: PathBuf, source: io::Error },
}

impl FolderLock {
    /// Takes the folder.
    ///
    /// # Errors
    /// When another process has it.
    pub fn take(folder: &Path) -> Result<Self, LockError> {
        let path = folder.join(NAME);
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path);
        let file = match opened {
            Ok(file) => file,
            Err(source) => return Err(LockError::File { path, source }),
        };
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(LockError::Taken {
                folder: folder.to_owned(),
            }),
            Err(TryLockError::Error(source)) => Err(LockError::File { path, source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_taken_once_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        assert!(matches!(
            FolderLock::take(folder.path()),
            Err(LockError::Taken { .. })
        ));
        drop(first);
        FolderLock::take(folder.path()).unwrap();
    }
}
