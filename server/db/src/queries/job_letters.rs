//! Jobs as people look at them and deal with them: those that wait, and dead letters.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::{AccountId, JobState, Timestamp};
use frontdesk_jobs::JobId;

macro_rules! columns {
    () => {
        "n, account_id, kind, queue, payload, unique_key, state, run_at, attempt, error, created_at, tried_at"
    };
}

statements! {
    PAGE = (concat!("SELECT ", columns!(), " FROM jobs WHERE (account_id = ?1 OR ?1 IS NULL) AND n < ?2
        AND (state = ?3 OR ?3 IS NULL) AND (kind = ?4 OR ?4 IS NULL) ORDER BY n DESC LIMIT ?5"));
    BY_ID = (concat!("SELECT ", columns!(), " FROM jobs WHERE (account_id = ?1 OR ?1 IS NULL) AND n = ?2"));
    EDIT = "UPDATE jobs SET payload = ?3 WHERE (account_id = ?1 OR ?1 IS NULL) AND n = ?2 AND state <> 'running'";
    RETRY = "UPDATE jobs SET state = 'ready', attempt = 0, run_at = ?3, wait = 0
        WHERE (account_id = ?1 OR ?1 IS NULL) AND n = ?2 AND state <> 'running'";
    DISCARD = "DELETE FROM jobs WHERE (account_id = ?1 OR ?1 IS NULL) AND n = ?2 AND state <> 'running'";
    COUNTS = "SELECT queue, kind, state, COUNT(*), MIN(CASE WHEN state = 'ready' THEN run_at ELSE tried_at END)
        FROM jobs WHERE (account_id = ?1 OR ?1 IS NULL) GROUP BY queue, kind, state ORDER BY queue, kind, state";
    PRUNE = "DELETE FROM jobs WHERE state = 'dead' AND tried_at < ?1";
}

/// A job as it lies in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: JobId,
    /// None where it is the server's own.
    pub account_id: Option<AccountId>,
    pub kind: String,
    pub queue: String,
    pub payload: String,
    pub key: Option<String>,
    pub state: JobState,
    pub run_at: Timestamp,
    pub attempt: i64,
    /// Why the last try failed.
    pub error: Option<String>,
    pub created_at: Timestamp,
    pub tried_at: Option<Timestamp>,
}

/// Whose jobs somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Account(AccountId),
    /// All there are: for whoever runs the server.
    Server,
}

impl Reach {
    fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(id),
            Self::Server => None,
        }
    }
}

/// Which jobs to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub state: Option<JobState>,
    pub kind: Option<String>,
    /// Those before this one.
    pub before: Option<JobId>,
}

/// How many jobs of a kind are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub queue: String,
    pub kind: String,
    pub state: JobState,
    pub count: i64,
    /// Since when the oldest is due, runs or is dead.
    pub oldest: Option<Timestamp>,
}

fn read(row: &mut Columns<'_>) -> Result<Letter, DbError> {
    Ok(Letter {
        id: JobId(row.get()?),
        account_id: row.get()?,
        kind: row.get()?,
        queue: row.get()?,
        payload: row.get()?,
        key: row.get()?,
        state: row.get()?,
        run_at: row.get()?,
        attempt: row.get()?,
        error: row.get()?,
        created_at: row.get()?,
        tried_at: row.get()?,
    })
}

/// A page of jobs, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn page(
    conn: &mut dyn Conn,
    reach: Reach,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<Letter>, DbError> {
    let before = wanted.before.map_or(i64::MAX, |id| id.0);
    conn.all(
        &PAGE,
        &[
            &reach.account(),
            &before,
            &wanted.state,
            &wanted.kind,
            &limit,
        ],
        read,
    )
}

/// One job.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(conn: &mut dyn Conn, reach: Reach, id: JobId) -> Result<Option<Letter>, DbError> {
    conn.one(&BY_ID, &[&reach.account(), &id.0], read)
}

/// Replaces what a job is about. `false` when there is no such job, or it is running.
///
/// # Errors
/// When the database refuses it.
pub fn edit(unit: &mut Unit<'_>, reach: Reach, id: JobId, payload: &str) -> Result<bool, DbError> {
    Ok(unit.exec(&EDIT, &[&reach.account(), &id.0, &payload])? > 0)
}

/// Makes a job ready at once, with all its tries. `false` as for [`edit`].
///
/// # Errors
/// [`DbError::Taken`] when there is another of the same kind and key, which will do its work.
pub fn retry(unit: &mut Unit<'_>, reach: Reach, id: JobId) -> Result<bool, DbError> {
    let now = unit.now();
    let found = unit.exec(&RETRY, &[&reach.account(), &id.0, &now])? > 0;
    if found {
        unit.note_jobs();
    }
    Ok(found)
}

/// Throws a job away. `false` as for [`edit`].
///
/// # Errors
/// When the database refuses it.
pub fn discard(unit: &mut Unit<'_>, reach: Reach, id: JobId) -> Result<bool, DbError> {
    Ok(unit.exec(&DISCARD, &[&reach.account(), &id.0])? > 0)
}

/// How many jobs there are, by queue, kind and state.
///
/// # Errors
/// When the database does not answer.
pub fn counts(conn: &mut dyn Conn, reach: Reach) -> Result<Vec<Count>, DbError> {
    conn.all(&COUNTS, &[&reach.account()], |row| {
        Ok(Count {
            queue: row.get()?,
            kind: row.get()?,
            state: row.get()?,
            count: row.get()?,
            oldest: row.get()?,
        })
    })
}

/// Forgets dead letters that were last tried before this time; says how many there were.
///
/// # Errors
/// When the database refuses it.
pub fn prune(unit: &mut Unit<'_>, before: Timestamp) -> Result<u64, DbError> {
    unit.exec(&PRUNE, &[&before])
}
