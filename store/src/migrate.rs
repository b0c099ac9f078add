//! Brings a file to this program's version, step by step, and refuses what a newer one made.

use crate::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// Every version of a kind of file, in order. A step that was once delivered is never changed.
pub(crate) type Steps = &'static [&'static str];

/// The client's own file.
pub(crate) const CACHE: Steps = &[
    include_str!("../migrations/cache/0001_init.sql"),
    include_str!("../migrations/cache/0002_lent_tokens.sql"),
];
/// What is known of one account.
pub(crate) const DESK: Steps = &[
    include_str!("../migrations/desk/0001_init.sql"),
    include_str!("../migrations/desk/0002_list_of_spam.sql"),
    include_str!("../migrations/desk/0003_list_of_the_waiting.sql"),
];
/// What waits to be sent.
pub(crate) const OUTBOX: Steps = &[
    include_str!("../migrations/outbox/0001_init.sql"),
    include_str!("../migrations/outbox/0002_what_a_text_rests_on.sql"),
    include_str!("../migrations/outbox/0003_files.sql"),
    include_str!("../migrations/outbox/0004_deeds.sql"),
];

/// Refuses a file whose pages do not hold together. It reads all of the file.
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
pub(crate) fn run(connection: &mut Connection, steps: Steps) -> Result<(), StoreError> {
    let known = i64::try_from(steps.len()).expect("the steps are few");
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
    for step in steps.iter().skip(done) {
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
