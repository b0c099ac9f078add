//! What became of drafts: how many went out, how much of them was kept, and why others did not.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::value::Columns;
use frontdesk_domain::{AccountId, Timestamp};

macro_rules! sums {
    () => {
        "COALESCE(SUM(CASE WHEN d.state = 'approved' AND d.decided_by IS NOT NULL THEN 1 ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN d.state = 'approved' AND d.decided_by IS NOT NULL AND d.body = d.made
                THEN 1 ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN d.state = 'approved' AND d.decided_by IS NULL THEN 1 ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN d.state = 'rejected' THEN 1 ELSE 0 END), 0),
            COALESCE(SUM(CASE WHEN d.state = 'stale' THEN 1 ELSE 0 END), 0),
            COALESCE(CAST(SUM(CASE WHEN d.state = 'approved' THEN d.kept ELSE 0 END) AS BIGINT), 0),
            COALESCE(CAST(SUM(CASE WHEN d.state = 'approved' AND d.kept IS NOT NULL
                THEN d.compared ELSE 0 END) AS BIGINT), 0)"
    };
}

macro_rules! within {
    () => {
        " WHERE d.account_id = ?1 AND d.updated_at >= ?2 AND d.state IN ('approved', 'rejected', 'stale')"
    };
}

statements! {
    ALL_OF_THEM = (concat!("SELECT '', ", sums!(), " FROM drafts d", within!()));
    BY_MODEL = (concat!("SELECT d.origin, ", sums!(), " FROM drafts d", within!(), " GROUP BY d.origin ORDER BY 1"));
    BY_AGENT = (concat!("SELECT CAST(d.decided_by AS TEXT), ", sums!(), " FROM drafts d", within!(),
        " AND d.decided_by IS NOT NULL GROUP BY d.decided_by ORDER BY 1"));
    BY_INBOX = (concat!("SELECT i.name, ", sums!(), " FROM drafts d JOIN conversations c ON c.id = d.conversation_id
        JOIN inboxes i ON i.id = c.inbox_id", within!(), " GROUP BY i.id, i.name ORDER BY 1"));
    BY_TOPIC = (concat!("SELECT t.name, ", sums!(), " FROM drafts d
        JOIN conversation_tags x ON x.conversation_id = d.conversation_id
        JOIN tags t ON t.id = x.tag_id", within!(), " GROUP BY t.id, t.name ORDER BY 1"));
    REASONS = "SELECT reason, COUNT(*) FROM drafts WHERE account_id = ?1 AND updated_at >= ?2 AND state = 'rejected'
        AND reason IS NOT NULL GROUP BY reason ORDER BY 2 DESC, 1 LIMIT 50";
}

/// What became of the drafts of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fate {
    /// The group's name, or an agent's id.
    pub of: String,
    /// Sent by an agent.
    pub approved: i64,
    /// Of those, sent as they were made.
    pub unchanged: i64,
    /// Sent by the program itself.
    pub sent: i64,
    pub rejected: i64,
    /// Somebody wrote before anybody decided.
    pub stale: i64,
    /// Characters that were made and went out.
    pub kept: i64,
    /// Characters that could have been kept: those made and those sent, on average.
    pub compared: i64,
}

fn read(row: &mut Columns<'_>) -> Result<Fate, DbError> {
    Ok(Fate {
        of: row.get()?,
        approved: row.get()?,
        unchanged: row.get()?,
        sent: row.get()?,
        rejected: row.get()?,
        stale: row.get()?,
        kept: row.get()?,
        compared: row.get()?,
    })
}

/// By what drafts are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Nothing,
    Model,
    Agent,
    Inbox,
    Topic,
}

/// What became of the account's drafts since a time.
///
/// # Errors
/// When the database does not answer.
pub fn fates(
    conn: &mut dyn Conn,
    account_id: AccountId,
    since: Timestamp,
    by: By,
) -> Result<Vec<Fate>, DbError> {
    let sql = match by {
        By::Nothing => &ALL_OF_THEM,
        By::Model => &BY_MODEL,
        By::Agent => &BY_AGENT,
        By::Inbox => &BY_INBOX,
        By::Topic => &BY_TOPIC,
    };
    conn.all(sql, &[&account_id, &since], read)
}

/// Why drafts were rejected since a time, the most frequent first.
///
/// # Errors
/// When the database does not answer.
pub fn reasons(
    conn: &mut dyn Conn,
    account_id: AccountId,
    since: Timestamp,
) -> Result<Vec<(String, i64)>, DbError> {
    conn.all(&REASONS, &[&account_id, &since], |row| {
        Ok((row.get()?, row.get()?))
    })
}
