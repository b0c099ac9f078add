//! The people and things of the account.

use super::{Desk, settings};
use crate::StoreError;
use frontdesk_inbox::Directory;
use frontdesk_protocol::entity::User;
use rusqlite::{Connection, Result};

impl Desk {
    /// The people and things of the account, as they were said last.
    #[must_use]
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Keeps the directory in place of the one before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_directory(&mut self, directory: &Directory) -> std::result::Result<(), StoreError> {
        let is_same_agent = self.directory.me == directory.me;
        let before = std::mem::replace(&mut self.directory, directory.clone());
        let done = self.write(|cache| {
            settings::set(cache.db, settings::DIRECTORY, directory)?;
            if is_same_agent {
                return Ok(());
            }
            cache.stand_all_anew()
        });
        if done.is_err() {
            self.directory = before;
        }
        done
    }

    /// Keeps a user in place of what was known of them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_user(&mut self, user: User) -> std::result::Result<(), StoreError> {
        let mut directory = self.directory.clone();
        match directory.users.iter_mut().find(|it| it.id == user.id) {
            Some(known) => *known = user,
            None => directory.users.push(user),
        }
        self.put_directory(&directory)
    }
}

/// The directory that is kept, or an empty one.
pub(crate) fn load(db: &Connection) -> Result<Directory> {
    Ok(settings::get(db, settings::DIRECTORY)?.unwrap_or_default())
}
