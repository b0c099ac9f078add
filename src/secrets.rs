//! Where tokens are kept: in the system's keyring, or, where there is none, in a file that only
//! its owner can read. They are kept under the address they belong to.

mod file;
mod keyring;

use crate::config::KeepTokens;
use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::PathBuf;

/// The two tokens of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Opens everything, for half an hour.
    pub access: Secret,
    /// Gets the next pair, once.
    pub renew: Secret,
}

/// Where a pair of tokens lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Keyring,
    File(PathBuf),
}

/// Why tokens cannot be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error("the system's keyring does not work ({0})")]
    Keyring(String),
    #[error("{}: the tokens cannot be read or written", path.display())]
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("{}: this is not a file with tokens", path.display())]
    Damaged {
        path: PathBuf,
        #[source]
        cause: serde_json::Error,
    },
}

/// Keeps tokens for this user of this machine.
#[derive(Debug, Clone)]
pub struct Keeper {
    choice: KeepTokens,
    file: PathBuf,
}

/// The right to renew tokens while nobody else does.
#[derive(Debug)]
pub struct Turn {
    _lock: std::fs::File,
}

impl Keeper {
    /// A keeper of this kind, with its file there.
    #[must_use]
    pub fn new(choice: KeepTokens, file: PathBuf) -> Self {
        Self { choice, file }
    }

    /// The tokens kept under a name.
    ///
    /// # Errors
    /// When the place they would be in cannot be read.
    pub fn load(&self, who: &str) -> Result<Option<(Tokens, Place)>, KeepError> {
        if self.choice != KeepTokens::Keyring
            && let Some(tokens) = file::read(&self.file)?.remove(who)
        {
            return Ok(Some((tokens, Place::File(self.file.clone()))));
        }
        let found = match self.choice {
            KeepTokens::File => None,
            KeepTokens::Keyring => keyring::load(who)?,
            // A machine without a keyring has nothing in it.
            KeepTokens::Auto => keyring::load(who).ok().flatten(),
        };
        Ok(found.map(|tokens| (tokens, Place::Keyring)))
    }

    /// Keeps new tokens under a name and says where.
    ///
    /// # Errors
    /// When no place takes them.
    pub fn save(&self, who: &str, tokens: &Tokens) -> Result<Place, KeepError> {
        let in_file = Place::File(self.file.clone());
        let place = match self.choice {
            KeepTokens::File => in_file,
            KeepTokens::Keyring => Place::Keyring,
            KeepTokens::Auto if keyring::save(who, tokens).is_ok() => {
                file::change(&self.file, |kept| kept.remove(who).is_some())?;
                return Ok(Place::Keyring);
            }
            KeepTokens::Auto => in_file,
        };
        self.replace(who, tokens, &place)?;
        Ok(place)
    }

    /// Keeps new tokens where the old ones were.
    ///
    /// # Errors
    /// When the place does not take them.
    pub fn replace(&self, who: &str, tokens: &Tokens, place: &Place) -> Result<(), KeepError> {
        match place {
            Place::Keyring => keyring::save(who, tokens),
            Place::File(path) => file::change(path, |kept| {
                kept.insert(who.to_owned(), tokens.clone());
                true
            }),
        }
    }

    /// Forgets the tokens kept under a name, wherever they are.
    ///
    /// # Errors
    /// When a place that has them cannot be written.
    pub fn forget(&self, who: &str) -> Result<(), KeepError> {
        file::change(&self.file, |kept| kept.remove(who).is_some())?;
        match self.choice {
            KeepTokens::File => Ok(()),
            KeepTokens::Keyring => keyring::forget(who),
            // A machine without a keyring has nothing to forget in it.
            KeepTokens::Auto => keyring::forget(who).or(Ok(())),
        }
    }

    /// Removes the file, whoever's tokens are in it.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn remove_file(&self) -> Result<(), KeepError> {
        file::remove(&self.file)
    }

    /// The right to renew tokens, unless another run of the program has it now.
    ///
    /// # Errors
    /// When the file that says so cannot be made.
    pub fn try_turn(&self) -> Result<Option<Turn>, KeepError> {
        file::try_lock(&self.file).map(|lock| lock.map(|lock| Turn { _lock: lock }))
    }
}

#[cfg(test)]
mod tests;
