//! Seals what is stored anew: under a new key, or for the first time.
//!
//! A rotation may end at any moment and is taken up again by the next one. The new key is written
//! in front of the old one first, then every value is sealed anew, and only when nothing needs the
//! old key any more it goes. Between any two steps everything can be read.

use super::{Home, Secret, Unreadable, Vault, is_sealed};
use crate::config::folder::FolderError;
use crate::config::key_file::{KeyFile, KeyRing};
use frontdesk_db::queries::sealed::{self, COLUMNS, Column, Stored};
use frontdesk_db::{Db, DbError};
use uuid::Uuid;

/// How many values are sealed anew in one unit.
const AT_ONCE: i64 = 64;

/// Why a key could not be rotated.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(
        "{0} stored secrets cannot be read with the keys that are here, so the old key stays\n  hint: restore the key file they were sealed with, or set those secrets anew, and rotate again"
    )]
    Unreadable(usize),
}

/// What a step of a rotation did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The new key stands in front of the old one.
    Began,
    /// So many values were sealed anew.
    Sealed(usize),
    /// The old key is gone: the rotation is over.
    Finished,
}

/// A rotation of a key file. [`Rotation::step`] is called until it says that it is finished.
#[derive(Debug)]
pub struct Rotation<'a> {
    file: &'a KeyFile,
    db: &'a Db,
    begun: bool,
}

impl<'a> Rotation<'a> {
    /// A rotation, new or taken up again: the keys in the file tell.
    #[must_use]
    pub fn new(file: &'a KeyFile, db: &'a Db) -> Self {
        Self {
            file,
            db,
            begun: false,
        }
    }

    /// Takes one step, which is done wholly or not at all.
    ///
    /// # Errors
    /// When the file or the database cannot be used, or a value cannot be read.
    pub async fn step(&mut self) -> Result<Step, RotationError> {
        let keys = self.file.load_or_create()?;
        if !self.begun && keys.len() == 1 {
            self.file.write(&keys.with_new())?;
            self.begun = true;
            return Ok(Step::Began);
        }
        self.begun = true;
        let done = seal_some(self.db, &Vault::with(keys.clone())).await?;
        if done.sealed > 0 {
            return Ok(Step::Sealed(done.sealed));
        }
        if done.unreadable > 0 {
            return Err(RotationError::Unreadable(done.unreadable));
        }
        self.file.write(&KeyRing::of(keys.newest().clone()))?;
        Ok(Step::Finished)
    }
}

/// Seals what was stored in the clear by an older version, and says how many values cannot be
/// read with the keys that are here.
///
/// # Errors
/// When the database cannot be used.
pub async fn upgrade(db: &Db, vault: &Vault) -> Result<usize, DbError> {
    loop {
        let done = seal_some(db, vault).await?;
        if done.sealed == 0 {
            return Ok(done.unreadable);
        }
    }
}

/// What one round did and what it could not do.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    sealed: usize,
    unreadable: usize,
}

/// Seals some values anew that are not under the newest key; none are left when it sealed none.
async fn seal_some(db: &Db, vault: &Vault) -> Result<Done, DbError> {
    let vault = vault.clone();
    db.write_global(move |unit| {
        let mut done = Done::default();
        for column in COLUMNS {
            let mut after = Uuid::nil();
            loop {
                let page = sealed::stale(unit.conn(), column, &vault.prefix(), after, AT_ONCE)?;
                let Some(last) = page.last() else { break };
                after = last.row;
                for stored in &page {
                    match anew(&vault, column, stored) {
                        Ok(value) => {
                            sealed::replace(unit, column, stored, &value)?;
                            done.sealed += 1;
                        }
                        Err(_) => done.unreadable += 1,
                    }
                }
                if done.sealed > 0 {
                    return Ok(done);
                }
            }
        }
        Ok(done)
    })
    .await
}

fn anew(vault: &Vault, column: &'static Column, stored: &Stored) -> Result<Vec<u8>, Unreadable> {
    let home = Home {
        column,
        account_id: stored.account_id,
        row: stored.row,
    };
    let secret = if is_sealed(&stored.value) {
        vault.open(&home, &stored.value)?
    } else {
        Secret::new(stored.value.clone())
    };
    Ok(vault.seal(&home, &secret))
}
