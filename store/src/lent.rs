//! Whose a token is that is lent for a run: what the server said once, so that the desk opens
//! where the server cannot be asked. Of the token only a fingerprint is kept.

use crate::sign_ins::sign_in;
use crate::{SignIn, SignInId, Store, StoreError};
use frontdesk_protocol::kind::KeyScope;
use rusqlite::{OptionalExtension as _, params};

/// What tells a token from others without giving it away: a hash of it.
pub type Fingerprint = [u8; 32];

impl Store {
    /// Remembers whose a token is, and how far it reaches where it is a key.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember_lent(
        &mut self,
        id: SignInId,
        fingerprint: &Fingerprint,
        key_scope: Option<KeyScope>,
    ) -> Result<(), StoreError> {
        const REMEMBER: &str =
            "INSERT OR REPLACE INTO lent_tokens (fingerprint, sign_in, key_scope)
            VALUES (?1, ?2, ?3)";
        let key_scope = key_scope.map(KeyScope::as_str);
        self.connection
            .execute(REMEMBER, params![fingerprint, id.0, key_scope])
            .map(drop)
            .map_err(StoreError::Write)
    }

    /// Whose a token is and how far it reaches, if it was remembered.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn lent(
        &self,
        fingerprint: &Fingerprint,
    ) -> Result<Option<(SignIn, Option<KeyScope>)>, StoreError> {
        const FIND: &str = "SELECT id, server, user_id, account_id, email, key_scope
            FROM lent_tokens JOIN sign_ins ON sign_ins.id = lent_tokens.sign_in
            WHERE fingerprint = ?1";
        let found = self
            .connection
            .query_row(FIND, [fingerprint], |row| {
                let key_scope: Option<String> = row.get(5)?;
                Ok((sign_in(row)?, key_scope))
            })
            .optional()
            .map_err(StoreError::Read)?;
        // A scope that this program does not know is asked for again.
        Ok(found.and_then(|(sign_in, scope)| match scope {
            None => Some((sign_in, None)),
            Some(scope) => Some((sign_in, Some(scope.parse().ok()?))),
        }))
    }
}
