//! Reports of what was erased. They hold ids and numbers, and nothing of what was erased.

use super::Erased;
use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::{AccountId, CustomerId, Erasing, ErasureId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What was done to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub id: ErasureId,
    pub account_id: AccountId,
    pub customer_id: CustomerId,
    pub how: Erasing,
    /// Nobody where it was done at the server's console.
    pub user_id: Option<UserId>,
    pub erased: Erased,
    pub at: Timestamp,
}

/// The numbers as they are kept.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Erased")]
struct Kept {
    customers: u64,
    conversations: u64,
    messages: u64,
    files: u64,
    drafts: u64,
    notes: u64,
    identities: u64,
    visits: u64,
    merges: u64,
    /// Reports from before mails were counted have none.
    #[serde(default)]
    mails: u64,
    answers: u64,
    calls: u64,
    audit_lines: u64,
}

#[derive(Serialize, Deserialize)]
struct Text(#[serde(with = "Kept")] Erased);

statements! {
    INSERT = "INSERT INTO erasures (id, account_id, customer_id, how, user_id, report, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    LIST = "SELECT id, account_id, customer_id, how, user_id, report, created_at FROM erasures
        WHERE account_id = ?1 ORDER BY created_at DESC, id LIMIT ?2";
}

/// Keeps a report.
///
/// # Errors
/// When the database refuses it.
pub fn remember(unit: &mut Unit<'_>, it: &Report) -> Result<(), DbError> {
    let text = serde_json::to_string(&Text(it.erased)).map_err(|_| unreadable())?;
    let row: crate::Args<'_> = &[
        &it.id,
        &it.account_id,
        &it.customer_id,
        &it.how,
        &it.user_id,
        &text,
        &it.at,
    ];
    unit.exec(&INSERT, row).map(|_| ())
}

/// The newest reports.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut dyn Conn,
    account_id: AccountId,
    limit: i64,
) -> Result<Vec<Report>, DbError> {
    conn.all(&LIST, &[&account_id, &limit], |row| {
        let (id, account_id, customer_id) = (row.get()?, row.get()?, row.get()?);
        let (how, user_id) = (row.get()?, row.get()?);
        let text: String = row.get()?;
        let Text(erased) = serde_json::from_str(&text).map_err(|_| unreadable())?;
        Ok(Report {
            id,
            account_id,
            customer_id,
            how,
            user_id,
            erased,
            at: row.get()?,
        })
    })
}

fn unreadable() -> DbError {
    DbError::Column {
        index: 5,
        wanted: "report",
    }
}
