//! The ledger of tries to make drafts.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::ai::Run;
use frontdesk_domain::{AccountId, AiRunId, AiTask, Timestamp};

macro_rules! columns {
    () => {
        "id, account_id, inbox_id, conversation_id, draft_id, model, prompt_hash, sources, tokens_in, tokens_out, \
            cost, outcome, reason, began_at, took_ms, task"
    };
}

statements! {
    INSERT = (concat!("INSERT INTO ai_runs (", columns!(), ")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"));
    NEWEST = (concat!("SELECT ", columns!(), " FROM ai_runs WHERE account_id = ?1
        ORDER BY began_at DESC, id DESC LIMIT ?2"));
    USED = "SELECT COALESCE(CAST(SUM(tokens_in + tokens_out) AS BIGINT), 0), COALESCE(CAST(SUM(cost) AS BIGINT), 0)
        FROM ai_runs WHERE account_id = ?1 AND began_at >= ?2";
    BY_MODEL = "SELECT model, task, COUNT(*), COALESCE(CAST(SUM(tokens_in) AS BIGINT), 0),
        COALESCE(CAST(SUM(tokens_out) AS BIGINT), 0), COALESCE(CAST(SUM(cost) AS BIGINT), 0)
        FROM ai_runs WHERE account_id = ?1 AND began_at >= ?2 GROUP BY model, task ORDER BY model, task";
    BEFORE = (concat!("SELECT ", columns!(), " FROM ai_runs WHERE account_id = ?1
        AND (began_at, id) < (SELECT o.began_at, o.id FROM ai_runs o WHERE o.account_id = ?1 AND o.id = ?2)
        ORDER BY began_at DESC, id DESC LIMIT ?3"));
}

fn read(row: &mut Columns<'_>) -> Result<Run, DbError> {
    Ok(Run {
        id: row.get()?,
        account_id: row.get()?,
        inbox_id: row.get()?,
        conversation_id: row.get()?,
        draft_id: row.get()?,
        model: row.get()?,
        prompt_hash: row.get()?,
        sources: row.get()?,
        tokens_in: row.get()?,
        tokens_out: row.get()?,
        cost: row.get()?,
        outcome: row.get()?,
        reason: row.get()?,
        began_at: row.get()?,
        took_ms: row.get()?,
        task: row.get()?,
    })
}

/// Adds a line.
///
/// # Errors
/// When the account does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &Run) -> Result<(), DbError> {
    unit.send(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.inbox_id,
            &it.conversation_id,
            &it.draft_id,
            &it.model,
            &it.prompt_hash,
            &it.sources,
            &it.tokens_in,
            &it.tokens_out,
            &it.cost,
            &it.outcome,
            &it.reason,
            &it.began_at,
            &it.took_ms,
            &it.task,
        ],
    )
}

/// The account's newest lines, or those before one.
///
/// # Errors
/// When the database does not answer.
pub fn page(
    conn: &mut dyn Conn,
    account_id: AccountId,
    before: Option<AiRunId>,
    limit: i64,
) -> Result<Vec<Run>, DbError> {
    match before {
        None => conn.all(&NEWEST, &[&account_id, &limit], read),
        Some(id) => conn.all(&BEFORE, &[&account_id, &id, &limit], read),
    }
}

/// What an account has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    pub tokens: i64,
    /// In millionths of the currency of the prices.
    pub cost: i64,
}

/// What an account has used since a time.
///
/// # Errors
/// When the database does not answer.
pub fn used_since(
    conn: &mut dyn Conn,
    account_id: AccountId,
    since: Timestamp,
) -> Result<Used, DbError> {
    let used = conn.one(&USED, &[&account_id, &since], |row| {
        Ok(Used {
            tokens: row.get()?,
            cost: row.get()?,
        })
    })?;
    Ok(used.unwrap_or_default())
}

/// What was used of a model for a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub model: String,
    pub task: AiTask,
    pub runs: i64,
    pub tokens_in: i64,
    pub tokens_out: i64,
    pub cost: i64,
}

/// What an account has used since a time, by model and task.
///
/// # Errors
/// When the database does not answer.
pub fn shares_since(
    conn: &mut dyn Conn,
    account_id: AccountId,
    since: Timestamp,
) -> Result<Vec<Share>, DbError> {
    conn.all(&BY_MODEL, &[&account_id, &since], |row| {
        Ok(Share {
            model: row.get()?,
            task: row.get()?,
            runs: row.get()?,
            tokens_in: row.get()?,
            tokens_out: row.get()?,
            cost: row.get()?,
        })
    })
}
