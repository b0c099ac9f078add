//! Connections to providers and mailboxes.

use crate::conn::{Args, Conn};
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::connection::{Connection, Health, Traffic};
use frontdesk_domain::{AccountId, ConnectionId, Source};

macro_rules! columns {
    () => {
        "id, account_id, inbox_id, kind, name, settings, state, reason, failing_since, checked_at, worked_at, \
            failures, next_try_at, came_at, went_at, consented_at, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO connections (id, account_id, inbox_id, kind, name, settings, state, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    UPDATE = "UPDATE connections SET inbox_id = ?3, name = ?4, settings = ?5, updated_at = ?6, state = ?7, reason = ?8,
        failing_since = ?9, checked_at = ?10, worked_at = ?11, failures = ?12, next_try_at = ?13 WHERE account_id = ?1 AND id = ?2";
    HEALTH = "UPDATE connections SET state = ?3, reason = ?4, failing_since = ?5, checked_at = ?6, worked_at = ?7,
        failures = ?8, next_try_at = ?9 WHERE account_id = ?1 AND id = ?2";
    CAME = "UPDATE connections SET came_at = ?3 WHERE account_id = ?1 AND id = ?2";
    WENT = "UPDATE connections SET went_at = ?3 WHERE account_id = ?1 AND id = ?2";
    /// Of every account, for whoever watches the server.
    EVERYWHERE = (concat!("SELECT ", columns!(), " FROM connections ORDER BY created_at, id"));
    SECRETS = "SELECT secrets FROM connections WHERE account_id = ?1 AND id = ?2";
    /// Whoever consented did so under the secrets of before.
    SET_SECRETS = "UPDATE connections SET secrets = ?3, updated_at = ?4, consented_at = NULL
        WHERE account_id = ?1 AND id = ?2";
    CONSENTED = "UPDATE connections SET consented_at = ?3 WHERE account_id = ?1 AND id = ?2";
    POSITION = "SELECT position FROM connections WHERE account_id = ?1 AND id = ?2";
    SET_POSITION = "UPDATE connections SET position = ?3 WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM connections WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM connections WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM connections WHERE account_id = ?1 ORDER BY created_at, id"));
    /// Of every account: the parts of the server that hold lines open serve all of them.
    OF_KIND = (concat!("SELECT ", columns!(), " FROM connections WHERE kind = ?1 AND state <> 'off' ORDER BY created_at, id"));
    ANYWHERE = (concat!("SELECT ", columns!(), " FROM connections WHERE id = ?1"));
}

fn read(row: &mut Columns<'_>) -> Result<Connection, DbError> {
    let (id, account_id, inbox_id) = (row.get()?, row.get()?, row.get()?);
    let (kind, name, settings) = (row.get()?, row.get()?, row.get()?);
    let health = Health {
        state: row.get()?,
        reason: row.get()?,
        failing_since: row.get()?,
        checked_at: row.get()?,
        worked_at: row.get()?,
        failures: row.get()?,
        next_try_at: row.get()?,
    };
    let traffic = Traffic {
        came_at: row.get()?,
        went_at: row.get()?,
    };
    Ok(Connection {
        id,
        account_id,
        inbox_id,
        kind,
        name,
        settings,
        health,
        traffic,
        consented_at: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new connection, without its secrets.
///
/// # Errors
/// When the account or the inbox does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &Connection) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.inbox_id,
            &it.kind,
            &it.name,
            &it.settings,
            &it.health.state,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a connection's fields and says how many rows that were. Its kind stays.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Connection) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.inbox_id,
            &it.name,
            &it.settings,
            &it.updated_at,
            &it.health.state,
            &it.health.reason,
            &it.health.failing_since,
            &it.health.checked_at,
            &it.health.worked_at,
            &it.health.failures,
            &it.health.next_try_at,
        ],
    )
}

/// Keeps how a connection is.
///
/// # Errors
/// When the database refuses it.
pub fn set_health(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
    health: &Health,
) -> Result<(), DbError> {
    let args: Args<'_> = &[
        &account_id,
        &id,
        &health.state,
        &health.reason,
        &health.failing_since,
        &health.checked_at,
        &health.worked_at,
        &health.failures,
        &health.next_try_at,
    ];
    unit.exec(&HEALTH, args).map(|_| ())
}

/// Notes that a message came by a connection.
///
/// # Errors
/// When the database refuses it.
pub fn came(unit: &mut Unit<'_>, account_id: AccountId, id: ConnectionId) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&CAME, &[&account_id, &id, &now]).map(|_| ())
}

/// Notes that a message went by a connection.
///
/// # Errors
/// When the database refuses it.
pub fn went(unit: &mut Unit<'_>, account_id: AccountId, id: ConnectionId) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&WENT, &[&account_id, &id, &now]).map(|_| ())
}

/// What a connection signs in with, as it is kept.
///
/// # Errors
/// When the database does not answer.
pub fn secrets(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
) -> Result<Option<Vec<u8>>, DbError> {
    let found = conn.one(&SECRETS, &[&account_id, &id], first::<Option<Vec<u8>>>)?;
    Ok(found.flatten())
}

/// Replaces what a connection signs in with.
///
/// # Errors
/// When the database refuses it.
pub fn set_secrets(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
    sealed: &[u8],
) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&SET_SECRETS, &[&account_id, &id, &sealed, &now])
        .map(|_| ())
}

/// Notes that the owner of a mailbox let us in.
///
/// # Errors
/// When the database refuses it.
pub fn consented(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&CONSENTED, &[&account_id, &id, &now]).map(|_| ())
}

/// How far a connection has read.
///
/// # Errors
/// When the database does not answer.
pub fn position(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
) -> Result<Option<String>, DbError> {
    let found = conn.one(&POSITION, &[&account_id, &id], first::<Option<String>>)?;
    Ok(found.flatten())
}

/// Keeps how far a connection has read.
///
/// # Errors
/// When the database refuses it.
pub fn set_position(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
    position: &str,
) -> Result<(), DbError> {
    unit.exec(&SET_POSITION, &[&account_id, &id, &position])
        .map(|_| ())
}

/// Deletes a connection and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A connection of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
) -> Result<Option<Connection>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The connection that an address of ours names, whoever's it is: providers know no accounts.
///
/// # Errors
/// When the database does not answer.
pub fn anywhere(conn: &mut dyn Conn, id: ConnectionId) -> Result<Option<Connection>, DbError> {
    conn.one(&ANYWHERE, &[&id], read)
}

/// All connections of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Connection>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// All connections of a kind that are not switched off, of every account.
///
/// # Errors
/// When the database does not answer.
pub fn of_kind(conn: &mut dyn Conn, kind: Source) -> Result<Vec<Connection>, DbError> {
    conn.all(&OF_KIND, &[&kind], read)
}

/// All connections of every account.
///
/// # Errors
/// When the database does not answer.
pub fn everywhere(conn: &mut dyn Conn) -> Result<Vec<Connection>, DbError> {
    conn.all(&EVERYWHERE, &[], read)
}
