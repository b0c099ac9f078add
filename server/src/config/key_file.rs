//! The keys that secrets in the database are sealed with. They lie beside the database and not in
//! it, so that a copy of the database alone is worth nothing.
//!
//! A key file has one key a line, the newest first. There is more than one only while the key is
//! being rotated.

use super::folder::{FolderError, is_exposed};
use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong, quoted};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The usual name of the file in the data folder.
pub const NAME: &str = "secret.key";

/// How long the id of a key is.
pub const KEY_ID_LENGTH: usize = 8;

/// 32 random bytes. They show themselves to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey([u8; 32]);

impl DataKey {
    fn random() -> Self {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).expect("the system gives random bytes");
        Self(bytes)
    }

    /// The bytes, for sealing and opening.
    #[must_use]
    pub fn reveal(&self) -> &[u8; 32] {
        &self.0
    }

    /// What a sealed value names its key by. It tells nothing of the key.
    #[must_use]
    pub fn id(&self) -> [u8; KEY_ID_LENGTH] {
        let digest = Sha256::new()
            .chain_update(b"frontdesk key id")
            .chain_update(self.0)
            .finalize();
        let mut id = [0_u8; KEY_ID_LENGTH];
        id.copy_from_slice(&digest[..KEY_ID_LENGTH]);
        id
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// The keys there are; the newest seals, each opens what it sealed. There is always one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRing {
    newest: DataKey,
    older: Vec<DataKey>,
}

impl KeyRing {
    /// A ring of one key.
    #[must_use]
    pub fn of(newest: DataKey) -> Self {
        Self {
            newest,
            older: Vec::new(),
        }
    }

    /// A ring of one new key.
    ///
    /// # Panics
    /// When the system has no randomness: nothing safe can be done then.
    #[must_use]
    pub fn random() -> Self {
        Self::of(DataKey::random())
    }

    /// The same with a new key in front.
    ///
    /// # Panics
    /// When the system has no randomness: nothing safe can be done then.
    #[must_use]
    pub fn with_new(&self) -> Self {
        Self {
            newest: DataKey::random(),
            older: self.all().cloned().collect(),
        }
    }

    /// The key that seals.
    #[must_use]
    pub fn newest(&self) -> &DataKey {
        &self.newest
    }

    /// How many keys there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a ring is never empty")]
    pub fn len(&self) -> usize {
        1 + self.older.len()
    }

    /// The key of this id.
    pub(crate) fn find(&self, id: &[u8]) -> Option<&DataKey> {
        self.all().find(|key| key.id() == *id)
    }

    /// All of them, the newest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &DataKey> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// Reads keys, the newest first.
    fn read<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let key = |text: &str| {
            let bytes = STANDARD.decode(text.trim()).ok()?;
            bytes.try_into().ok().map(DataKey)
        };
        let mut keys = texts.map(key).collect::<Option<Vec<_>>>()?.into_iter();
        Some(Self {
            newest: keys.next()?,
            older: keys.collect(),
        })
    }

    fn write(&self) -> String {
        self.all()
            .map(|key| format!("{}\n", STANDARD.encode(key.0)))
            .collect()
    }
}

/// Where the keys come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// A file; a relative path starts in the data folder.
    File(PathBuf),
    /// The setting itself, as platforms hand secrets to programs.
    Given(KeyRing),
}

impl Setting for KeySource {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"file:PATH\" or \"keys:BASE64\" with 32 bytes, the newest key first";
        // What was written may be a key, so it is not quoted back.
        let wrong = || Wrong {
            expected: expected.to_owned(),
            got: "something else".to_owned(),
        };
        let text = raw.text(expected).map_err(|_| wrong())?;
        if let Some(keys) = text.strip_prefix("keys:") {
            return KeyRing::read(keys.split(','))
                .map(Self::Given)
                .ok_or_else(wrong);
        }
        match text.strip_prefix("file:") {
            None | Some("") => Err(wrong()),
            Some(path) => Ok(Self::File(PathBuf::from(path))),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::File(path) => quoted(format_args!("file:{}", path.display())),
            Self::Given(_) => quoted("keys:…"),
        }
    }
}

