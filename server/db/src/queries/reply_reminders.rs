//! How often somebody was reminded that a customer waits. A new wait of the customer's begins anew.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{AccountId, ConversationId, Timestamp};

statements! {
    DUE = "SELECT c.id FROM conversations c LEFT JOIN reply_reminders r
            ON r.conversation_id = c.id AND r.waiting_since = c.waiting_since
        WHERE c.account_id = ?1 AND c.status = 'open' AND c.archived_at IS NULL AND c.waiting_since IS NOT NULL
            AND COALESCE(r.sent, 0) < ?4 AND c.waiting_since <= ?2 - ?3 * (COALESCE(r.sent, 0) + 1)
        ORDER BY c.waiting_since LIMIT ?5";
    SENT = "SELECT sent FROM reply_reminders WHERE conversation_id = ?1 AND waiting_since = ?2";
    COUNT = "INSERT INTO reply_reminders (conversation_id, waiting_since, sent) VALUES (?1, ?2, ?3)
        ON CONFLICT (conversation_id) DO UPDATE SET waiting_since = excluded.waiting_since, sent = excluded.sent";
}

/// Conversations whose customers have waited for another `step` seconds since the last reminder, or
/// since they wrote, and of which nobody was reminded `at_most` times; the longest wait first.
///
/// # Errors
/// When the database does not answer.
pub fn due(
    conn: &mut dyn Conn,
    account_id: AccountId,
    now: Timestamp,
    step: i64,
    at_most: i64,
    limit: i64,
) -> Result<Vec<ConversationId>, DbError> {
    let step = step.saturating_mul(1_000_000);
    conn.all(&DUE, &[&account_id, &now, &step, &at_most, &limit], first)
}

/// How many reminders there were for this wait.
///
/// # Errors
/// When the database does not answer.
pub fn sent(
    conn: &mut dyn Conn,
    id: ConversationId,
    waiting_since: Timestamp,
) -> Result<i64, DbError> {
    conn.count(&SENT, &[&id, &waiting_since])
}

/// Remembers how many there were.
///
/// # Errors
/// When the conversation does not exist.
pub fn count(
    unit: &mut Unit<'_>,
    id: ConversationId,
    waiting_since: Timestamp,
    sent: i64,
) -> Result<(), DbError> {
    unit.exec(&COUNT, &[&id, &waiting_since, &sent])?;
    Ok(())
}
