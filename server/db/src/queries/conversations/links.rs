//! Conversations that show each other. Each pair is kept once, the lesser id first.

use super::read;
use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{AccountId, Conversation, ConversationId, Timestamp};

statements! {
    ADD = "INSERT INTO conversation_links (account_id, one_id, other_id, side_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM conversation_links WHERE account_id = ?1 AND one_id = ?2 AND other_id = ?3";
    FORWARDED_AS = "SELECT CASE WHEN one_id = ?2 THEN other_id ELSE one_id END FROM conversation_links
        WHERE account_id = ?1 AND side_id = ?2";
    LINKED = (concat!("SELECT ", columns!(""), " FROM conversations WHERE account_id = ?1 AND id IN (
        SELECT other_id FROM conversation_links WHERE account_id = ?1 AND one_id = ?2
        UNION ALL SELECT one_id FROM conversation_links WHERE account_id = ?1 AND other_id = ?2)
        ORDER BY number LIMIT 50"));
}

/// Links two conversations; one of them may be the talk with somebody the other was forwarded to.
///
/// # Errors
/// When one of them does not exist.
pub(crate) fn link(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    (one, other): (ConversationId, ConversationId),
    side: Option<ConversationId>,
    at: Timestamp,
) -> Result<(), DbError> {
    let (lesser, greater) = (one.min(other), one.max(other));
    unit.exec(&ADD, &[&account_id, &lesser, &greater, &side, &at])?;
    Ok(())
}

/// Takes a link away.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn unlink(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    one: ConversationId,
    other: ConversationId,
) -> Result<(), DbError> {
    let (lesser, greater) = (one.min(other), one.max(other));
    unit.exec(&REMOVE, &[&account_id, &lesser, &greater])?;
    Ok(())
}

/// The conversations that are linked with this one, whoever may see them.
///
/// # Errors
/// When the database does not answer.
pub fn linked(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Vec<Conversation>, DbError> {
    conn.all(&LINKED, &[&account_id, &id], read)
}

/// The conversations that were forwarded as this one.
///
/// # Errors
/// When the database does not answer.
pub fn forwarded_as(
    conn: &mut dyn Conn,
    account_id: AccountId,
    side: ConversationId,
) -> Result<Vec<ConversationId>, DbError> {
    conn.all(&FORWARDED_AS, &[&account_id, &side], first)
}
