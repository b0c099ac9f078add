//! What agents wrote in chats and their customers have not seen, of customers who left an address.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{AccountId, ConversationId, MessageId, Timestamp};

statements! {
    DUE = "SELECT c.id FROM conversations c JOIN customers u ON u.id = c.customer_id
        WHERE c.account_id = ?1 AND c.status IN ('open', 'snoozed', 'closed') AND c.archived_at IS NULL
            AND c.source = 'chat' AND c.sorted_at >= ?2 AND u.email IS NOT NULL
            AND EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.user_id IS NOT NULL
                AND m.is_private = 0 AND m.seen_at IS NULL AND m.created_at >= ?2 AND m.created_at <= ?3
                AND NOT EXISTS (SELECT 1 FROM mails l WHERE l.message_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM messages n WHERE n.conversation_id = c.id
                    AND n.customer_id IS NOT NULL AND n.seq > m.seq))
        ORDER BY c.sorted_at LIMIT ?4";
    OF_CONVERSATION = "SELECT m.id FROM messages m WHERE m.account_id = ?1 AND m.conversation_id = ?2
        AND m.user_id IS NOT NULL AND m.is_private = 0 AND m.seen_at IS NULL AND m.created_at >= ?3
        AND NOT EXISTS (SELECT 1 FROM mails l WHERE l.message_id = m.id)
        AND NOT EXISTS (SELECT 1 FROM messages n WHERE n.conversation_id = m.conversation_id
            AND n.customer_id IS NOT NULL AND n.seq > m.seq)
        ORDER BY m.seq LIMIT ?4";
    NOT_MAILED = "DELETE FROM mails WHERE account_id = ?1 AND message_id = ?2 AND direction = 'out'";
}

/// Conversations with something unseen that was written between two moments.
///
/// # Errors
/// When the database does not answer.
pub fn due(
    conn: &mut dyn Conn,
    account_id: AccountId,
    since: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<ConversationId>, DbError> {
    conn.all(&DUE, &[&account_id, &since, &until, &limit], first)
}

/// What is unseen in a conversation since a moment, in its order.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<MessageId>, DbError> {
    conn.all(&OF_CONVERSATION, &[&account_id, &id, &since, &limit], first)
}

/// Takes back that a message was mailed: nothing was handed over.
///
/// # Errors
/// When the database refuses it.
pub fn not_mailed(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: MessageId,
) -> Result<(), DbError> {
    unit.exec(&NOT_MAILED, &[&account_id, &id]).map(|_| ())
}
