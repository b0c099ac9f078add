//! The data folder: made for its owner alone, and kept that way.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Who else than the owner may do anything with it.
const OTHERS: u32 = 0o077;

/// What is wrong with the data folder or a file in it.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("the data folder {path} cannot be made or used ({})", .source.kind())]
    Folder { path: PathBuf, source: io::Error },
    #[error("{path} is not a folder")]
    NotAFolder { path: PathBuf },
    #[error("{path} cannot be read or written ({})", .source.kind())]
    File { path: PathBuf, source: io::Error },
    #[error(
        "others can read {path}\n  hint: chmod 600 {path}; if others may have read it, replace it"
    )]
    Exposed { path: PathBuf },
    #[error(
        "{path} is damaged: it must hold 32 bytes in base64 on each line\n  hint: restore it from a backup; without it, stored secrets cannot be read"
    )]
    Damaged { path: PathBuf },
    #[error(
        "{path} is in use\n  hint: stop the server and other commands while the key is rotated"
    )]
    KeyInUse { path: PathBuf },
}

/// Makes the folder if it is not there, and keeps others out of it.
///
/// # Errors
/// When it cannot be made, or is no folder.
pub fn prepare(folder: &Path) -> Result<(), FolderError> {
    let wrong = |source| FolderError::Folder {
        path: folder.to_owned(),
        source,
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| {
            if folder.exists() && !folder.is_dir() {
                FolderError::NotAFolder {
                    path: folder.to_owned(),
                }
            } else {
                wrong(error)
            }
        })?;
    let mut permissions = folder.metadata().map_err(wrong)?.permissions();
    if permissions.mode() & OTHERS != 0 {
        permissions.set_mode(permissions.mode() & !OTHERS);
        std::fs::set_permissions(folder, permissions).map_err(wrong)?;
    }
    Ok(())
}

/// Makes an empty file that only its owner can read, unless there is a file already.
///
/// # Errors
/// When it cannot be made.
pub fn private_file(path: &Path) -> Result<(), FolderError> {
    match OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(FolderError::File {
            path: path.to_owned(),
            source: error,
        }),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether others than the owner can read the open file.
pub(super) fn is_exposed(file: &File) -> io::Result<bool> {
    Ok(file.metadata()?.mode() & OTHERS != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn folder_and_files_are_for_the_owner_alone() {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("deep/desk");
        prepare(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        private_file(&folder.join("database")).unwrap();
        assert_eq!(mode(&folder.join("database")), 0o600);
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        prepare(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
    }

    #[test]
    fn a_file_is_no_folder() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(
            prepare(file.path()),
            Err(FolderError::NotAFolder { .. })
        ));
    }
}
