//! Who holds jobs. No clock decides about a lease: others count how often they looked while its
//! beat did not move.

use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_jobs::{Beat, Lease};

statements! {
    MOVE = "UPDATE job_leases SET beat = beat + 1 WHERE lease = ?1";
    TAKE = "INSERT INTO job_leases (lease, beat, taken_at) VALUES (?1, 1, ?2)";
    END_OTHERS = "DELETE FROM job_leases WHERE lease <> ?1";
    HELD = "SELECT COUNT(*) FROM job_leases WHERE lease = ?1";
    OTHERS = "SELECT lease, beat FROM job_leases WHERE lease <> ?1";
    END = "DELETE FROM job_leases WHERE lease = ?1 AND beat = ?2";
    LEAVE = "DELETE FROM job_leases WHERE lease = ?1";
    /// Whoever takes jobs sees its lease in the same statement, so none is taken under one that has
    /// ended. What was asked for meanwhile is done by the run to come.
    FREE = "UPDATE jobs SET state = 'ready', again = 0, lease = NULL, run_at = ?1, wait = 0
        WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM job_leases l WHERE l.lease = jobs.lease)";
    /// A clock that was set back would have jobs wait for it to catch up.
    HEAL = "UPDATE jobs SET run_at = ?1 + wait WHERE state = 'ready' AND run_at > ?1 AND run_at > ?1 + wait";
}

/// Keeps a lease alive; `false` when it has ended. On SQLite nobody else looks, so nothing is written
/// for it every few seconds.
pub(crate) fn beat(unit: &mut Unit<'_>, lease: Lease) -> Result<bool, DbError> {
    Ok(match unit.conn().dialect() {
        Dialect::Sqlite => unit.conn().count(&HELD, &[&lease.0])? > 0,
        Dialect::Postgres => unit.exec(&MOVE, &[&lease.0])? > 0,
    })
}

/// Takes a lease. A SQLite database has one server at a time, kept so by the lock on its folder: all
/// other leases there are of servers that have ended.
pub(crate) fn take(unit: &mut Unit<'_>, lease: Lease) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&TAKE, &[&lease.0, &now])?;
    if unit.conn().dialect() == Dialect::Sqlite {
        unit.exec(&END_OTHERS, &[&lease.0])?;
    }
    Ok(())
}

/// All leases but this one.
pub(crate) fn others(conn: &mut dyn Conn, lease: Lease) -> Result<Vec<Beat>, DbError> {
    conn.all(&OTHERS, &[&lease.0], |row| {
        Ok(Beat {
            lease: Lease(row.get()?),
            count: row.get()?,
        })
    })
}

/// Ends leases that are still at these beats.
pub(crate) fn end(unit: &mut Unit<'_>, gone: &[Beat]) -> Result<(), DbError> {
    gone.iter()
        .try_for_each(|beat| unit.exec(&END, &[&beat.lease.0, &beat.count]).map(|_| ()))
}

/// Ends a lease.
pub(crate) fn leave(unit: &mut Unit<'_>, lease: Lease) -> Result<(), DbError> {
    unit.exec(&LEAVE, &[&lease.0]).map(|_| ())
}

/// Makes jobs ready that nobody holds, and says how many there were.
pub(crate) fn free(unit: &mut Unit<'_>) -> Result<u64, DbError> {
    let now = unit.now();
    let freed = unit.exec(&FREE, &[&now])?;
    if freed > 0 {
        unit.note_jobs();
    }
    Ok(freed)
}

/// Lets no job wait longer than it was meant to.
pub(crate) fn heal(unit: &mut Unit<'_>) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&HEAL, &[&now]).map(|_| ())
}
