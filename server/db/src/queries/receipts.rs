//! Receipts: what came in from outside, once each. A provider that sends again is answered as
//! before and changes nothing.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{AccountId, InboxId, MessageId};

statements! {
    INSERT = "INSERT INTO receipts (inbox_id, external_id, created_at)
        SELECT id, ?3, ?4 FROM inboxes WHERE account_id = ?1 AND id = ?2
        ON CONFLICT (inbox_id, external_id) DO NOTHING";
    SET_MESSAGE = "UPDATE receipts SET message_id = ?4 WHERE external_id = ?3
        AND inbox_id IN (SELECT id FROM inboxes WHERE account_id = ?1 AND id = ?2)";
    NAMES = "SELECT external_id FROM receipts WHERE message_id = ?2
        AND inbox_id IN (SELECT id FROM inboxes WHERE account_id = ?1) ORDER BY external_id";
    FORGET = "DELETE FROM receipts WHERE external_id = ?3
        AND inbox_id IN (SELECT id FROM inboxes WHERE account_id = ?1 AND id = ?2)";
    MESSAGE = "SELECT message_id FROM receipts WHERE external_id = ?3
        AND inbox_id IN (SELECT id FROM inboxes WHERE account_id = ?1 AND id = ?2)";
}

/// What a receipt says about something that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// It never came before.
    New,
    /// It came before, and became this message, if it became one.
    Known(Option<MessageId>),
}

/// Notes that something came in, unless it came before.
///
/// # Errors
/// When the account has no such inbox.
pub fn record(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
    external_id: &str,
) -> Result<Receipt, DbError> {
    let now = unit.now();
    if unit.exec(&INSERT, &[&account_id, &inbox_id, &external_id, &now])? > 0 {
        return Ok(Receipt::New);
    }
    let known = by_external_id(unit.conn(), account_id, inbox_id, external_id)?;
    known.ok_or(DbError::Dangling)
}

/// Notes which message it became.
///
/// # Errors
/// When there is no such receipt.
pub fn set_message(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
    external_id: &str,
    message_id: MessageId,
) -> Result<(), DbError> {
    found(unit.exec(
        &SET_MESSAGE,
        &[&account_id, &inbox_id, &external_id, &message_id],
    )?)
}

/// Forgets a name, so that it is new again.
///
/// # Errors
/// When the database does not answer.
pub fn forget(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
    external_id: &str,
) -> Result<(), DbError> {
    unit.exec(&FORGET, &[&account_id, &inbox_id, &external_id])?;
    Ok(())
}

/// Whether this came before; `None` when it did not, or the account has no such inbox.
///
/// # Errors
/// When the database does not answer.
pub fn by_external_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
    external_id: &str,
) -> Result<Option<Receipt>, DbError> {
    let known = conn.one(&MESSAGE, &[&account_id, &inbox_id, &external_id], first)?;
    Ok(known.map(Receipt::Known))
}

/// Under which names a message is known outside.
///
/// # Errors
/// When the database does not answer.
pub fn names(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: MessageId,
) -> Result<Vec<String>, DbError> {
    conn.all(&NAMES, &[&account_id, &id], first)
}
