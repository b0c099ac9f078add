//! How far the events of an account have been read for those who are told of them outside.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::{AccountId, EventSeq};

statements! {
    BEGIN = "INSERT INTO event_readers (account_id, seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    BEHIND = "SELECT r.account_id, r.seq, c.last_seq FROM event_readers r
        JOIN account_counters c ON c.account_id = r.account_id WHERE c.last_seq > r.seq";
    ADVANCE = "UPDATE event_readers SET seq = ?3 WHERE account_id = ?1 AND seq = ?2";
}

/// An account with events that have not been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    pub account_id: AccountId,
    pub position: EventSeq,
    pub newest: EventSeq,
}

/// Reads an account's events after this one from now on. Where they are read already, nothing changes.
///
/// # Errors
/// When the account does not exist.
pub fn begin(unit: &mut Unit<'_>, account_id: AccountId, after: EventSeq) -> Result<(), DbError> {
    unit.exec(&BEGIN, &[&account_id, &after])?;
    Ok(())
}

/// The accounts with events that have not been read: all of them, for the server itself.
///
/// # Errors
/// When the database does not answer.
pub fn behind(conn: &mut dyn Conn) -> Result<Vec<Behind>, DbError> {
    conn.all(&BEHIND, &[], |row| {
        Ok(Behind {
            account_id: row.get()?,
            position: row.get()?,
            newest: row.get()?,
        })
    })
}

/// Moves the position on; `false` when somebody else did meanwhile.
///
/// # Errors
/// When the database refuses it.
pub fn advance(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    from: EventSeq,
    to: EventSeq,
) -> Result<bool, DbError> {
    Ok(unit.exec(&ADVANCE, &[&account_id, &from, &to])? > 0)
}
