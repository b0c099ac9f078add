//! Messages that wait to go out by a connector.

use super::{MessageView, by_id};
use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first as first_column;
use frontdesk_domain::{AccountId, ConversationId, DeliveryState, MessageId};

statements! {
    FIRST = "SELECT id FROM messages WHERE conversation_id = ?2 AND account_id = ?1
        AND delivery_state IN ('queued', 'sending') ORDER BY seq LIMIT 1";
    SET = "UPDATE messages SET delivery_state = ?3, delivery_reason = ?4, updated_at = ?5
        WHERE account_id = ?1 AND id = ?2";
    SETTLE = "UPDATE messages SET delivery_state = ?3, delivery_reason = ?4, updated_at = ?5
        WHERE account_id = ?1 AND id = ?2 AND delivery_state = 'sending'";
    FOUND = "UPDATE messages SET delivery_state = 'sent', delivery_reason = NULL, updated_at = ?3
        WHERE account_id = ?1 AND id = ?2 AND delivery_state = 'unknown'";
}

/// The first message of a conversation that has not gone out.
///
/// # Errors
/// When the database does not answer.
pub fn first(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Option<MessageView>, DbError> {
    let found = conn.one(&FIRST, &[&account_id, &id], first_column::<MessageId>)?;
    match found {
        Some(id) => by_id(conn, account_id, id),
        None => Ok(None),
    }
}

/// Says how far a message has come; `false` when it has gone meanwhile.
///
/// # Errors
/// When the database refuses it.
pub fn set(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: MessageId,
    state: DeliveryState,
    reason: Option<&String>,
) -> Result<bool, DbError> {
    let now = unit.now();
    let rows = unit.exec(&SET, &[&account_id, &id, &state, &reason, &now])?;
    Ok(rows > 0)
}

/// Says how far a message has come that is being handed over; `false` when something is known of it
/// meanwhile that is newer, or it has gone.
///
/// # Errors
/// When the database refuses it.
pub fn settle(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: MessageId,
    state: DeliveryState,
    reason: Option<&String>,
) -> Result<bool, DbError> {
    let now = unit.now();
    let rows = unit.exec(&SETTLE, &[&account_id, &id, &state, &reason, &now])?;
    Ok(rows > 0)
}

/// Says that a message went of which that was not known; `false` when something is known of it
/// meanwhile, or it has gone.
///
/// # Errors
/// When the database refuses it.
pub fn found(unit: &mut Unit<'_>, account_id: AccountId, id: MessageId) -> Result<bool, DbError> {
    let now = unit.now();
    let rows = unit.exec(&FOUND, &[&account_id, &id, &now])?;
    Ok(rows > 0)
}
