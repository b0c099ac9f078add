//! Folders and addresses that knowledge is read from.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::knowledge::Source;
use frontdesk_domain::{AccountId, KnowledgeSourceId, Timestamp};

macro_rules! columns {
    () => {
        "id, account_id, name, place, audience, synced_at, trouble, created_at, updated_at"
    };
}

statements! {
    INSERT = (concat!("INSERT INTO knowledge_sources (", columns!(), ")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    DELETE = "DELETE FROM knowledge_sources WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM knowledge_sources WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM knowledge_sources WHERE account_id = ?1 ORDER BY name, id"));
    READ = "UPDATE knowledge_sources SET synced_at = COALESCE(?3, synced_at), trouble = ?4, updated_at = ?5
        WHERE account_id = ?1 AND id = ?2";
}

fn read(row: &mut Columns<'_>) -> Result<Source, DbError> {
    Ok(Source {
        id: row.get()?,
        account_id: row.get()?,
        name: row.get()?,
        place: row.get()?,
        audience: row.get()?,
        synced_at: row.get()?,
        trouble: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new source.
///
/// # Errors
/// When the account reads from that place already.
pub fn insert(unit: &mut Unit<'_>, it: &Source) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.name,
            &it.place,
            &it.audience,
            &it.synced_at,
            &it.trouble,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Deletes a source with all that was read from it, and says whether the account had it.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: KnowledgeSourceId,
) -> Result<bool, DbError> {
    Ok(unit.exec(&DELETE, &[&account_id, &id])? > 0)
}

/// A source of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: KnowledgeSourceId,
) -> Result<Option<Source>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The account's sources, by name.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Source>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// Notes that a source was read, or why it could not be.
///
/// # Errors
/// When the database refuses it.
pub fn was_read(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: KnowledgeSourceId,
    result: Result<Timestamp, &str>,
) -> Result<(), DbError> {
    let now = unit.now();
    let (at, trouble) = match result {
        Ok(at) => (Some(at), None),
        Err(why) => (None, Some(why)),
    };
    unit.exec(&READ, &[&account_id, &id, &at, &trouble, &now])?;
    Ok(())
}
