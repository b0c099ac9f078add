//! Brings the file to this program's version, step by step, and refuses what a newer one made.

use crate::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// Every version, in order. A step that was once delivered is never changed.
const STEPS: &[&str] = &[include_str!("../migrations/cache/0001_init.sql")];

/// Refuses a file whose pages do not hold together.
pub(crate) fn check_sound(connection: &Connection) -> Result<(), StoreError> {
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(StoreError::Read)?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(verdict))
    }
}

/// Runs the steps that are missing, all or none.
pub(crate) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let known = i64::try_from(STEPS.len()).expect("the steps are few");
    if version(connection)? == known {
        return Ok(());
    }
    let failed = |cause| StoreError::Migrate { to: known, cause };
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    // Asked again: another run may have been faster.
    let found = version(&transaction)?;
    let done = usize::try_from(found).unwrap_or(0);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for step in STEPS.iter().skip(done) {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction
        .pragma_update(None, "user_version", known)
        .map_err(failed)?;
    transaction.commit().map_err(failed)
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(StoreError::Read)
}
