//! Links by which somebody without an account may read one conversation. Their tokens are known
//! here by their SHA-256 only.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::queries::sessions::TokenHash;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::Timestamp;
use frontdesk_domain::key::Share;

statements! {
    INSERT = "INSERT INTO conversation_shares (token_hash, account_id, conversation_id, expires_at)
        SELECT ?1, ?2, ?3, ?4 FROM conversations WHERE account_id = ?2 AND id = ?3";
    BY_TOKEN = "SELECT account_id, conversation_id, expires_at FROM conversation_shares
        WHERE token_hash = ?1";
    PRUNE = "DELETE FROM conversation_shares WHERE expires_at <= ?1";
}

/// Stores a new link.
///
/// # Errors
/// When the account has no such conversation.
pub fn insert(unit: &mut Unit<'_>, it: &Share, hash: &TokenHash) -> Result<(), DbError> {
    found(unit.exec(
        &INSERT,
        &[hash, &it.account_id, &it.conversation_id, &it.expires_at],
    )?)
}

/// What a token turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    Alive(Share),
    /// It may be pruned any time; until then the reader can be told.
    Expired,
}

/// What a link's token lets one read, of whatever account: the token is the credential.
///
/// # Errors
/// When the database does not answer.
pub fn by_token(
    conn: &mut dyn Conn,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<Link>, DbError> {
    let found = conn.one(&BY_TOKEN, &[hash], |row| {
        Ok(Share {
            account_id: row.get()?,
            conversation_id: row.get()?,
            expires_at: row.get()?,
        })
    })?;
    Ok(found.map(|share| {
        if share.expires_at > now {
            Link::Alive(share)
        } else {
            Link::Expired
        }
    }))
}

/// Forgets the links that expired before a time and says how many they were.
///
/// # Errors
/// When the database refuses it.
pub fn prune(unit: &mut Unit<'_>, before: Timestamp) -> Result<u64, DbError> {
    unit.exec(&PRUNE, &[&before])
}
