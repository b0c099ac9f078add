//! Signed-in devices and password resets. Tokens are known here by their SHA-256 only.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::account::User;
use frontdesk_domain::{AccountId, SessionId, Timestamp, UserId};

/// A token as the database knows it.
pub type TokenHash = [u8; 32];

/// One pair of tokens. Renewing makes another pair of the same family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    /// The session as people mean it: the same over all renewals.
    pub family: SessionId,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub access_hash: TokenHash,
    pub access_expires_at: Timestamp,
    pub renew_hash: TokenHash,
    pub renew_expires_at: Timestamp,
    pub created_at: Timestamp,
}

/// What a renew token turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewable {
    pub id: SessionId,
    pub family: SessionId,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub renewed_at: Option<Timestamp>,
}

/// A session as its owner sees it, over all renewals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    pub family: SessionId,
    pub created_at: Timestamp,
    pub renewed_at: Timestamp,
    pub expires_at: Timestamp,
}

statements! {
    INSERT = "INSERT INTO sessions (id, family, user_id, account_id, access_hash, access_expires_at,
        renew_hash, renew_expires_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    BY_ACCESS = "SELECT s.family, u.id, u.account_id, u.email, u.role, u.visibility, u.availability,
        u.full_name, u.display_name, u.profile_photo_url, u.disabled_at, u.archived_at, u.created_at,
        u.updated_at FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.access_hash = ?1 AND s.access_expires_at > ?2 AND s.revoked_at IS NULL";
    BY_RENEW = "SELECT id, family, user_id, account_id, renewed_at FROM sessions
        WHERE renew_hash = ?1 AND renew_expires_at > ?2 AND revoked_at IS NULL";
    RENEWED = "UPDATE sessions SET renewed_at = ?2 WHERE id = ?1 AND renewed_at IS NULL";
    REVOKE_FAMILY = "UPDATE sessions SET revoked_at = ?2 WHERE family = ?1 AND revoked_at IS NULL";
    REVOKE_OWN = "UPDATE sessions SET revoked_at = ?3 WHERE family = ?1 AND user_id = ?2
        AND revoked_at IS NULL AND renew_expires_at > ?3";
    REVOKE_USER = "UPDATE sessions SET revoked_at = ?2 WHERE user_id = ?1 AND revoked_at IS NULL";
    PRUNE = "DELETE FROM sessions WHERE renew_expires_at < ?1";
    INSERT_RESET = "INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES (?1, ?2, ?3)";
    USE_RESET = "UPDATE password_resets SET used_at = ?2
        WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2 RETURNING user_id";
    VOID_RESETS = "UPDATE password_resets SET used_at = ?2 WHERE user_id = ?1 AND used_at IS NULL";
    /// A session lives as long as its newest pair can be renewed.
    OF_USER = "SELECT family, MIN(created_at), MAX(created_at), MAX(renew_expires_at) FROM sessions
        WHERE user_id = ?1 AND revoked_at IS NULL GROUP BY family HAVING MAX(renew_expires_at) > ?2
        ORDER BY MAX(created_at) DESC, family";
    PRUNE_RESETS = "DELETE FROM password_resets WHERE expires_at < ?1";
}

/// Stores a new pair of tokens.
///
/// # Errors
/// When the database refuses it.
pub fn insert(unit: &mut Unit<'_>, session: &Session) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &session.id,
            &session.family,
            &session.user_id,
            &session.account_id,
            &session.access_hash,
            &session.access_expires_at,
            &session.renew_hash,
            &session.renew_expires_at,
            &session.created_at,
        ],
    )?;
    Ok(())
}

/// Whose access token this is, if it is alive.
///
/// # Errors
/// When the database does not answer.
pub fn by_access(
    conn: &mut dyn Conn,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<(SessionId, User)>, DbError> {
    conn.one(&BY_ACCESS, &[hash, &now], |row| {
        Ok((row.get()?, super::users::read(row)?))
    })
}

/// Whose renew token this is, if it is alive; it may have been used already.
///
/// # Errors
/// When the database does not answer.
pub fn by_renew(unit: &mut Unit<'_>, hash: &TokenHash) -> Result<Option<Renewable>, DbError> {
    let now = unit.now();
    unit.one(&BY_RENEW, &[hash, &now], |row| {
        Ok(Renewable {
            id: row.get()?,
            family: row.get()?,
            user_id: row.get()?,
            account_id: row.get()?,
            renewed_at: row.get()?,
        })
    })
}

/// Uses a renew token up; `false` when somebody else was faster.
///
/// # Errors
/// When the database refuses it.
pub fn use_renew(unit: &mut Unit<'_>, id: SessionId) -> Result<bool, DbError> {
    let now = unit.now();
    Ok(unit.exec(&RENEWED, &[&id, &now])? > 0)
}

/// Ends a session with all its renewals.
///
/// # Errors
/// When the database refuses it.
pub fn revoke_family(unit: &mut Unit<'_>, family: SessionId) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&REVOKE_FAMILY, &[&family, &now])?;
    Ok(())
}

/// Ends a session with all its renewals if it is this user's, and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn revoke_own(unit: &mut Unit<'_>, user_id: UserId, family: SessionId) -> Result<u64, DbError> {
    let now = unit.now();
    unit.exec(&REVOKE_OWN, &[&family, &user_id, &now])
}

/// The sessions of a user that still live, the latest renewed first.
///
/// # Errors
/// When the database does not answer.
pub fn of_user(
    conn: &mut dyn Conn,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<Device>, DbError> {
    conn.all(&OF_USER, &[&user_id, &now], |row| {
        Ok(Device {
            family: row.get()?,
            created_at: row.get()?,
            renewed_at: row.get()?,
            expires_at: row.get()?,
        })
    })
}

/// Ends all sessions of a user.
///
/// # Errors
/// When the database refuses it.
pub fn revoke_user(unit: &mut Unit<'_>, user_id: UserId) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&REVOKE_USER, &[&user_id, &now])?;
    Ok(())
}

/// Forgets sessions and resets that nobody can use any more.
///
/// # Errors
/// When the database refuses it.
pub fn prune(unit: &mut Unit<'_>) -> Result<u64, DbError> {
    let now = unit.now();
    Ok(unit.exec(&PRUNE, &[&now])? + unit.exec(&PRUNE_RESETS, &[&now])?)
}

/// Remembers a password reset.
///
/// # Errors
/// When the database refuses it.
pub fn insert_reset(
    unit: &mut Unit<'_>,
    hash: &TokenHash,
    user_id: UserId,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    unit.exec(&INSERT_RESET, &[hash, &user_id, &expires_at])?;
    Ok(())
}

/// Uses a password reset up and says whose it is.
///
/// # Errors
/// When the database does not answer.
pub fn use_reset(unit: &mut Unit<'_>, hash: &TokenHash) -> Result<Option<UserId>, DbError> {
    let now = unit.now();
    unit.one(&USE_RESET, &[hash, &now], first)
}

/// Makes a user's other password resets useless.
///
/// # Errors
/// When the database refuses it.
pub fn void_resets(unit: &mut Unit<'_>, user_id: UserId) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&VOID_RESETS, &[&user_id, &now])?;
    Ok(())
}
