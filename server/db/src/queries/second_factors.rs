//! What users need beside their passwords to sign in. Secrets are sealed before they come here,
//! and recovery codes are known by their SHA-256 only.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::sessions::TokenHash;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{AccountId, Timestamp, UserId};
use uuid::Uuid;

/// A user's second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    pub id: Uuid,
    pub account_id: AccountId,
    pub user_id: UserId,
    /// As it is sealed.
    pub secret: Vec<u8>,
    /// Nothing is asked of the user before that.
    pub confirmed_at: Option<Timestamp>,
    /// The newest step of time whose code was used.
    pub last_step: i64,
}

statements! {
    OF_USER = "SELECT id, secret, confirmed_at, last_step FROM second_factors WHERE account_id = ?1 AND user_id = ?2";
    BEGIN = "INSERT INTO second_factors (id, account_id, user_id, secret, last_step, created_at)
        SELECT ?3, account_id, id, ?4, 0, ?5 FROM users WHERE account_id = ?1 AND id = ?2
        ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, secret = excluded.secret, created_at = excluded.created_at
        WHERE second_factors.confirmed_at IS NULL";
    CONFIRM = "UPDATE second_factors SET confirmed_at = ?3 WHERE account_id = ?1 AND user_id = ?2 AND confirmed_at IS NULL";
    USE_STEP = "UPDATE second_factors SET last_step = ?4 WHERE account_id = ?1 AND id = ?2 AND last_step = ?3";
    FORGET = "DELETE FROM second_factors WHERE account_id = ?1 AND user_id = ?2";
    ADD_CODE = "INSERT INTO recovery_codes (account_id, user_id, code_hash) VALUES (?1, ?2, ?3)";
    USE_CODE = "DELETE FROM recovery_codes WHERE account_id = ?1 AND user_id = ?2 AND code_hash = ?3";
    FORGET_CODES = "DELETE FROM recovery_codes WHERE account_id = ?1 AND user_id = ?2";
    CODES_LEFT = "SELECT COUNT(*) FROM recovery_codes WHERE account_id = ?1 AND user_id = ?2";
    IS_REQUIRED = "SELECT second_factor_required FROM accounts WHERE id = ?1";
    REQUIRE = "UPDATE accounts SET second_factor_required = ?2 WHERE id = ?1";
    WITH = "SELECT user_id FROM second_factors WHERE account_id = ?1 AND confirmed_at IS NOT NULL";
    WITHOUT = "SELECT id FROM users WHERE account_id = ?1 AND id NOT IN
        (SELECT user_id FROM second_factors WHERE account_id = ?1 AND confirmed_at IS NOT NULL)";
}

/// A user's second factor, confirmed or not.
///
/// # Errors
/// When the database does not answer.
pub fn of_user(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
) -> Result<Option<SecondFactor>, DbError> {
    conn.one(&OF_USER, &[&account_id, &user_id], |row| {
        Ok(SecondFactor {
            id: row.get()?,
            account_id,
            user_id,
            secret: row.get()?,
            confirmed_at: row.get()?,
            last_step: row.get()?,
        })
    })
}

/// Keeps a secret that is to be confirmed, in place of another such; `false` where the user has a
/// confirmed one, or the account no such user.
///
/// # Errors
/// When the database refuses it.
pub fn begin(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    user_id: UserId,
    id: Uuid,
    secret: &[u8],
) -> Result<bool, DbError> {
    let now = unit.now();
    let rows = unit.exec(&BEGIN, &[&account_id, &user_id, &id, &secret, &now])?;
    Ok(rows > 0)
}

/// From now on it is asked for.
///
/// # Errors
/// When the database refuses it.
pub fn confirm(unit: &mut Unit<'_>, it: &SecondFactor) -> Result<bool, DbError> {
    let now = unit.now();
    Ok(unit.exec(&CONFIRM, &[&it.account_id, &it.user_id, &now])? > 0)
}

/// Notes that the code of a step was used; `false` when somebody was faster.
///
/// # Errors
/// When the database refuses it.
pub fn use_step(unit: &mut Unit<'_>, it: &SecondFactor, step: i64) -> Result<bool, DbError> {
    let known = &it.last_step;
    Ok(unit.exec(&USE_STEP, &[&it.account_id, &it.id, known, &step])? > 0)
}

/// Forgets a user's second factor and its recovery codes; `false` when there was none.
///
/// # Errors
/// When the database refuses it.
pub fn forget(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    user_id: UserId,
) -> Result<bool, DbError> {
    unit.exec(&FORGET_CODES, &[&account_id, &user_id])?;
    Ok(unit.exec(&FORGET, &[&account_id, &user_id])? > 0)
}

/// Replaces a user's recovery codes.
///
/// # Errors
/// When the database refuses it.
pub fn set_codes(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    user_id: UserId,
    hashes: &[TokenHash],
) -> Result<(), DbError> {
    unit.exec(&FORGET_CODES, &[&account_id, &user_id])?;
    for hash in hashes {
        unit.exec(&ADD_CODE, &[&account_id, &user_id, hash])?;
    }
    Ok(())
}

/// Uses a recovery code up; `false` when it is none of the user's.
///
/// # Errors
/// When the database refuses it.
pub fn use_code(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    user_id: UserId,
    hash: &TokenHash,
) -> Result<bool, DbError> {
    Ok(unit.exec(&USE_CODE, &[&account_id, &user_id, hash])? > 0)
}

/// How many recovery codes a user has left.
///
/// # Errors
/// When the database does not answer.
pub fn codes_left(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
) -> Result<i64, DbError> {
    let counted = conn.one(&CODES_LEFT, &[&account_id, &user_id], first)?;
    Ok(counted.unwrap_or(0))
}

/// Whether everybody in the account needs a second factor.
///
/// # Errors
/// When the database does not answer.
pub fn is_required(conn: &mut dyn Conn, account_id: AccountId) -> Result<bool, DbError> {
    let found: Option<bool> = conn.one(&IS_REQUIRED, &[&account_id], first)?;
    Ok(found == Some(true))
}

/// Says whether everybody in the account needs a second factor.
///
/// # Errors
/// When the database refuses it.
pub fn require(unit: &mut Unit<'_>, account_id: AccountId, required: bool) -> Result<(), DbError> {
    unit.exec(&REQUIRE, &[&account_id, &required])?;
    Ok(())
}

/// The users of the account who have a confirmed one.
///
/// # Errors
/// When the database does not answer.
pub fn with(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<UserId>, DbError> {
    conn.all(&WITH, &[&account_id], first)
}

/// The users of the account who have none.
///
/// # Errors
/// When the database does not answer.
pub fn without(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<UserId>, DbError> {
    conn.all(&WITHOUT, &[&account_id], first)
}
