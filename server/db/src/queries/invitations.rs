//! Invitations. Their tokens are known here by their SHA-256 only.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::sessions::TokenHash;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::Timestamp;
use frontdesk_domain::key::Invitation;

macro_rules! columns {
    () => {
        "id, account_id, invited_by, role, expires_at, created_at"
    };
}

statements! {
    INSERT = "INSERT INTO invitations (id, account_id, invited_by, role, expires_at, created_at, token_hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    BY_TOKEN = (concat!("SELECT ", columns!(), " FROM invitations WHERE token_hash = ?1
        AND used_at IS NULL AND expires_at > ?2"));
    USE = (concat!("UPDATE invitations SET used_at = ?2
        WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2 RETURNING ", columns!()));
}

fn read(row: &mut Columns<'_>) -> Result<Invitation, DbError> {
    Ok(Invitation {
        id: row.get()?,
        account_id: row.get()?,
        invited_by: row.get()?,
        role: row.get()?,
        expires_at: row.get()?,
        created_at: row.get()?,
    })
}

/// Stores a new invitation.
///
/// # Errors
/// When the account does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &Invitation, hash: &TokenHash) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.invited_by,
            &it.role,
            &it.expires_at,
            &it.created_at,
            hash,
        ],
    )?;
    Ok(())
}

/// The invitation with this token, of whatever account, while it can be used: the token is the
/// credential.
///
/// # Errors
/// When the database does not answer.
pub fn by_token(
    conn: &mut dyn Conn,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<Invitation>, DbError> {
    conn.one(&BY_TOKEN, &[hash, &now], read)
}

/// Uses an invitation up and says what it was; `None` when it cannot be used any more. The
/// token is the credential.
///
/// # Errors
/// When the database refuses it.
pub fn use_up(unit: &mut Unit<'_>, hash: &TokenHash) -> Result<Option<Invitation>, DbError> {
    let now = unit.now();
    unit.one(&USE, &[hash, &now], read)
}
