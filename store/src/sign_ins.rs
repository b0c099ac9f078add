//! Who is signed in where, and which of them is in use. The tokens are kept elsewhere.

use crate::{Store, StoreError};
use frontdesk_protocol::id::{AccountId, UserId};
use rusqlite::{OptionalExtension as _, Row, params};

/// The local number of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SignInId(pub(crate) i64);

impl SignInId {
    /// The bare number, which names the folder of its desk.
    #[must_use]
    pub fn number(self) -> i64 {
        self.0
    }
}

/// What a server said when somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignIn {
    /// The address of the server: scheme, host and port.
    pub server: String,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub email: String,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub id: SignInId,
    pub server: String,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub email: String,
}

impl Store {
    /// Remembers a sign-in and makes it the one in use. One that moved to another account
    /// starts over: its cursor and numbers meant other events.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn sign_in(&mut self, new: &NewSignIn) -> Result<SignIn, StoreError> {
        const FORGET_OTHER_ACCOUNT: &str =
            "DELETE FROM sign_ins WHERE server = ?1 AND user_id = ?2 AND account_id <> ?3";
        const NONE_IN_USE: &str = "UPDATE sign_ins SET current = 0 WHERE current = 1";
        const REMEMBER: &str = "INSERT INTO sign_ins (server, user_id, account_id, email, current)
            VALUES (?1, ?2, ?3, ?4, 1)
            ON CONFLICT (server, user_id) DO UPDATE SET email = ?4, current = 1
            RETURNING id";
        let (user, account) = (new.user_id.0, new.account_id.to_string());
        let transaction = self.connection.transaction().map_err(StoreError::Write)?;
        let remember = || {
            transaction.execute(FORGET_OTHER_ACCOUNT, params![new.server, user, account])?;
            transaction.execute(NONE_IN_USE, [])?;
            transaction.query_row(
                REMEMBER,
                params![new.server, user, account, new.email],
                |row| row.get(0),
            )
        };
        let id = remember().map_err(StoreError::Write)?;
        transaction.commit().map_err(StoreError::Write)?;
        Ok(SignIn {
            id: SignInId(id),
            server: new.server.clone(),
            user_id: new.user_id,
            account_id: new.account_id,
            email: new.email.clone(),
        })
    }

    /// The sign-in in use, or the one at `server` when that is named.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn signed_in(&self, server: Option<&str>) -> Result<Option<SignIn>, StoreError> {
        const FIND: &str = "SELECT id, server, user_id, account_id, email FROM sign_ins
            WHERE CASE WHEN ?1 IS NULL THEN current = 1 ELSE server = ?1 END
            ORDER BY current DESC, id DESC LIMIT 1";
        self.connection
            .query_row(FIND, [server], sign_in)
            .optional()
            .map_err(StoreError::Read)
    }

    /// Everybody who is remembered.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sign_ins(&self) -> Result<Vec<SignIn>, StoreError> {
        const ALL: &str = "SELECT id, server, user_id, account_id, email FROM sign_ins ORDER BY id";
        let mut statement = self.connection.prepare(ALL).map_err(StoreError::Read)?;
        let found = statement.query_map([], sign_in).map_err(StoreError::Read)?;
        found.collect::<Result<_, _>>().map_err(StoreError::Read)
    }

    /// Forgets a sign-in and everything that was known through it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget(&mut self, id: SignInId) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM sign_ins WHERE id = ?1", [id.0])
            .map(drop)
            .map_err(StoreError::Write)
    }
}

/// A row of id, server, user, account and address.
pub(crate) fn sign_in(row: &Row<'_>) -> rusqlite::Result<SignIn> {
    let account: String = row.get(3)?;
    let account_id = account.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(SignIn {
        id: SignInId(row.get(0)?),
        server: row.get(1)?,
        user_id: UserId(row.get(2)?),
        account_id,
        email: row.get(4)?,
    })
}
