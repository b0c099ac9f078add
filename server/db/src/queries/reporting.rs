//! Numbers about a span of time, counted when somebody asks for them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::value::Columns;
use frontdesk_domain::{AccountId, Timestamp, UserId};

/// A span: from its start, up to but not at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// What was written on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageDay {
    /// Days since 1970, in UTC.
    pub day: i64,
    pub all: i64,
    /// By users.
    pub sent: i64,
    /// By customers.
    pub received: i64,
}

/// How fast the conversations that began on one weekday were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyTimes {
    /// Monday is 0.
    pub weekday: i64,
    pub conversations: i64,
    /// Seconds to the first answer, of all of them together.
    pub seconds: i64,
}

/// What customers' pages said of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    Browser,
    Os,
    TimeZone,
}

statements! {
    MESSAGE_DAYS = "SELECT created_at / 86400000000, COUNT(*),
        CAST(SUM(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) AS BIGINT),
        CAST(SUM(CASE WHEN customer_id IS NULL THEN 0 ELSE 1 END) AS BIGINT)
        FROM messages WHERE account_id = ?1 AND created_at >= ?2 AND created_at < ?3 AND kind <> 'system'
        GROUP BY created_at / 86400000000 ORDER BY 1";
    CONVERSATION_DAYS = "SELECT created_at / 86400000000, COUNT(*) FROM conversations
        WHERE account_id = ?1 AND created_at >= ?2 AND created_at < ?3
        GROUP BY created_at / 86400000000 ORDER BY 1";
    BY_USER = "SELECT u.id, u.email, COUNT(*) FROM messages m JOIN users u ON u.id = m.user_id
        WHERE m.account_id = ?1 AND m.created_at >= ?2 AND m.created_at < ?3 AND m.kind <> 'system'
        GROUP BY u.id, u.email ORDER BY 3 DESC, u.id";
    /// The first day of 1970 was a Thursday.
    REPLY_TIMES = "SELECT (f.started / 86400000000 + 3) % 7, COUNT(*),
        CAST(SUM((f.answered - f.started) / 1000000) AS BIGINT)
        FROM (SELECT c.created_at AS started, MIN(m.created_at) AS answered
            FROM conversations c JOIN messages m ON m.conversation_id = c.id
            WHERE c.account_id = ?1 AND c.created_at >= ?2 AND c.created_at < ?3
            AND m.user_id IS NOT NULL AND m.is_private = 0
            GROUP BY c.id, c.created_at) f
        GROUP BY (f.started / 86400000000 + 3) % 7 ORDER BY 1";
    BROWSERS = "SELECT browser, COUNT(*) FROM customers
        WHERE account_id = ?1 AND created_at >= ?2 AND created_at < ?3 GROUP BY browser ORDER BY 2 DESC, 1";
    SYSTEMS = "SELECT os, COUNT(*) FROM customers
        WHERE account_id = ?1 AND created_at >= ?2 AND created_at < ?3 GROUP BY os ORDER BY 2 DESC, 1";
    TIME_ZONES = "SELECT time_zone, COUNT(*) FROM customers
        WHERE account_id = ?1 AND created_at >= ?2 AND created_at < ?3 GROUP BY time_zone ORDER BY 2 DESC, 1";
}

/// What was written, day by day; days without anything are left out.
///
/// # Errors
/// When the database does not answer.
pub fn message_days(
    conn: &mut dyn Conn,
    account_id: AccountId,
    span: Span,
) -> Result<Vec<MessageDay>, DbError> {
    conn.all(&MESSAGE_DAYS, &[&account_id, &span.from, &span.to], |row| {
        Ok(MessageDay {
            day: row.get()?,
            all: row.get()?,
            sent: row.get()?,
            received: row.get()?,
        })
    })
}

/// How many conversations began, by days since 1970.
///
/// # Errors
/// When the database does not answer.
pub fn conversation_days(
    conn: &mut dyn Conn,
    account_id: AccountId,
    span: Span,
) -> Result<Vec<(i64, i64)>, DbError> {
    conn.all(
        &CONVERSATION_DAYS,
        &[&account_id, &span.from, &span.to],
        |row: &mut Columns<'_>| Ok((row.get()?, row.get()?)),
    )
}

/// How much each user wrote: number, address and count.
///
/// # Errors
/// When the database does not answer.
pub fn by_user(
    conn: &mut dyn Conn,
    account_id: AccountId,
    span: Span,
) -> Result<Vec<(UserId, String, i64)>, DbError> {
    conn.all(&BY_USER, &[&account_id, &span.from, &span.to], |row| {
        Ok((row.get()?, row.get()?, row.get()?))
    })
}

/// How fast conversations got their first answer, by the weekday they began on.
///
/// # Errors
/// When the database does not answer.
pub fn reply_times(
    conn: &mut dyn Conn,
    account_id: AccountId,
    span: Span,
) -> Result<Vec<ReplyTimes>, DbError> {
    conn.all(&REPLY_TIMES, &[&account_id, &span.from, &span.to], |row| {
        Ok(ReplyTimes {
            weekday: row.get()?,
            conversations: row.get()?,
            seconds: row.get()?,
        })
    })
}

/// How many new customers have which browser, system or time zone.
///
/// # Errors
/// When the database does not answer.
pub fn customers_by(
    conn: &mut dyn Conn,
    account_id: AccountId,
    span: Span,
    what: Trait,
) -> Result<Vec<(Option<String>, i64)>, DbError> {
    let sql = match what {
        Trait::Browser => &BROWSERS,
        Trait::Os => &SYSTEMS,
        Trait::TimeZone => &TIME_ZONES,
    };
    conn.all(sql, &[&account_id, &span.from, &span.to], |row| {
        Ok((row.get()?, row.get()?))
    })
}
