//! Parking what waits to go out. A restored database is a copy of an old moment: what waited then
//! may have gone since, so nothing of it goes by itself. It is kept as what failed, for a person
//! to look at and to send again.

use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;

statements! {
    JOBS = "UPDATE jobs SET state = 'dead', lease = NULL, again = 0, error = ?1, tried_at = ?2 WHERE state <> 'dead'";
    CALLS = "UPDATE webhook_deliveries SET state = 'failed', error = ?1 WHERE state = 'pending'";
    MESSAGES = "UPDATE messages SET delivery_state = 'unknown', delivery_reason = ?1
        WHERE delivery_state IN ('queued', 'sending')";
    SCHEDULED = "UPDATE scheduled_replies SET state = 'held', reason = ?1 WHERE state = 'waiting'";
    /// Events that nobody was told of yet are not told of any more.
    READERS = "UPDATE event_readers SET seq = (SELECT c.last_seq FROM account_counters c
        WHERE c.account_id = event_readers.account_id)";
}

/// How much was parked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parked {
    pub jobs: u64,
    /// Calls of webhooks.
    pub calls: u64,
    /// Messages on their way to customers.
    pub messages: u64,
    /// Replies that were to go out later.
    pub scheduled: u64,
}

/// Parks everything that waits, in all accounts, with the reason.
///
/// # Errors
/// When the database refuses it.
pub fn park(unit: &mut Unit<'_>, why: &str) -> Result<Parked, DbError> {
    let now = unit.now();
    unit.exec(&READERS, &[])?;
    Ok(Parked {
        jobs: unit.exec(&JOBS, &[&why, &now])?,
        calls: unit.exec(&CALLS, &[&why])?,
        messages: unit.exec(&MESSAGES, &[&why])?,
        scheduled: unit.exec(&SCHEDULED, &[&why])?,
    })
}
