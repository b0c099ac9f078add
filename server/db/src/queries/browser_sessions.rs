//! Visits to customers' pages and what was recorded of them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::queries::narrow::Narrowed;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use crate::value::ToValue as _;
use frontdesk_domain::json::Json;
use frontdesk_domain::visit::{BrowserSession, ReplayEvent};
use frontdesk_domain::{AccountId, BrowserSessionId, CustomerId, Timestamp};

macro_rules! columns {
    () => {
        "id, account_id, customer_id, metadata, started_at, finished_at, created_at"
    };
}

/// Which visits to list; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitFilter {
    pub customer_id: Option<CustomerId>,
    /// Whether the visit has ended.
    pub finished: Option<bool>,
}

statements! {
    INSERT = "INSERT INTO browser_sessions (id, account_id, customer_id, metadata, started_at, finished_at, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    ANYWHERE = (concat!("SELECT ", columns!(), " FROM browser_sessions WHERE id = ?1"));
    BY_ID = (concat!("SELECT ", columns!(), " FROM browser_sessions WHERE account_id = ?1 AND id = ?2"));
    SET_FINISHED = (concat!("UPDATE browser_sessions SET finished_at = ?2 WHERE id = ?1 RETURNING ", columns!()));
    IDENTIFY = (concat!("UPDATE browser_sessions SET customer_id = ?2 WHERE id = ?1
        AND account_id IN (SELECT account_id FROM customers WHERE id = ?2) RETURNING ", columns!()));
    APPEND = "INSERT INTO browser_replay_events (account_id, browser_session_id, event, created_at)
        SELECT account_id, id, ?2, ?3 FROM browser_sessions WHERE id = ?1";
    RECORDING = "SELECT n, event, created_at FROM browser_replay_events
        WHERE account_id = ?1 AND browser_session_id = ?2 AND n > ?3 ORDER BY n LIMIT ?4";
}

fn read(row: &mut Columns<'_>) -> Result<BrowserSession, DbError> {
    Ok(BrowserSession {
        id: row.get()?,
        account_id: row.get()?,
        customer_id: row.get()?,
        metadata: row.get()?,
        started_at: row.get()?,
        finished_at: row.get()?,
        created_at: row.get()?,
    })
}

/// Stores a new visit.
///
/// # Errors
/// When the account does not exist, or has no such customer.
pub fn insert(unit: &mut Unit<'_>, it: &BrowserSession) -> Result<(), DbError> {
    if let Some(id) = it.customer_id {
        super::customers::by_id(unit.conn(), it.account_id, id)?.ok_or(DbError::Dangling)?;
    }
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.customer_id,
            &it.metadata,
            &it.started_at,
            &it.finished_at,
            &it.created_at,
        ],
    )?;
    Ok(())
}

/// A visit of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: BrowserSessionId,
) -> Result<Option<BrowserSession>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The visit with this id, of whatever account: for the page that records it, whose random id
/// is its credential.
///
/// # Errors
/// When the database does not answer.
pub fn anywhere(
    conn: &mut dyn Conn,
    id: BrowserSessionId,
) -> Result<Option<BrowserSession>, DbError> {
    conn.one(&ANYWHERE, &[&id], read)
}

/// Ends a visit, if there is one with this id, which is the credential.
///
/// # Errors
/// When the database refuses it.
pub fn finish(
    unit: &mut Unit<'_>,
    id: BrowserSessionId,
) -> Result<Option<BrowserSession>, DbError> {
    let now = unit.now();
    unit.one(&SET_FINISHED, &[&id, &now], read)
}

/// Goes on with a visit that had ended. The id is the credential.
///
/// # Errors
/// When the database refuses it.
pub fn restart(
    unit: &mut Unit<'_>,
    id: BrowserSessionId,
) -> Result<Option<BrowserSession>, DbError> {
    unit.one(&SET_FINISHED, &[&id, &None::<Timestamp>], read)
}

/// Notes who the visitor is: a customer of the visit's account, or nothing happens and the
/// answer is `None`. The id is the credential.
///
/// # Errors
/// When the database refuses it.
pub fn identify(
    unit: &mut Unit<'_>,
    id: BrowserSessionId,
    customer_id: CustomerId,
) -> Result<Option<BrowserSession>, DbError> {
    unit.one(&IDENTIFY, &[&id, &customer_id], read)
}

/// The account's visits that pass a filter, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut dyn Conn,
    account_id: AccountId,
    filter: &VisitFilter,
    limit: i64,
) -> Result<Vec<BrowserSession>, DbError> {
    let mut narrowed = Narrowed::by("account_id = ?1", &[account_id.to_value()]);
    if let Some(id) = &filter.customer_id {
        narrowed.and("customer_id = ?1", &[id.to_value()]);
    }
    match filter.finished {
        Some(true) => narrowed.and("finished_at IS NOT NULL", &[]),
        Some(false) => narrowed.and("finished_at IS NULL", &[]),
        None => {}
    }
    narrowed.push(
        " ORDER BY created_at DESC, id LIMIT ?1",
        &[limit.to_value()],
    );
    let sql = narrowed.statement(
        "VISITS_LIST",
        concat!("SELECT ", columns!(), " FROM browser_sessions"),
    );
    conn.all_values(&sql, narrowed.args(), read)
}

/// Adds a step to a visit's recording. The visit's id is the credential.
///
/// # Errors
/// When there is no such visit.
pub fn append(unit: &mut Unit<'_>, id: BrowserSessionId, event: &Json) -> Result<(), DbError> {
    let now = unit.now();
    found(unit.exec(&APPEND, &[&id, event, &now])?)
}

/// A visit's recording after a step, in its order.
///
/// # Errors
/// When the database does not answer.
pub fn recording(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: BrowserSessionId,
    after: i64,
    limit: i64,
) -> Result<Vec<ReplayEvent>, DbError> {
    conn.all(&RECORDING, &[&account_id, &id, &after, &limit], |row| {
        Ok(ReplayEvent {
            n: row.get()?,
            event: row.get()?,
            created_at: row.get()?,
        })
    })
}
