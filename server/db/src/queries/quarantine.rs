//! Mails that wait for somebody to look at them, with their bytes.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::mail::Quarantined;
use frontdesk_domain::{AccountId, ConnectionId, QuarantineId, QuarantineReason, Timestamp};

macro_rules! columns {
    () => {
        "id, account_id, connection_id, reason, explanation, way, recipients, sender, subject, size, fingerprint, \
            created_at, tried_at"
    };
}

statements! {
    INSERT = "INSERT INTO quarantined_mails (id, account_id, connection_id, reason, explanation, way, recipients,
        sender, subject, size, fingerprint, raw, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    TRIED = "UPDATE quarantined_mails SET reason = ?3, explanation = ?4, tried_at = ?5 WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM quarantined_mails WHERE account_id = ?1 AND id = ?2";
    SAME = "SELECT id FROM quarantined_mails WHERE account_id = ?1 AND connection_id = ?2 AND fingerprint = ?3 LIMIT 1";
    BY_ID = (concat!("SELECT ", columns!(), " FROM quarantined_mails WHERE account_id = ?1 AND id = ?2"));
    RAW = "SELECT raw FROM quarantined_mails WHERE account_id = ?1 AND id = ?2";
    /// Behind the given one, which is `(time, id)`.
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM quarantined_mails
        WHERE account_id = ?1 AND (created_at, id) > (?2, ?3) ORDER BY created_at, id LIMIT ?4"));
    COUNT = "SELECT COUNT(*) FROM quarantined_mails WHERE account_id = ?1";
}

fn read(row: &mut Columns<'_>) -> Result<Quarantined, DbError> {
    let (id, account_id, connection_id) = (row.get()?, row.get()?, row.get()?);
    let (reason, explanation, way) = (row.get()?, row.get()?, row.get()?);
    let recipients: String = row.get()?;
    Ok(Quarantined {
        id,
        account_id,
        connection_id,
        reason,
        explanation,
        way,
        recipients: recipients.lines().map(ToOwned::to_owned).collect(),
        sender: row.get()?,
        subject: row.get()?,
        size: row.get()?,
        fingerprint: row.get()?,
        created_at: row.get()?,
        tried_at: row.get()?,
    })
}

/// Keeps a mail.
///
/// # Errors
/// When there is no such account or connection.
pub fn insert(unit: &mut Unit<'_>, it: &Quarantined, raw: &[u8]) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.connection_id,
            &it.reason,
            &it.explanation,
            &it.way,
            &it.recipients.join("\n"),
            &it.sender,
            &it.subject,
            &it.size,
            &it.fingerprint,
            &raw,
            &it.created_at,
        ],
    )?;
    Ok(())
}

/// Notes that a mail was tried again, and why it still waits.
///
/// # Errors
/// When the database refuses it.
pub fn tried(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: QuarantineId,
    reason: QuarantineReason,
    explanation: &str,
) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&TRIED, &[&account_id, &id, &reason, &explanation, &now])
        .map(|_| ())
}

/// Lets a mail go; `false` when there is none.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: QuarantineId,
) -> Result<bool, DbError> {
    Ok(unit.exec(&DELETE, &[&account_id, &id])? > 0)
}

/// The mail of a connection with the same bytes, if it waits already.
///
/// # Errors
/// When the database does not answer.
pub fn same(
    conn: &mut dyn Conn,
    account_id: AccountId,
    connection_id: ConnectionId,
    fingerprint: &str,
) -> Result<Option<QuarantineId>, DbError> {
    conn.one(&SAME, &[&account_id, &connection_id, &fingerprint], first)
}

/// A mail that waits.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: QuarantineId,
) -> Result<Option<Quarantined>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The bytes of a mail that waits.
///
/// # Errors
/// When the database does not answer.
pub fn raw(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: QuarantineId,
) -> Result<Option<Vec<u8>>, DbError> {
    conn.one(&RAW, &[&account_id, &id], first)
}

/// The mails that wait, the oldest first, behind one of them.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(
    conn: &mut dyn Conn,
    account_id: AccountId,
    behind: (Timestamp, QuarantineId),
    limit: i64,
) -> Result<Vec<Quarantined>, DbError> {
    let (at, id) = behind;
    conn.all(&OF_ACCOUNT, &[&account_id, &at, &id, &limit], read)
}

/// How many mails wait.
///
/// # Errors
/// When the database does not answer.
pub fn count(conn: &mut dyn Conn, account_id: AccountId) -> Result<i64, DbError> {
    Ok(conn.one(&COUNT, &[&account_id], first)?.unwrap_or(0))
}
