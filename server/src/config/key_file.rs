//! The key that secrets in the database are sealed with. It lies beside the database and not in
//! it, so that a copy of the database alone is worth nothing.

use super::folder::{FolderError, is_exposed};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The name of the file in the data folder.
pub const NAME: &str = "secret.key";

/// 32 random bytes. They show themselves to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey([u8; 32]);

impl DataKey {
    /// The bytes, for sealing and opening.
    #[must_use]
    pub fn reveal(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// Reads the key of a data folder, or makes one.
///
/// # Errors
/// When the file is damaged, cannot be used, or can be read by others.
///
/// # Panics
/// When the system has no randomness: nothing safe can be done then.
pub fn load_or_create(folder: &Path) -> Result<DataKey, FolderError> {
    let path = folder.join(NAME);
    match create(folder, &path) {
        Ok(key) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => load(path),
        Err(source) => Err(FolderError::File { path, source }),
    }
}

/// Writes a new key aside and gives it its name only when it is whole: a crash leaves no half
/// key, and of two processes that start at once both use the same.
fn create(folder: &Path, path: &Path) -> io::Result<DataKey> {
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    let aside = folder.join(format!("{NAME}.{}", std::process::id()));
    let written = write_private(&aside, &STANDARD.encode(bytes));
    let named = written.and_then(|()| std::fs::hard_link(&aside, path));
    std::fs::remove_file(&aside)?;
    named?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(DataKey(bytes))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

fn load(path: PathBuf) -> Result<DataKey, FolderError> {
    let mut text = String::new();
    let read = || -> io::Result<bool> {
        let mut file = OpenOptions::new().read(true).open(&path)?;
        let exposed = is_exposed(&file)?;
        file.read_to_string(&mut text)?;
        Ok(exposed)
    };
    match { read }() {
        Err(source) => return Err(FolderError::File { path, source }),
        Ok(true) => return Err(FolderError::Exposed { path }),
        Ok(false) => {}
    }
    let bytes = STANDARD
        .decode(text.trim())
        .ok()
        .and_then(|bytes| bytes.try_into().ok());
    bytes.map(DataKey).ok_or(FolderError::Damaged { path })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let made = load_or_create(folder.path()).unwrap();
        let mode = folder
            .path()
            .join(NAME)
            .metadata()
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(load_or_create(folder.path()).unwrap(), made);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(!format!("{made:?}").contains(&STANDARD.encode(made.reveal())));
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        load_or_create(folder.path()).unwrap();
        let path = folder.path().join(NAME);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = load_or_create(folder.path()).unwrap_err();
        assert!(error.to_string().contains("hint: chmod 600"), "{error}");
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        load_or_create(folder.path()).unwrap();
        let path = folder.path().join(NAME);
        std::fs::write(&path, "c2hvcnQ=").unwrap();
        assert!(matches!(
            load_or_create(folder.path()),
            Err(FolderError::Damaged { .. })
        ));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "c2hvcnQ=");
    }
}
