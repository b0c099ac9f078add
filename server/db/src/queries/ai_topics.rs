//! Who begins drafts in conversations with a tag, in place of what the inbox says.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::{AccountId, AiMode, InboxId, TagId};

statements! {
    OF_INBOX = "SELECT tag_id, mode FROM ai_topics WHERE account_id = ?1 AND inbox_id = ?2 ORDER BY tag_id";
    CLEAR = "DELETE FROM ai_topics WHERE account_id = ?1 AND inbox_id = ?2";
    ADD = "INSERT INTO ai_topics (account_id, inbox_id, tag_id, mode)
        SELECT t.account_id, i.id, t.id, ?4 FROM tags t JOIN inboxes i ON i.account_id = t.account_id
        WHERE t.account_id = ?1 AND i.id = ?2 AND t.id = ?3";
}

/// What was said about the topics of an inbox.
///
/// # Errors
/// When the database does not answer.
pub fn of_inbox(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
) -> Result<Vec<(TagId, AiMode)>, DbError> {
    conn.all(&OF_INBOX, &[&account_id, &inbox_id], |row| {
        Ok((row.get()?, row.get()?))
    })
}

/// Puts what is said about the topics of an inbox in place of what was, and says how many were kept: a tag
/// that the account does not have is not.
///
/// # Errors
/// When the database refuses it.
pub fn set(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
    topics: &[(TagId, AiMode)],
) -> Result<u64, DbError> {
    unit.exec(&CLEAR, &[&account_id, &inbox_id])?;
    let mut kept = 0;
    for (tag_id, mode) in topics {
        kept += unit.exec(&ADD, &[&account_id, &inbox_id, tag_id, mode])?;
    }
    Ok(kept)
}
