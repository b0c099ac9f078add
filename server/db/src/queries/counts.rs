//! The counts of conversations by their place, kept by the writer of conversations so that no
//! list is scanned for its length.

mod total;
mod unread;

pub(crate) use total::composed;
pub use total::total;
pub use unread::{Unread, unread};

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::conversation::Cell;
use frontdesk_domain::{AccountId, InboxId, UserId};

statements! {
    ADD = "INSERT INTO conversation_counts (account_id, status, priority, is_read, source, assignee_id, inbox_id, total)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (account_id, status, priority, is_read, source, assignee_id, inbox_id)
        DO UPDATE SET total = conversation_counts.total + ?8";
    CELLS = "SELECT status, priority, is_read, source, assignee_id, inbox_id, total FROM conversation_counts
        WHERE account_id = ?1 AND total <> 0";
    RECOUNT = "SELECT status, priority, is_read, source, COALESCE(assignee_id, 0), COALESCE(inbox_id, ?2), COUNT(*)
        FROM conversations WHERE account_id = ?1 AND archived_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6";
    FORGET = "DELETE FROM conversation_counts WHERE account_id = ?1";
    REBUILD = "INSERT INTO conversation_counts (account_id, status, priority, is_read, source, assignee_id, inbox_id,
        total) SELECT account_id, status, priority, is_read, source, COALESCE(assignee_id, 0),
        COALESCE(inbox_id, ?2), COUNT(*) FROM conversations
        WHERE account_id = ?1 AND archived_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7";
}

/// Adds to the count of one place.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn add(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    cell: &Cell,
    by: i64,
) -> Result<(), DbError> {
    let inbox: &[u8] = cell.inbox_id.as_ref().map_or(&[], |inbox| inbox.as_bytes());
    let assignee = cell.assignee_id.unwrap_or_default();
    unit.send(
        &ADD,
        &[
            &account_id,
            &cell.status,
            &cell.priority,
            &cell.read,
            &cell.source,
            &assignee,
            &inbox,
            &by,
        ],
    )
}

/// All places of an account with their counts.
///
/// # Errors
/// When the database does not answer.
pub fn cells(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<(Cell, i64)>, DbError> {
    conn.all(&CELLS, &[&account_id], read)
}

/// Counts the conversations of one inbox with those of another, or with those of none.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn move_inbox(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    from: InboxId,
    to: Option<InboxId>,
) -> Result<(), DbError> {
    for (cell, total) in cells(unit.conn(), account_id)? {
        if cell.inbox_id == Some(from) {
            add(unit, account_id, &cell, -total)?;
            let moved = Cell {
                inbox_id: to,
                ..cell
            };
            add(unit, account_id, &moved, total)?;
        }
    }
    Ok(())
}

/// Counts an account anew, after work that wrote conversations past their writer.
///
/// # Errors
/// When the database refuses it.
pub fn rebuild(unit: &mut Unit<'_>, account_id: AccountId) -> Result<(), DbError> {
    let none: &[u8] = &[];
    unit.exec(&FORGET, &[&account_id])?;
    unit.exec(&REBUILD, &[&account_id, &none])?;
    Ok(())
}

/// The same by counting every conversation. For checks.
///
/// # Errors
/// When the database does not answer.
pub fn recount(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<(Cell, i64)>, DbError> {
    let none: &[u8] = &[];
    conn.all(&RECOUNT, &[&account_id, &none], read)
}

fn read(row: &mut crate::value::Columns<'_>) -> Result<(Cell, i64), DbError> {
    Ok((
        Cell {
            status: row.get()?,
            priority: row.get()?,
            read: row.get()?,
            source: row.get()?,
            assignee_id: Some(row.get::<UserId>()?).filter(|id| id.0 != 0),
            inbox_id: uuid::Uuid::from_slice(&row.get::<Vec<u8>>()?)
                .ok()
                .map(InboxId),
        },
        row.get()?,
    ))
}
