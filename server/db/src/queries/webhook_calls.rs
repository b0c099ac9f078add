//! What webhooks are told: a row per call, which holds references and what came of it, and no content.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::{
    AccountId, CallId, CallState, ConversationId, MessageId, SubscriptionId, Timestamp,
    WebhookEvent,
};

macro_rules! columns {
    () => {
        "n, id, subscription_id, event, conversation_id, message_id, state, attempts, tried_at, status, took_ms, \
            answer, error, created_at"
    };
}

statements! {
    INSERT = "INSERT INTO webhook_deliveries (id, account_id, subscription_id, event, conversation_id, message_id, state,
        attempts, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', 0, ?7)";
    FIRST = "SELECT id, subscription_id, event, conversation_id, message_id, attempts FROM webhook_deliveries
        WHERE subscription_id = ?2 AND account_id = ?1 AND state = 'pending'
        AND (aside_until IS NULL OR aside_until <= ?3) ORDER BY n LIMIT 1";
    NEXT_ASIDE = "SELECT MIN(aside_until) FROM webhook_deliveries
        WHERE subscription_id = ?2 AND account_id = ?1 AND state = 'pending'";
    TRIED = "UPDATE webhook_deliveries SET state = ?3, attempts = attempts + 1, aside_until = ?4, tried_at = ?5,
        status = ?6, took_ms = ?7, answer = ?8, error = ?9 WHERE account_id = ?1 AND id = ?2";
    SKIP = "UPDATE webhook_deliveries SET state = 'skipped', error = 'what it was to tell of has gone'
        WHERE account_id = ?1 AND id = ?2";
    GIVE_UP = "UPDATE webhook_deliveries SET state = 'failed', aside_until = NULL, error = ?3
        WHERE account_id = ?1 AND subscription_id = ?2 AND state = 'pending'";
    REPLAY = "UPDATE webhook_deliveries SET state = 'pending', attempts = 0, aside_until = NULL
        WHERE account_id = ?1 AND id = ?2 AND state <> 'pending' RETURNING subscription_id";
    PAGE = (concat!("SELECT ", columns!(), " FROM webhook_deliveries WHERE subscription_id = ?2 AND account_id = ?1
        AND n < ?3 AND (state = ?4 OR ?4 IS NULL) ORDER BY n DESC LIMIT ?5"));
    BY_ID = (concat!("SELECT ", columns!(), " FROM webhook_deliveries WHERE account_id = ?1 AND id = ?2"));
    PRUNE = "DELETE FROM webhook_deliveries WHERE n IN (SELECT n FROM webhook_deliveries
        WHERE created_at < ?1 AND state <> 'pending' ORDER BY created_at LIMIT ?2)";
}

/// A call to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// The same over all its tries: receivers know a repetition by it.
    pub id: CallId,
    pub subscription_id: SubscriptionId,
    pub event: WebhookEvent,
    pub conversation_id: ConversationId,
    pub message_id: Option<MessageId>,
}

/// A call that is to be made now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub id: CallId,
    pub subscription_id: SubscriptionId,
    pub event: WebhookEvent,
    pub conversation_id: ConversationId,
    pub message_id: Option<MessageId>,
    /// How often it was tried.
    pub attempts: i64,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    pub state: CallState,
    pub aside_until: Option<Timestamp>,
    pub status: Option<i64>,
    pub took_ms: i64,
    /// The beginning of the answer.
    pub answer: Option<String>,
    pub error: Option<String>,
}

/// A call as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The order of the log; the next page is what is before the last one's.
    pub n: i64,
    pub call: Waiting,
    pub state: CallState,
    pub tried_at: Option<Timestamp>,
    pub status: Option<i64>,
    pub took_ms: Option<i64>,
    pub answer: Option<String>,
    pub error: Option<String>,
    pub created_at: Timestamp,
}

