//! Who begins drafts, by inbox.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::ai::DEFAULT_MODE;
use frontdesk_domain::{AccountId, AiMode, InboxId};

statements! {
    OF_INBOX = "SELECT mode FROM ai_modes WHERE account_id = ?1 AND inbox_id = ?2";
    OF_ACCOUNT = "SELECT inbox_id, mode FROM ai_modes WHERE account_id = ?1";
    SET = "INSERT INTO ai_modes (inbox_id, account_id, mode, updated_at)
        SELECT id, account_id, ?3, ?4 FROM inboxes WHERE account_id = ?1 AND id = ?2
        ON CONFLICT (inbox_id) DO UPDATE SET mode = excluded.mode, updated_at = excluded.updated_at";
}

/// What holds for an inbox, and for conversations without one.
///
/// # Errors
/// When the database does not answer.
pub fn of_inbox(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: Option<InboxId>,
) -> Result<AiMode, DbError> {
    let Some(inbox_id) = inbox_id else {
        return Ok(DEFAULT_MODE);
    };
    let said = conn.one(&OF_INBOX, &[&account_id, &inbox_id], first::<AiMode>)?;
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
