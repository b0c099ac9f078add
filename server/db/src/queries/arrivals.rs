//! Arrivals: what came in by a connection and is not understood yet, as it came.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::{AccountId, ConnectionId, Timestamp};

statements! {
    INSERT = "INSERT INTO arrivals (account_id, connection_id, body, came_at) VALUES (?1, ?2, ?3, ?4)";
    FIRST = "SELECT n, body FROM arrivals WHERE account_id = ?1 AND connection_id = ?2 AND problem IS NULL
        ORDER BY n LIMIT 1";
    DELETE = "DELETE FROM arrivals WHERE account_id = ?1 AND n = ?2";
    SET_ASIDE = "UPDATE arrivals SET problem = ?3 WHERE account_id = ?1 AND n = ?2";
    /// Of every account: it is the server that keeps them too long.
    SWEEP = "DELETE FROM arrivals WHERE problem IS NOT NULL AND came_at < ?1";
}

/// Something that waits to be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub n: i64,
    pub body: String,
}

fn read(row: &mut Columns<'_>) -> Result<Arrival, DbError> {
    Ok(Arrival {
        n: row.get()?,
        body: row.get()?,
    })
}

/// Keeps what came.
///
/// # Errors
/// When there is no such connection.
pub fn insert(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
    body: &str,
) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&INSERT, &[&account_id, &id, &body, &now])
        .map(|_| ())
}

/// What came first and still waits.
///
/// # Errors
/// When the database does not answer.
pub fn first(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
) -> Result<Option<Arrival>, DbError> {
    conn.one(&FIRST, &[&account_id, &id], read)
}

/// Forgets what has been taken in.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, n: i64) -> Result<(), DbError> {
    unit.exec(&DELETE, &[&account_id, &n]).map(|_| ())
}

/// Sets aside what cannot be taken in, so that what came after it can.
///
/// # Errors
/// When the database refuses it.
pub fn set_aside(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    n: i64,
    problem: &str,
) -> Result<(), DbError> {
    unit.exec(&SET_ASIDE, &[&account_id, &n, &problem])
        .map(|_| ())
}

/// Forgets what was set aside before a moment, and says how much that was.
///
/// # Errors
/// When the database refuses it.
pub fn sweep(unit: &mut Unit<'_>, before: Timestamp) -> Result<u64, DbError> {
    unit.exec(&SWEEP, &[&before])
}
