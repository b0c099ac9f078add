//! Who begins drafts, by inbox.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::ai::DEFAULT_MODE;
use frontdesk_domain::{AccountId, AiMode, ConversationId, InboxId};

/// The mode of a conversation `c` whose inbox has the mode `m`: what its topics say, the most careful first,
/// else the inbox, else what holds everywhere.
macro_rules! mode_of {
    ($default:literal) => {
        concat!(
            "COALESCE((SELECT t.mode FROM ai_topics t JOIN conversation_tags x ON x.tag_id = t.tag_id
                WHERE x.conversation_id = c.id AND t.inbox_id = c.inbox_id ORDER BY CASE t.mode WHEN 'off' THEN 0
                WHEN 'request' THEN 1 WHEN 'draft' THEN 2 ELSE 3 END LIMIT 1), m.mode, ",
            $default,
            ")"
        )
    };
}
pub(super) use mode_of;

statements! {
    OF_ACCOUNT = "SELECT inbox_id, mode FROM ai_modes WHERE account_id = ?1";
    OF_CONVERSATION = (concat!("SELECT ", mode_of!("?3"), " FROM conversations c
        LEFT JOIN ai_modes m ON m.inbox_id = c.inbox_id WHERE c.account_id = ?1 AND c.id = ?2"));
    SET = "INSERT INTO ai_modes (inbox_id, account_id, mode, updated_at)
        SELECT id, account_id, ?3, ?4 FROM inboxes WHERE account_id = ?1 AND id = ?2
        ON CONFLICT (inbox_id) DO UPDATE SET mode = excluded.mode, updated_at = excluded.updated_at";
}

/// What holds for a conversation: its topics may say otherwise than its inbox.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<AiMode, DbError> {
    let said = conn.one(
        &OF_CONVERSATION,
        &[&account_id, &id, &DEFAULT_MODE],
        first::<AiMode>,
    )?;
    Ok(said.unwrap_or(DEFAULT_MODE))
}

/// What somebody said about the account's inboxes.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(
    conn: &mut dyn Conn,
    account_id: AccountId,
) -> Result<Vec<(InboxId, AiMode)>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], |row| {
        Ok((row.get()?, row.get()?))
    })
}

/// Says what holds for an inbox.
///
/// # Errors
/// When the account has no such inbox.
pub fn set(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
    mode: AiMode,
) -> Result<(), DbError> {
    let now = unit.now();
    found(unit.exec(&SET, &[&account_id, &inbox_id, &mode, &now])?)
}
