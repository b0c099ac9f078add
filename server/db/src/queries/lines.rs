//! Lines: how conversations reach their customers by connections.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::line::Line;
use frontdesk_domain::{AccountId, ConnectionId, ConversationId, CustomerId, Timestamp};

macro_rules! columns {
    () => {
        "conversation_id, account_id, connection_id, ours, theirs, heard_at, stopped_at"
    };
}

statements! {
    INSERT = "INSERT INTO lines (conversation_id, account_id, connection_id, ours, theirs, heard_at, stopped_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    HEARD = "UPDATE lines SET heard_at = ?3 WHERE account_id = ?1 AND conversation_id = ?2";
    STOPPED = "UPDATE lines SET stopped_at = ?4 WHERE account_id = ?1 AND connection_id = ?2 AND theirs = ?3";
    MOVE = "UPDATE lines SET theirs = ?4 WHERE account_id = ?1 AND connection_id = ?2 AND theirs = ?3
        AND NOT EXISTS (SELECT 1 FROM lines o WHERE o.connection_id = ?2 AND o.theirs = ?4)";
    FORGET = "DELETE FROM lines WHERE account_id = ?1 AND conversation_id = ?2";
    OF_CONVERSATION = (concat!("SELECT ", columns!(), " FROM lines WHERE account_id = ?1 AND conversation_id = ?2"));
    FIND = (concat!("SELECT ", columns!(), " FROM lines
        WHERE account_id = ?1 AND connection_id = ?2 AND ours = ?3 AND theirs = ?4"));
    OF_CUSTOMER = "SELECT l.conversation_id, l.account_id, l.connection_id, l.ours, l.theirs, l.heard_at, l.stopped_at
        FROM lines l JOIN conversations c ON c.id = l.conversation_id
        WHERE l.account_id = ?1 AND c.account_id = ?1 AND c.customer_id = ?2 ORDER BY l.heard_at DESC LIMIT ?3";
    HEARD_SINCE = (concat!("SELECT ", columns!(), " FROM lines
        WHERE account_id = ?1 AND connection_id = ?2 AND heard_at >= ?3 ORDER BY heard_at DESC LIMIT ?4"));
    OF_ADDRESS = (concat!("SELECT ", columns!(), " FROM lines
        WHERE account_id = ?1 AND connection_id = ?2 AND theirs = ?3"));
}

fn read(row: &mut Columns<'_>) -> Result<Line, DbError> {
    Ok(Line {
        conversation_id: row.get()?,
        account_id: row.get()?,
        connection_id: row.get()?,
        ours: row.get()?,
        theirs: row.get()?,
        heard_at: row.get()?,
        stopped_at: row.get()?,
    })
}

/// Keeps how a conversation reaches its customer.
///
/// # Errors
/// When there is no such conversation or connection, or another conversation has this line.
pub fn insert(unit: &mut Unit<'_>, it: &Line) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.conversation_id,
            &it.account_id,
            &it.connection_id,
            &it.ours,
            &it.theirs,
            &it.heard_at,
            &it.stopped_at,
        ],
    )
    .map(|_| ())
}

/// Notes when the customer last wrote.
///
/// # Errors
/// When the database refuses it.
pub fn heard(unit: &mut Unit<'_>, it: &Line, at: Timestamp) -> Result<(), DbError> {
    unit.exec(&HEARD, &[&it.account_id, &it.conversation_id, &at])
        .map(|_| ())
}

/// Notes that an address wants to hear no more, or hears again.
///
/// # Errors
/// When the database refuses it.
pub fn set_stopped(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
    theirs: &str,
    at: Option<Timestamp>,
) -> Result<(), DbError> {
    unit.exec(&STOPPED, &[&account_id, &id, &theirs, &at])
        .map(|_| ())
}

/// Notes that an address has become another, unless the other is known already.
///
/// # Errors
/// When the database refuses it.
pub fn moved(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
    from: &str,
    to: &str,
) -> Result<(), DbError> {
    unit.exec(&MOVE, &[&account_id, &id, &from, &to])
        .map(|_| ())
}

/// Forgets how a conversation reaches its customer.
///
/// # Errors
/// When the database refuses it.
pub fn forget(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
) -> Result<(), DbError> {
    unit.exec(&FORGET, &[&account_id, &id]).map(|_| ())
}

/// How a conversation reaches its customer.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Option<Line>, DbError> {
    conn.one(&OF_CONVERSATION, &[&account_id, &id], read)
}

/// The line between one of our addresses and one of theirs.
///
/// # Errors
/// When the database does not answer.
pub fn find(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
    ours: &str,
    theirs: &str,
) -> Result<Option<Line>, DbError> {
    conn.one(&FIND, &[&account_id, &id, &ours, &theirs], read)
}

/// All lines to an address by a connection.
///
/// # Errors
/// When the database does not answer.
pub fn of_address(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
    theirs: &str,
) -> Result<Vec<Line>, DbError> {
    conn.all(&OF_ADDRESS, &[&account_id, &id, &theirs], read)
}

/// The lines of a customer's conversations, the latest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_customer(
    conn: &mut dyn Conn,
    account_id: AccountId,
    customer_id: CustomerId,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    conn.all(&OF_CUSTOMER, &[&account_id, &customer_id, &limit], read)
}

/// The lines of a connection by which customers wrote lately, the latest first.
///
/// # Errors
/// When the database does not answer.
pub fn heard_since(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    conn.all(&HEARD_SINCE, &[&account_id, &id, &since, &limit], read)
}
