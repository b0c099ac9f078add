//! The file that stands in for a keyring: readable by its owner alone, replaced as a whole.

use super::{KeepError, Tokens};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

type Kept = BTreeMap<String, Tokens>;

/// Everything in the file; nothing when there is none.
pub(super) fn read(path: &Path) -> Result<Kept, KeepError> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|cause| KeepError::Damaged {
            path: path.to_owned(),
            cause,
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Kept::new()),
        Err(cause) => Err(KeepError::File {
            path: path.to_owned(),
            cause,
        }),
    }
}

/// Changes what is kept. `change` says whether there was anything to change.
pub(super) fn change(path: &Path, change: impl FnOnce(&mut Kept) -> bool) -> Result<(), KeepError> {
    let mut kept = read(path)?;
    if !change(&mut kept) {
        return Ok(());
    }
    let bytes = serde_json::to_vec_pretty(&kept).expect("texts are always JSON");
    replace(path, &bytes).map_err(|cause| KeepError::File {
        path: path.to_owned(),
        cause,
    })
}

/// The whole new file or the whole old one: a renewed token that is lost is lost for good.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    make_folder(path)?;
    let new = beside(path, ".new");
    let mut file = private().truncate(true).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

/// The lock beside the file, held as long as the answer lives; nothing when another run of the
/// program holds it.
pub(super) fn try_lock(path: &Path) -> Result<Option<File>, KeepError> {
    let lock = beside(path, ".lock");
    let locked = make_folder(path).and_then(|()| {
        let file = private().open(&lock)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    });
    locked.map_err(|cause| KeepError::File { path: lock, cause })
}

/// Removes the file and the lock beside it.
pub(super) fn remove(path: &Path) -> Result<(), KeepError> {
    for path in [path.to_owned(), beside(path, ".lock")] {
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(KeepError::File { path, cause });
            }
            _ => {}
        }
    }
    Ok(())
}

fn make_folder(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
