//! Seats: conversations as threads of a team's own channel, from which agents answer too.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::{AccountId, ConnectionId, ConversationId, EventSeq};

statements! {
    INSERT = "INSERT INTO seats (conversation_id, connection_id, account_id, place, told_seq)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    TOLD = "UPDATE seats SET told_seq = ?4 WHERE account_id = ?1 AND conversation_id = ?2 AND connection_id = ?3";
    OF_CONVERSATION = "SELECT conversation_id, connection_id, account_id, place, told_seq FROM seats
        WHERE account_id = ?1 AND conversation_id = ?2 AND connection_id = ?3";
    AT = "SELECT conversation_id, connection_id, account_id, place, told_seq FROM seats
        WHERE account_id = ?1 AND connection_id = ?2 AND place = ?3";
}

/// A conversation as a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub conversation_id: ConversationId,
    pub connection_id: ConnectionId,
    pub account_id: AccountId,
    /// The channel and its first message, as the provider names them.
    pub place: String,
    /// Up to which message the thread has been told.
    pub told_seq: EventSeq,
}

fn read(row: &mut Columns<'_>) -> Result<Seat, DbError> {
    Ok(Seat {
        conversation_id: row.get()?,
        connection_id: row.get()?,
        account_id: row.get()?,
        place: row.get()?,
        told_seq: row.get()?,
    })
}

/// Keeps where a conversation is told.
///
/// # Errors
/// When there is no such conversation or connection, or it is told there already.
pub fn insert(unit: &mut Unit<'_>, it: &Seat) -> Result<(), DbError> {
    let args: crate::conn::Args<'_> = &[
        &it.conversation_id,
        &it.connection_id,
        &it.account_id,
        &it.place,
        &it.told_seq,
    ];
    unit.exec(&INSERT, args).map(|_| ())
}

/// Notes up to which message the thread has been told.
///
/// # Errors
/// When the database refuses it.
pub fn told(unit: &mut Unit<'_>, it: &Seat, seq: EventSeq) -> Result<(), DbError> {
    unit.exec(
        &TOLD,
        &[&it.account_id, &it.conversation_id, &it.connection_id, &seq],
    )
    .map(|_| ())
}

/// Where a conversation is told by a connection.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    conversation_id: ConversationId,
    id: ConnectionId,
) -> Result<Option<Seat>, DbError> {
    conn.one(
        &OF_CONVERSATION,
        &[&account_id, &conversation_id, &id],
        read,
    )
}

/// What is told in a thread.
///
/// # Errors
/// When the database does not answer.
pub fn at(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
    place: &str,
) -> Result<Option<Seat>, DbError> {
    conn.one(&AT, &[&account_id, &id, &place], read)
}