fn read(row: &mut Columns<'_>) -> Result<Logged, DbError> {
    let n = row.get()?;
    let (id, subscription_id, event) = (row.get()?, row.get()?, row.get()?);
    let (conversation_id, message_id, state) = (row.get()?, row.get()?, row.get()?);
    Ok(Logged {
        n,
        call: Waiting {
            id,
            subscription_id,
            event,
            conversation_id,
            message_id,
            attempts: row.get()?,
        },
        state,
        tried_at: row.get()?,
        status: row.get()?,
        took_ms: row.get()?,
        answer: row.get()?,
        error: row.get()?,
        created_at: row.get()?,
    })
}

/// Stores a call to make.
///
/// # Errors
/// When the subscription does not exist.
pub fn insert(unit: &mut Unit<'_>, account_id: AccountId, it: &NewCall) -> Result<(), DbError> {
    let now = unit.now();
    unit.send(
        &INSERT,
        &[
            &it.id,
            &account_id,
            &it.subscription_id,
            &it.event,
            &it.conversation_id,
            &it.message_id,
            &now,
        ],
    )
}

/// The oldest call that is to be made now.
///
/// # Errors
/// When the database does not answer.
pub fn first_waiting(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: SubscriptionId,
    now: Timestamp,
) -> Result<Option<Waiting>, DbError> {
    conn.one(&FIRST, &[&account_id, &id, &now], |row| {
        Ok(Waiting {
            id: row.get()?,
            subscription_id: row.get()?,
            event: row.get()?,
            conversation_id: row.get()?,
            message_id: row.get()?,
            attempts: row.get()?,
        })
    })
}

/// When the next call that stepped aside is to be made.
///
/// # Errors
/// When the database does not answer.
pub fn next_aside(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: SubscriptionId,
) -> Result<Option<Timestamp>, DbError> {
    let found = conn.one(&NEXT_ASIDE, &[&account_id, &id], first::<Option<Timestamp>>)?;
    Ok(found.flatten())
}

/// Writes down what came of a try.
///
/// # Errors
/// When there is no such call any more.
pub fn tried(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: CallId,
    it: &Tried,
) -> Result<(), DbError> {
    let now = unit.now();
    let rows = unit.exec(
        &TRIED,
        &[
            &account_id,
            &id,
            &it.state,
            &it.aside_until,
            &now,
            &it.status,
            &it.took_ms,
            &it.answer,
            &it.error,
        ],
    )?;
    found(rows)
}

/// Ends a call that has nothing left to tell.
///
/// # Errors
/// When the database refuses it.
pub fn skip(unit: &mut Unit<'_>, account_id: AccountId, id: CallId) -> Result<(), DbError> {
    unit.exec(&SKIP, &[&account_id, &id]).map(|_| ())
}

/// Ends all calls that wait for a subscription.
///
/// # Errors
/// When the database refuses it.
pub fn give_up(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: SubscriptionId,
    why: &str,
) -> Result<(), DbError> {
    unit.exec(&GIVE_UP, &[&account_id, &id, &why]).map(|_| ())
}

/// Lets a call that has ended be made again, under the id it had; says whose it is. None when there is
/// no such call, or it still waits.
///
/// # Errors
/// When the database refuses it.
pub fn replay(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: CallId,
) -> Result<Option<SubscriptionId>, DbError> {
    unit.one(&REPLAY, &[&account_id, &id], first)
}

/// A page of a subscription's log, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn page(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: SubscriptionId,
    before: Option<i64>,
    state: Option<CallState>,
    limit: i64,
) -> Result<Vec<Logged>, DbError> {
    let before = before.unwrap_or(i64::MAX);
    conn.all(&PAGE, &[&account_id, &id, &before, &state, &limit], read)
}

/// One call.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CallId,
) -> Result<Option<Logged>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// Forgets calls from before a time that wait no more, oldest first and at most `limit`; says how many.
///
/// # Errors
/// When the database refuses it.
pub fn prune(unit: &mut Unit<'_>, before: Timestamp, limit: i64) -> Result<u64, DbError> {
    unit.exec(&PRUNE, &[&before, &limit])
}