/// How stored secrets are sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrets {
    pub key: KeySource,
}

impl Default for Secrets {
    fn default() -> Self {
        Self {
            key: KeySource::File(PathBuf::from(NAME)),
        }
    }
}

pub(super) const KEYS: &[Key] = &[key!(
    "secrets.key",
    secrets.key,
    "The key that stored secrets are sealed with: \"file:PATH\" (a relative path starts in the data\nfolder; the file is made when it is not there) or, best in a variable, \"keys:BASE64\"."
)];

/// A file with keys.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// The file at this path.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the keys, or makes one.
    ///
    /// # Errors
    /// When the file is damaged, cannot be used, or can be read by others.
    ///
    /// # Panics
    /// When the system has no randomness: nothing safe can be done then.
    pub fn load_or_create(&self) -> Result<KeyRing, FolderError> {
        match self.create() {
            Ok(keys) => Ok(keys),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.load(),
            Err(source) => Err(self.unusable(source)),
        }
    }

    /// Puts other keys in place of those in the file, durably and at once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, keys: &KeyRing) -> Result<(), FolderError> {
        let replace = || {
            let aside = self.aside();
            write_private(&aside, &keys.write())?;
            std::fs::rename(&aside, &self.path)?;
            self.sync_folder()
        };
        replace().map_err(|source| self.unusable(source))
    }

    /// Keeps the keys from being rotated as long as the returned lock lives.
    ///
    /// # Errors
    /// When they are being rotated.
    pub fn hold(&self) -> Result<File, FolderError> {
        let lock = self.lock_file()?;
        self.taken(lock.try_lock_shared())?;
        Ok(lock)
    }

    /// Takes the keys for rotating them, as long as the returned lock lives.
    ///
    /// # Errors
    /// When somebody uses them.
    pub fn take(&self) -> Result<File, FolderError> {
        let lock = self.lock_file()?;
        self.taken(lock.try_lock())?;
        Ok(lock)
    }

    fn lock_file(&self) -> Result<File, FolderError> {
        let mut path = self.path.clone().into_os_string();
        path.push(".lock");
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path);
        opened.map_err(|source| self.unusable(source))
    }

    fn taken(&self, locked: Result<(), TryLockError>) -> Result<(), FolderError> {
        locked.map_err(|error| match error {
            TryLockError::WouldBlock => FolderError::KeyInUse {
                path: self.path.clone(),
            },
            TryLockError::Error(source) => self.unusable(source),
        })
    }

    fn unusable(&self, source: io::Error) -> FolderError {
        FolderError::File {
            path: self.path.clone(),
            source,
        }
    }

    /// Writes a new key aside and gives it its name only when it is whole: a crash leaves no half
    /// key, and of two processes that start at once both use the same.
    fn create(&self) -> io::Result<KeyRing> {
        if self.path.exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let keys = KeyRing::random();
        let aside = self.aside();
        let written = write_private(&aside, &keys.write());
        let named = written.and_then(|()| std::fs::hard_link(&aside, &self.path));
        std::fs::remove_file(&aside)?;
        named?;
        self.sync_folder()?;
        Ok(keys)
    }

    /// A name of this process's own beside the file.
    fn aside(&self) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(format!(".{}", std::process::id()));
        PathBuf::from(path)
    }

    fn sync_folder(&self) -> io::Result<()> {
        let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    fn load(&self) -> Result<KeyRing, FolderError> {
        let path = self.path.clone();
        let mut text = String::new();
        let mut read = || -> io::Result<bool> {
            let mut file = OpenOptions::new().read(true).open(&path)?;
            let exposed = is_exposed(&file)?;
            file.read_to_string(&mut text)?;
            Ok(exposed)
        };
        match read() {
            Err(source) => return Err(self.unusable(source)),
            Ok(true) => return Err(FolderError::Exposed { path }),
            Ok(false) => {}
        }
        KeyRing::read(text.lines()).ok_or(FolderError::Damaged { path })
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
