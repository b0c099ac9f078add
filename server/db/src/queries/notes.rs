//! Notes about customers.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::queries::narrow::Narrowed;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use crate::value::ToValue as _;
use frontdesk_domain::note::Note;
use frontdesk_domain::{AccountId, CustomerId, NoteId, UserId};

macro_rules! columns {
    () => {
        "id, account_id, customer_id, author_id, body, content_type, created_at, updated_at"
    };
}

/// Which notes to list; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteFilter {
    pub customer_id: Option<CustomerId>,
    pub author_id: Option<UserId>,
}

statements! {
    INSERT = "INSERT INTO notes (id, account_id, customer_id, author_id, body, content_type, created_at, updated_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
        FROM customers WHERE account_id = ?2 AND id = ?3";
    UPDATE = "UPDATE notes SET body = ?3, content_type = ?4, updated_at = ?5
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM notes WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM notes WHERE account_id = ?1 AND id = ?2"));
}

fn read(row: &mut Columns<'_>) -> Result<Note, DbError> {
    Ok(Note {
        id: row.get()?,
        account_id: row.get()?,
        customer_id: row.get()?,
        author_id: row.get()?,
        body: row.get()?,
        content_type: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new note.
///
/// # Errors
/// When the account has no such customer.
pub fn insert(unit: &mut Unit<'_>, it: &Note) -> Result<(), DbError> {
    found(unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.customer_id,
            &it.author_id,
            &it.body,
            &it.content_type,
            &it.created_at,
            &it.updated_at,
        ],
    )?)
}

/// Replaces a note's fields and says how many rows that were: none when the account has
/// no such note.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Note) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.body,
            &it.content_type,
            &it.updated_at,
        ],
    )
}

/// Deletes a note and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: NoteId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A note of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: NoteId,
) -> Result<Option<Note>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The notes that pass a filter, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut dyn Conn,
    account_id: AccountId,
    filter: &NoteFilter,
) -> Result<Vec<Note>, DbError> {
    let mut narrowed = Narrowed::by("account_id = ?1", &[account_id.to_value()]);
    if let Some(id) = &filter.customer_id {
        narrowed.and("customer_id = ?1", &[id.to_value()]);
    }
    if let Some(id) = &filter.author_id {
        narrowed.and("author_id = ?1", &[id.to_value()]);
    }
    narrowed.push(" ORDER BY created_at DESC, id", &[]);
    let sql = narrowed.statement("NOTES_LIST", concat!("SELECT ", columns!(), " FROM notes"));
    conn.all_values(&sql, narrowed.args(), read)
}
