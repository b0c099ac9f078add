//! What is known of files; their bytes are kept elsewhere.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::file::File;
use frontdesk_domain::{AccountId, FileId};

macro_rules! columns {
    () => {
        "id, account_id, filename, content_type, size, user_id, customer_id, created_at"
    };
}

statements! {
    INSERT = "INSERT INTO files (id, account_id, filename, content_type, size, user_id, customer_id, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    DELETE = "DELETE FROM files WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM files WHERE account_id = ?1 AND id = ?2"));
    ANYWHERE = (concat!("SELECT ", columns!(), " FROM files WHERE id = ?1"));
}

fn read(row: &mut Columns<'_>) -> Result<File, DbError> {
    Ok(File {
        id: row.get()?,
        account_id: row.get()?,
        filename: row.get()?,
        content_type: row.get()?,
        size: row.get()?,
        user_id: row.get()?,
        customer_id: row.get()?,
        created_at: row.get()?,
    })
}

/// Stores a new file.
///
/// # Errors
/// When the account does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &File) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.filename,
            &it.content_type,
            &it.size,
            &it.user_id,
            &it.customer_id,
            &it.created_at,
        ],
    )?;
    Ok(())
}

/// Forgets a file and says how many rows that were. Its bytes are for the caller to remove.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: FileId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A file of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: FileId,
) -> Result<Option<File>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The file with this id, of whatever account: for links to files, whose random id is the
/// credential.
///
/// # Errors
/// When the database does not answer.
pub fn anywhere(conn: &mut dyn Conn, id: FileId) -> Result<Option<File>, DbError> {
    conn.one(&ANYWHERE, &[&id], read)
}
