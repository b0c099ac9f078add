//! Replies kept for reuse.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::canned::CannedResponse;
use frontdesk_domain::{AccountId, CannedResponseId};

macro_rules! columns {
    () => {
        "id, account_id, name, content, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO canned_responses (id, account_id, name, content, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    UPDATE = "UPDATE canned_responses SET name = ?3, content = ?4, updated_at = ?5
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM canned_responses WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM canned_responses WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM canned_responses WHERE account_id = ?1 ORDER BY created_at, id"));
}

fn read(row: &mut Columns<'_>) -> Result<CannedResponse, DbError> {
    Ok(CannedResponse {
        id: row.get()?,
        account_id: row.get()?,
        name: row.get()?,
        content: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new canned response.
///
/// # Errors
/// When the name is taken.
pub fn insert(unit: &mut Unit<'_>, it: &CannedResponse) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.name,
            &it.content,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a canned response's fields and says how many rows that were: none when the account has
/// no such canned response.
///
/// # Errors
/// When the name is taken.
pub fn update(unit: &mut Unit<'_>, it: &CannedResponse) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.name,
            &it.content,
            &it.updated_at,
        ],
    )
}

/// Deletes a canned response and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: CannedResponseId,
) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A canned response of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CannedResponseId,
) -> Result<Option<CannedResponse>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All canned responses of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(
    conn: &mut dyn Conn,
    account_id: AccountId,
) -> Result<Vec<CannedResponse>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}
