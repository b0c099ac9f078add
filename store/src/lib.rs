//! Frontdesk's local data: what the client remembers about servers between two runs.
//!
//! [`Store`] knows who is signed in where; a [`Desk`] holds all of one sign-in. What a server can
//! tell again is a cache and may be rebuilt at any time; what the agent did or typed and the
//! server has not confirmed lies in the outbox, a file of its own. Passwords and tokens are in
//! none of them. This crate knows no network and no screen.

mod conversations;
pub mod copies;
mod cursors;
pub mod desk;
mod error;
mod file;
mod lent;
mod migrate;
mod sign_ins;

pub use copies::Copies;
pub use desk::Desk;
pub use error::StoreError;
pub use lent::Fingerprint;
pub use sign_ins::{NewSignIn, SignIn, SignInId};

use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The client's local data, open.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

/// A store that was just opened.
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    /// Where the old file lies, when it was damaged and had to be made anew.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// Opens the file at `path`, and makes it and its folder where they do not exist. Nobody but
    /// the owner can read what is made. A damaged file is moved aside and made anew.
    ///
    /// # Errors
    /// When the place cannot be written, when the file was made by a newer version, or when
    /// another program holds it too long.
    pub fn open(path: &Path) -> Result<Opened, StoreError> {
        file::prepare(path)?;
        match Self::open_sound(path) {
            Ok(store) => Ok(Opened {
                store,
                set_aside: None,
            }),
            Err(error) if error.is_damage() => {
                let aside = file::set_aside(path)?;
                file::prepare(path)?;
                let store = Self::open_sound(path)?;
                Ok(Opened {
                    store,
                    set_aside: Some(aside),
                })
            }
            Err(error) => Err(error),
        }
    }

    /// Removes the file at `path` and what belongs to it. One that is not there is fine.
    ///
    /// # Errors
    /// When a file is there and cannot be removed.
    pub fn wipe(path: &Path) -> Result<(), StoreError> {
        file::remove(path)
    }

    fn open_sound(path: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(path).map_err(StoreError::Open)?;
        file::configure(&connection, file::Sync::Normal)?;
        migrate::check_sound(&connection)?;
        migrate::run(&mut connection, migrate::CACHE)?;
        Ok(Self { connection })
    }
}
