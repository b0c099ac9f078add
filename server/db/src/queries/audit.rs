//! The append-only audit log.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{AccountId, AuditId, Timestamp};

statements! {
    INSERT = "INSERT INTO audit (id, account_id, user_id, action, subject, detail, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    PAGE = "SELECT n, id, user_id, action, subject, detail, at FROM audit
        WHERE account_id = ?1 AND n < ?2 ORDER BY n DESC LIMIT ?3";
}

/// An entry as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The order of the log; the next page is what is before the last one's.
    pub n: i64,
    pub id: AuditId,
    pub entry: AuditEntry,
    pub at: Timestamp,
}

/// Adds an entry.
///
/// # Errors
/// When the database refuses it.
pub fn append(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    entry: &AuditEntry,
) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(
        &INSERT,
        &[
            &AuditId::random(),
            &account_id,
            &entry.user_id,
            &entry.action,
            &entry.subject,
            &entry.detail,
            &now,
        ],
    )?;
    Ok(())
}

/// The entries before a number, newest first; `None` starts with the newest.
///
/// # Errors
/// When the database does not answer.
pub fn page(
    conn: &mut dyn Conn,
    account_id: AccountId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Written>, DbError> {
    let before = before.unwrap_or(i64::MAX);
    conn.all(&PAGE, &[&account_id, &before, &limit], |row| {
        Ok(Written {
            n: row.get()?,
            id: row.get()?,
            entry: AuditEntry {
                user_id: row.get()?,
                action: row.get()?,
                subject: row.get()?,
                detail: row.get()?,
            },
            at: row.get()?,
        })
    })
}
