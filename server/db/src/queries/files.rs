//! What is known of files; their bytes are kept elsewhere.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::file::File;
use frontdesk_domain::{AccountId, ConversationId, FileId, Timestamp};

macro_rules! columns {
    () => {
        "id, account_id, filename, content_type, size, user_id, customer_id, created_at"
    };
}

statements! {
    INSERT = "INSERT INTO files (id, account_id, filename, content_type, size, user_id, customer_id, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    COUNT_IN = "INSERT INTO file_usage (account_id, files, bytes) VALUES (?1, 1, ?2)
        ON CONFLICT (account_id) DO UPDATE SET files = file_usage.files + 1, bytes = file_usage.bytes + ?2";
    COUNT_OUT = "UPDATE file_usage SET files = files - 1, bytes = bytes - ?2 WHERE account_id = ?1";
    USAGE = "SELECT files, bytes FROM file_usage WHERE account_id = ?1";
    SIZE = "SELECT size FROM files WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM files WHERE account_id = ?1 AND id = ?2";
    EXPECT = "INSERT INTO doomed_files (file_id, account_id, due_at) VALUES (?2, ?1, ?3)
        ON CONFLICT (file_id) DO UPDATE SET due_at = excluded.due_at
        WHERE doomed_files.account_id = excluded.account_id AND doomed_files.due_at > 0";
    CAME = "DELETE FROM doomed_files WHERE account_id = ?1 AND file_id = ?2";
    FORGET_EXPECTED = "DELETE FROM doomed_files WHERE due_at > 0";
    DOOM = "INSERT INTO doomed_files (file_id, account_id) VALUES (?2, ?1) ON CONFLICT (file_id) DO NOTHING";
    CONVERSATIONS = "SELECT DISTINCT m.conversation_id FROM message_files l JOIN messages m ON m.id = l.message_id
        WHERE l.file_id = ?2 AND m.account_id = ?1";
    UNUSED = "SELECT f.account_id, f.id FROM files f WHERE f.created_at < ?1
        AND NOT EXISTS (SELECT 1 FROM message_files l WHERE l.file_id = f.id) ORDER BY f.created_at LIMIT ?2";
    IS_USED = "SELECT COUNT(*) FROM message_files WHERE file_id = ?1";
    BY_ID = (concat!("SELECT ", columns!(), " FROM files WHERE account_id = ?1 AND id = ?2"));
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

/// How much an account keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    pub files: i64,
    pub bytes: i64,
}

/// Stores a new file, and counts it. Its bytes are no longer on their way.
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
    unit.exec(&COUNT_IN, &[&it.account_id, &it.size])?;
    unit.exec(&CAME, &[&it.account_id, &it.id])?;
    Ok(())
}

/// How much the account keeps.
///
/// # Errors
/// When the database does not answer.
pub fn usage(conn: &mut dyn Conn, account_id: AccountId) -> Result<Usage, DbError> {
    let found = conn.one(&USAGE, &[&account_id], |row| {
        Ok(Usage {
            files: row.get()?,
            bytes: row.get()?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Notes that bytes are about to be written. Unless their file is known by then, they go when
/// they are due. Says whether they may be: not while older ones of the same name are removed.
///
/// # Errors
/// When the database refuses it.
pub fn expect(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: FileId,
    due: Timestamp,
) -> Result<bool, DbError> {
    let noted = unit.exec(&EXPECT, &[&account_id, &id, &due])?;
    Ok(noted > 0)
}

/// Lets go of every note of bytes on their way: in a restored copy they are somebody else's.
///
/// # Errors
/// When the database refuses it.
pub fn forget_expected(unit: &mut Unit<'_>) -> Result<(), DbError> {
    unit.exec(&FORGET_EXPECTED, &[]).map(|_| ())
}

/// Forgets a file, and notes that its bytes are still there. Says whether there was one.
///
/// # Errors
/// When the database refuses it.
pub fn forget(unit: &mut Unit<'_>, account_id: AccountId, id: FileId) -> Result<bool, DbError> {
    let size = unit.conn().one(&SIZE, &[&account_id, &id], first::<i64>)?;
    let Some(size) = size else {
        return Ok(false);
    };
    unit.exec(&DOOM, &[&account_id, &id])?;
    unit.exec(&DELETE, &[&account_id, &id])?;
    unit.exec(&COUNT_OUT, &[&account_id, &size])?;
    Ok(true)
}

/// Files from before a time that no message has, of all accounts, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn unused(
    conn: &mut dyn Conn,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(AccountId, FileId)>, DbError> {
    conn.all(&UNUSED, &[&before, &limit], |row| {
        Ok((row.get()?, row.get()?))
    })
}

/// Forgets a file unless a message has it by now. Says whether it went.
///
/// # Errors
/// When the database refuses it.
pub fn forget_unused(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: FileId,
) -> Result<bool, DbError> {
    if unit.conn().count(&IS_USED, &[&id])? > 0 {
        return Ok(false);
    }
    forget(unit, account_id, id)
}

/// The conversations in which a file was sent.
///
/// # Errors
/// When the database does not answer.
pub fn conversations(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: FileId,
) -> Result<Vec<ConversationId>, DbError> {
    conn.all(&CONVERSATIONS, &[&account_id, &id], first::<ConversationId>)
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
