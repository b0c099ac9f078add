//! Users and their profiles.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::many::Many;
use crate::queries::narrow::Narrowed;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, ToValue as _, first};
use frontdesk_domain::account::User;
use frontdesk_domain::{AccountId, InboxId, Role, UserId};
use std::collections::HashMap;

macro_rules! columns {
    () => {
        "id, account_id, email, role, visibility, availability, full_name, display_name, profile_photo_url, disabled_at, archived_at, created_at, updated_at"
    };
}

/// Users by their ids.
pub(crate) static BY_IDS: Many = Many::new(
    "USERS_BY_IDS",
    concat!(
        "SELECT ",
        columns!(),
        " FROM users WHERE (account_id = ?1) IS TRUE AND id IN (?*)"
    ),
);

/// Which users to list; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Whether they may still sign in.
    pub active: Option<bool>,
    pub role: Option<Role>,
    pub email: Option<String>,
}

statements! {
    INSERT = "INSERT INTO users (account_id, email, password_hash, role, visibility, availability,
        full_name, display_name, profile_photo_url, disabled_at, archived_at, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id";
    UPDATE = "UPDATE users SET role = ?3, visibility = ?4, availability = ?5, full_name = ?6,
        display_name = ?7, profile_photo_url = ?8, disabled_at = ?9, archived_at = ?10, updated_at = ?11
        WHERE account_id = ?1 AND id = ?2";
    SET_PASSWORD = "UPDATE users SET password_hash = ?2, updated_at = ?3 WHERE id = ?1";
    BY_ID = (concat!("SELECT ", columns!(), " FROM users WHERE account_id = ?1 AND id = ?2"));
    ANYWHERE = (concat!("SELECT ", columns!(), " FROM users WHERE id = ?1"));
    BY_EMAIL = (concat!("SELECT ", columns!(), ", password_hash FROM users WHERE email = ?1"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM users WHERE account_id = ?1 ORDER BY id"));
    INBOXES = "SELECT inbox_id FROM inbox_members WHERE user_id = ?1";
}

/// Reads a user from the columns above, in their order.
pub(crate) fn read(row: &mut Columns<'_>) -> Result<User, DbError> {
    Ok(User {
        id: row.get()?,
        account_id: row.get()?,
        email: row.get()?,
        role: row.get()?,
        visibility: row.get()?,
        availability: row.get()?,
        full_name: row.get()?,
        display_name: row.get()?,
        profile_photo_url: row.get()?,
        disabled_at: row.get()?,
        archived_at: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new user and says the number it got. `user.id` is not looked at.
///
/// # Errors
/// When the address is taken.
pub fn insert(unit: &mut Unit<'_>, user: &User, password_hash: &str) -> Result<UserId, DbError> {
    let id = unit.one(
        &INSERT,
        &[
            &user.account_id,
            &user.email,
            &password_hash,
            &user.role,
            &user.visibility,
            &user.availability,
            &user.full_name,
            &user.display_name,
            &user.profile_photo_url,
            &user.disabled_at,
            &user.archived_at,
            &user.created_at,
            &user.updated_at,
        ],
        first,
    )?;
    id.ok_or(DbError::Gone)
}

/// Replaces a user's fields; address and password stay.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, user: &User) -> Result<(), DbError> {
    unit.exec(
        &UPDATE,
        &[
            &user.account_id,
            &user.id,
            &user.role,
            &user.visibility,
            &user.availability,
            &user.full_name,
            &user.display_name,
            &user.profile_photo_url,
            &user.disabled_at,
            &user.archived_at,
            &user.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a user's password hash.
///
/// # Errors
/// When the database refuses it.
pub fn set_password(unit: &mut Unit<'_>, id: UserId, hash: &str) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&SET_PASSWORD, &[&id, &hash, &now])?;
    Ok(())
}

/// A user of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: UserId,
) -> Result<Option<User>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The user with this number, of whatever account: for tokens, which are the credential.
///
/// # Errors
/// When the database does not answer.
pub fn anywhere(conn: &mut dyn Conn, id: UserId) -> Result<Option<User>, DbError> {
    conn.one(&ANYWHERE, &[&id], read)
}

/// The user with this address, of whatever account, with the password hash. For signing in.
///
/// # Errors
/// When the database does not answer.
pub fn by_email(conn: &mut dyn Conn, email: &str) -> Result<Option<(User, String)>, DbError> {
    conn.one(&BY_EMAIL, &[&email], |row| Ok((read(row)?, row.get()?)))
}

/// All users of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<User>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// The users of the account that pass a filter, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut dyn Conn,
    account_id: AccountId,
    filter: &UserFilter,
) -> Result<Vec<User>, DbError> {
    let mut narrowed = Narrowed::by("account_id = ?1", &[account_id.to_value()]);
    match filter.active {
        Some(true) => narrowed.and("disabled_at IS NULL AND archived_at IS NULL", &[]),
        Some(false) => narrowed.and("(disabled_at IS NOT NULL OR archived_at IS NOT NULL)", &[]),
        None => {}
    }
    if let Some(role) = &filter.role {
        narrowed.and("role = ?1", &[role.to_value()]);
    }
    if let Some(email) = &filter.email {
        narrowed.and("email = ?1", &[email.to_value()]);
    }
    narrowed.push(" ORDER BY id", &[]);
    let sql = narrowed.statement("USERS_LIST", concat!("SELECT ", columns!(), " FROM users"));
    conn.all_values(&sql, narrowed.args(), read)
}

/// The inboxes a user is a member of.
///
/// # Errors
/// When the database does not answer.
pub fn inboxes(conn: &mut dyn Conn, id: UserId) -> Result<Vec<InboxId>, DbError> {
    conn.all(&INBOXES, &[&id], first)
}

/// These users of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_ids(
    conn: &mut dyn Conn,
    account_id: AccountId,
    ids: &[UserId],
) -> Result<HashMap<UserId, User>, DbError> {
    let found = BY_IDS.all(conn, &[&account_id], ids, read)?;
    Ok(found.into_iter().map(|user| (user.id, user)).collect())
}
