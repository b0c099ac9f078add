//! What is sorted by itself, by inbox, and what was, by conversation.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::sorting::{SortPolicy, Sorted};
use frontdesk_domain::{AccountId, ConversationId, InboxId};

statements! {
    OF_INBOX = "SELECT inbox_id, account_id, tags, team, priority, updated_at FROM ai_sorting
        WHERE account_id = ?1 AND inbox_id = ?2";
    SET = "INSERT INTO ai_sorting (inbox_id, account_id, tags, team, priority, updated_at)
        SELECT id, account_id, ?3, ?4, ?5, ?6 FROM inboxes WHERE account_id = ?2 AND id = ?1
        ON CONFLICT (inbox_id) DO UPDATE SET tags = excluded.tags, team = excluded.team, priority = excluded.priority,
        updated_at = excluded.updated_at";
    OF_CONVERSATION = "SELECT conversation_id, account_id, done, sorted_at, undone_at FROM ai_sorted
        WHERE account_id = ?1 AND conversation_id = ?2";
    INSERT = "INSERT INTO ai_sorted (conversation_id, account_id, done, sorted_at, undone_at)
        VALUES (?1, ?2, ?3, ?4, NULL)";
    UNDO = "UPDATE ai_sorted SET undone_at = ?3 WHERE account_id = ?1 AND conversation_id = ?2 AND undone_at IS NULL";
}

/// What holds for an inbox.
///
/// # Errors
/// When the database does not answer.
pub fn of_inbox(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
) -> Result<SortPolicy, DbError> {
    let said = conn.one(&OF_INBOX, &[&account_id, &inbox_id], |row| {
        Ok(SortPolicy {
            inbox_id: row.get()?,
            account_id: row.get()?,
            tags: row.get()?,
            team: row.get()?,
            priority: row.get()?,
            updated_at: row.get()?,
        })
    })?;
    Ok(said.unwrap_or_else(|| SortPolicy::of(account_id, inbox_id)))
}

/// Says what holds for an inbox.
///
/// # Errors
/// When the account has no such inbox.
pub fn set(unit: &mut Unit<'_>, it: &SortPolicy) -> Result<(), DbError> {
    found(unit.exec(
        &SET,
        &[
            &it.inbox_id,
            &it.account_id,
            &it.tags,
            &it.team,
            &it.priority,
            &it.updated_at,
        ],
    )?)
}

/// What was sorted by itself in a conversation.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Option<Sorted>, DbError> {
    conn.one(&OF_CONVERSATION, &[&account_id, &id], |row| {
        Ok(Sorted {
            conversation_id: row.get()?,
            account_id: row.get()?,
            done: row.get()?,
            sorted_at: row.get()?,
            undone_at: row.get()?,
        })
    })
}

/// Keeps what was sorted by itself.
///
/// # Errors
/// When something was already, or the database refuses it.
pub fn insert(unit: &mut Unit<'_>, it: &Sorted) -> Result<(), DbError> {
    let row: [&dyn crate::value::ToValue; 4] =
        [&it.conversation_id, &it.account_id, &it.done, &it.sorted_at];
    unit.exec(&INSERT, &row).map(|_| ())
}

/// Notes that it was taken back.
///
/// # Errors
/// When nothing was sorted there, or it was taken back before.
pub fn undo(unit: &mut Unit<'_>, account_id: AccountId, id: ConversationId) -> Result<(), DbError> {
    let now = unit.now();
    found(unit.exec(&UNDO, &[&account_id, &id, &now])?)
}
