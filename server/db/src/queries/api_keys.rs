//! Personal API keys. Their secrets are known here by their SHA-256 only.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::queries::sessions::TokenHash;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::account::User;
use frontdesk_domain::key::ApiKey;
use frontdesk_domain::{AccountId, ApiKeyId, Timestamp, UserId};

macro_rules! columns {
    () => {
        "id, account_id, user_id, label, scope, hint, expires_at, last_used_at, created_at"
    };
}

statements! {
    INSERT = "INSERT INTO api_keys (id, account_id, user_id, label, scope, hint, expires_at, last_used_at, created_at, hash)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM users WHERE account_id = ?2 AND id = ?3";
    DELETE = "DELETE FROM api_keys WHERE account_id = ?1 AND user_id = ?2 AND id = ?3";
    BY_ID = (concat!("SELECT ", columns!(), " FROM api_keys WHERE account_id = ?1 AND id = ?2"));
    OF_USER = (concat!("SELECT ", columns!(), " FROM api_keys WHERE account_id = ?1 AND user_id = ?2
        ORDER BY created_at, id"));
    BY_HASH = "SELECT k.id, k.account_id, k.user_id, k.label, k.scope, k.hint, k.expires_at, k.last_used_at, k.created_at,
        u.id, u.account_id, u.email, u.role, u.visibility, u.availability, u.full_name, u.display_name,
        u.profile_photo_url, u.disabled_at, u.archived_at, u.created_at, u.updated_at
        FROM api_keys k JOIN users u ON u.id = k.user_id
        WHERE k.hash = ?1 AND (k.expires_at IS NULL OR k.expires_at > ?2)";
    TOUCH = "UPDATE api_keys SET last_used_at = ?2 WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at <= ?3)";
}

fn read(row: &mut Columns<'_>) -> Result<ApiKey, DbError> {
    Ok(ApiKey {
        id: row.get()?,
        account_id: row.get()?,
        user_id: row.get()?,
        label: row.get()?,
        scope: row.get()?,
        hint: row.get()?,
        expires_at: row.get()?,
        last_used_at: row.get()?,
        created_at: row.get()?,
    })
}

/// Stores a new key.
///
/// # Errors
/// When the account has no such user, or the secret is taken.
pub fn insert(unit: &mut Unit<'_>, it: &ApiKey, hash: &TokenHash) -> Result<(), DbError> {
    found(unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.user_id,
            &it.label,
            &it.scope,
            &it.hint,
            &it.expires_at,
            &it.last_used_at,
            &it.created_at,
            hash,
        ],
    )?)
}

/// Deletes a user's key and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    user_id: UserId,
    id: ApiKeyId,
) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &user_id, &id])
}

/// A key of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ApiKeyId,
) -> Result<Option<ApiKey>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// A user's keys, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_user(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
) -> Result<Vec<ApiKey>, DbError> {
    conn.all(&OF_USER, &[&account_id, &user_id], read)
}

/// The key with this secret and whose it is, of whatever account, if it has not expired: the
/// secret is the credential. Whether the user is still active is for the caller to ask.
///
/// # Errors
/// When the database does not answer.
pub fn by_hash(
    conn: &mut dyn Conn,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<(ApiKey, User)>, DbError> {
    conn.one(&BY_HASH, &[hash, &now], |row| {
        Ok((read(row)?, super::users::read(row)?))
    })
}

/// Notes that a key was used, at most once a minute; says whether it noted it. The key is one
/// that [`by_hash`] found.
///
/// # Errors
/// When the database refuses it.
pub fn touch(unit: &mut Unit<'_>, id: ApiKeyId) -> Result<bool, DbError> {
    let now = unit.now();
    Ok(unit.exec(&TOUCH, &[&id, &now, &now.plus_seconds(-60)])? > 0)
}
