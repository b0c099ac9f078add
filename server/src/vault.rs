//! Secrets that must be readable again (signing secrets, seeds of second factors, tokens of
//! providers) are sealed before they reach the database: XChaCha20-Poly1305 under a key that is
//! not in it. A value is bound to its account, column and row, so that one that was moved there
//! from elsewhere does not open.
//!
//! A sealed value is a version, the id of its key, a nonce, and what only the key can open.

mod rotation;

pub use rotation::{Rotation, RotationError, Step, upgrade};

use crate::config::Config;
use crate::config::folder::FolderError;
use crate::config::key_file::{DataKey, KEY_ID_LENGTH, KeyRing, KeySource};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use frontdesk_connectors::verify::hmac_sha256;
use frontdesk_db::queries::sealed::Column;
use frontdesk_domain::AccountId;
use std::fmt;
use std::fs::File;
use std::sync::Arc;
use uuid::Uuid;

/// The first byte of everything that is sealed.
const VERSION: u8 = 1;

const NONCE_LENGTH: usize = 24;

/// What the cipher adds to a secret.
const TAG_LENGTH: usize = 16;

/// Where the nonce begins, and what it begins after: the version and the key's id.
const PREFIX_LENGTH: usize = 1 + KEY_ID_LENGTH;

/// A secret in the clear. It shows itself to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Takes the bytes in.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes, for signing and checking.
    #[must_use]
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where a secret is at home.
#[derive(Debug, Clone, Copy)]
pub struct Home {
    pub column: &'static Column,
    pub account_id: AccountId,
    pub row: Uuid,
}

impl Home {
    /// What a sealed value is bound to.
    fn bound(&self) -> Vec<u8> {
        format!("{}\n{}\n{}", self.column.name, self.account_id, self.row).into_bytes()
    }
}

/// Why a stored secret could not be read. Everything else of the desk can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error(
        "a stored secret was sealed with a key that is not here\n  hint: restore the key file from a backup, or set the secret anew"
    )]
    KeyMissing,
    #[error(
        "a stored secret is damaged or was moved here from elsewhere\n  hint: set the secret anew"
    )]
    Damaged,
}

/// Seals and opens. Clones share the keys.
#[derive(Debug, Clone)]
pub struct Vault(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    keys: KeyRing,
    /// Held so that nobody takes the key away from under us.
    _lock: Option<File>,
}

impl Vault {
    /// The vault of a configuration; the key file is made when there is none.
    ///
    /// # Errors
    /// When the key file is damaged, can be read by others, or is being rotated.
    pub fn open_for(config: &Config) -> Result<Self, FolderError> {
        match &config.secrets.key {
            KeySource::Given(keys) => Ok(Self::with(keys.clone())),
            KeySource::File(_) => {
                let file = config.key_file();
                let lock = file.hold()?;
                let keys = file.load_or_create()?;
                Ok(Self(Arc::new(Inner {
                    keys,
                    _lock: Some(lock),
                })))
            }
        }
    }

    /// A vault with these keys.
    #[must_use]
    pub fn with(keys: KeyRing) -> Self {
        Self(Arc::new(Inner { keys, _lock: None }))
    }

    /// Seals a secret under the newest key.
    ///
    /// # Panics
    /// When the system has no randomness, or the secret is larger than the cipher's 256 GiB.
    #[must_use]
    pub fn seal(&self, home: &Home, secret: &Secret) -> Vec<u8> {
        let mut nonce = [0_u8; NONCE_LENGTH];
        getrandom::fill(&mut nonce).expect("the system gives random bytes");
        let payload = Payload {
            msg: secret.reveal(),
            aad: &home.bound(),
        };
        let closed = cipher(self.0.keys.newest())
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a secret is smaller than what the cipher can take");
        [&self.prefix()[..], &nonce, &closed].concat()
    }

    /// Opens a stored value.
    ///
    /// # Errors
    /// When its key is not here, or it is not what was sealed for this place.
    pub fn open(&self, home: &Home, stored: &[u8]) -> Result<Secret, Unreadable> {
        let (head, rest) = stored
            .split_at_checked(PREFIX_LENGTH)
            .ok_or(Unreadable::Damaged)?;
        let (nonce, closed) = rest
            .split_first_chunk::<NONCE_LENGTH>()
            .ok_or(Unreadable::Damaged)?;
        if head[0] != VERSION {
            return Err(Unreadable::Damaged);
        }
        let key = self.0.keys.find(&head[1..]).ok_or(Unreadable::KeyMissing)?;
        let payload = Payload {
            msg: closed,
            aad: &home.bound(),
        };
        let opened = cipher(key).decrypt(&XNonce::from(*nonce), payload);
        opened.map(Secret).map_err(|_| Unreadable::Damaged)
    }

    /// A key for another purpose than sealing, made from the newest key. It tells nothing of that.
    pub(crate) fn newest_key_for(&self, purpose: &str) -> Secret {
        derived(self.0.keys.newest(), purpose)
    }

    /// The same of every key that is here.
    pub(crate) fn keys_for(&self, purpose: &str) -> impl Iterator<Item = Secret> {
        self.0.keys.all().map(move |key| derived(key, purpose))
    }

    /// What values begin with that are sealed under the newest key.
    fn prefix(&self) -> [u8; PREFIX_LENGTH] {
        let mut prefix = [VERSION; PREFIX_LENGTH];
        prefix[1..].copy_from_slice(&self.0.keys.newest().id());
        prefix
    }
}

/// Whether a stored value was sealed at all. Those that once were not are shorter than anything
/// sealed.
fn is_sealed(stored: &[u8]) -> bool {
    stored.len() >= PREFIX_LENGTH + NONCE_LENGTH + TAG_LENGTH && stored[0] == VERSION
}

fn derived(key: &DataKey, purpose: &str) -> Secret {
    Secret::new(hmac_sha256(key.reveal(), purpose.as_bytes()))
}

fn cipher(key: &DataKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.reveal().into())
}

#[cfg(test)]
mod tests;
