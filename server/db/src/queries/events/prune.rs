//! Old events go; the number of the oldest that is kept says from where on there are all.

use super::{PRUNE, YOUNGER};
use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::accounts;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{AccountId, EventSeq, Timestamp};

/// The number of the oldest event that is still kept. Whoever knows less has to start anew.
///
/// # Errors
/// When there is no such account.
pub fn oldest(conn: &mut dyn Conn, account_id: AccountId) -> Result<EventSeq, DbError> {
    accounts::seqs(conn, account_id).map(|(_, oldest)| oldest)
}

/// The first event that is not older than `at`; when all are, the one that will come next.
///
/// # Errors
/// When there is no such account.
pub fn younger_than(
    conn: &mut dyn Conn,
    account_id: AccountId,
    at: Timestamp,
) -> Result<EventSeq, DbError> {
    let found = conn.one(&YOUNGER, &[&account_id, &at], first::<EventSeq>)?;
    match found {
        Some(seq) => Ok(seq),
        None => accounts::seqs(conn, account_id).map(|(last, _)| EventSeq(last.0 + 1)),
    }
}

/// Lets go of events before a number, the oldest first and at most `limit` of them, and says how
/// many went. Zero means that there are none left to go.
///
/// # Errors
/// When there is no such account.
pub fn prune_before(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    before: EventSeq,
    limit: i64,
) -> Result<u64, DbError> {
    let (last, oldest) = accounts::seqs(unit.conn(), account_id)?;
    let furthest = (oldest.0.saturating_add(limit)).min(last.0 + 1);
    let new_oldest = EventSeq(before.0.min(furthest));
    if new_oldest <= oldest {
        return Ok(0);
    }
    accounts::set_oldest(unit, account_id, new_oldest)?;
    unit.exec(&PRUNE, &[&account_id, &new_oldest])
}
