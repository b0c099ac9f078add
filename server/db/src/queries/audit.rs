//! The append-only audit log. Each entry's hash covers its content and the hash before it, so that
//! an entry that was changed, left out or put in between shows ([`chain`]).

pub mod chain;

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::audit::chain::{GENESIS, Hash};
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{AccountId, Actor, AuditId, Timestamp};
use std::net::IpAddr;

macro_rules! columns {
    () => {
        "n, id, user_id, action, subject, detail, before_value, after_value, address, at, hash"
    };
}

statements! {
    INSERT = "INSERT INTO audit (id, account_id, user_id, action, subject, detail, before_value, after_value,
        address, at, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING n";
    PAGE = (concat!("SELECT ", columns!(), " FROM audit WHERE account_id = ?1 AND n < ?2 ORDER BY n DESC LIMIT ?3"));
    ONWARD = (concat!("SELECT ", columns!(), " FROM audit WHERE account_id = ?1 AND n > ?2 ORDER BY n LIMIT ?3"));
    HEAD = "SELECT n, hash FROM audit_heads WHERE account_id = ?1";
    HEADS = "SELECT account_id, n FROM audit_heads";
    SET_HEAD = "INSERT INTO audit_heads (account_id, n, hash) VALUES (?1, ?2, ?3)
        ON CONFLICT (account_id) DO UPDATE SET n = excluded.n, hash = excluded.hash";
    ANCHOR = "SELECT n, hash FROM audit_anchors WHERE account_id = ?1 ORDER BY n DESC LIMIT 1";
    SET_ANCHOR = "INSERT INTO audit_anchors (account_id, n, hash, entries, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    LAST_BEFORE = "SELECT n, hash FROM audit WHERE account_id = ?1 AND at < ?2
        AND n < (SELECT COALESCE(MIN(n), 9223372036854775807) FROM audit WHERE account_id = ?1 AND at >= ?2)
        ORDER BY n DESC LIMIT 1";
    COUNT_TO = "SELECT COUNT(*) FROM audit WHERE account_id = ?1 AND n <= ?2";
    PRUNE = "DELETE FROM audit WHERE account_id = ?1 AND n <= ?2";
    UNCHAINED = "SELECT n, id, account_id, user_id, action, subject, detail, at FROM audit
        WHERE length(hash) = 0 ORDER BY n";
    CHAIN = "UPDATE audit SET hash = ?2 WHERE n = ?1";
}

/// An entry as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The order of the log; the next page is what is before the last one's.
    pub n: i64,
    pub id: AuditId,
    pub entry: AuditEntry,
    /// From where it was done.
    pub address: Option<String>,
    pub at: Timestamp,
    pub hash: Vec<u8>,
}

/// A place in an account's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub n: i64,
    pub hash: Vec<u8>,
}

fn read(row: &mut Columns<'_>) -> Result<Written, DbError> {
    Ok(Written {
        n: row.get()?,
        id: row.get()?,
        entry: AuditEntry {
            user_id: row.get()?,
            action: row.get()?,
            subject: row.get()?,
            detail: row.get()?,
            before: row.get()?,
            after: row.get()?,
        },
        address: row.get()?,
        at: row.get()?,
        hash: row.get()?,
    })
}

fn link(row: &mut Columns<'_>) -> Result<Link, DbError> {
    Ok(Link {
        n: row.get()?,
        hash: row.get()?,
    })
}

/// Adds an entry to the actor's account.
///
/// # Errors
/// When the database refuses it.
pub fn append(unit: &mut Unit<'_>, actor: &Actor, entry: &AuditEntry) -> Result<(), DbError> {
    let account_id = actor.account_id;
    // Two writers must not continue the same link.
    unit.lock(account_id)?;
    let written = Written {
        n: 0,
        id: AuditId::random(),
        entry: entry.clone(),
        address: actor.from.as_ref().map(IpAddr::to_string),
        at: unit.now(),
        hash: Vec::new(),
    };
    let before = head(unit.conn(), account_id)?;
    let before = before.map_or(GENESIS.to_vec(), |link| link.hash);
    let hash = chain::next(&before, account_id, &written);
    let n = insert(unit, account_id, &written, &hash)?;
    unit.exec(&SET_HEAD, &[&account_id, &n, &hash])?;
    Ok(())
}

fn insert(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    written: &Written,
    hash: &Hash,
) -> Result<i64, DbError> {
    let entry = &written.entry;
    let n = unit.one(
        &INSERT,
        &[
            &written.id,
            &account_id,
            &entry.user_id,
            &entry.action,
            &entry.subject,
            &entry.detail,
            &entry.before,
            &entry.after,
            &written.address,
            &written.at,
            hash,
        ],
        first,
    )?;
    n.ok_or(DbError::Gone)
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
    conn.all(&PAGE, &[&account_id, &before, &limit], read)
}

/// The entries after a number, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn onward(
    conn: &mut dyn Conn,
    account_id: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<Written>, DbError> {
    conn.all(&ONWARD, &[&account_id, &after, &limit], read)
}

/// The newest entry of an account. Who keeps its hash elsewhere can prove later that the log was
/// not rewritten as a whole.
///
/// # Errors
/// When the database does not answer.
pub fn head(conn: &mut dyn Conn, account_id: AccountId) -> Result<Option<Link>, DbError> {
    conn.one(&HEAD, &[&account_id], link)
}

/// The number of the newest entry of every account that has any.
///
/// # Errors
/// When the database does not answer.
pub fn heads(conn: &mut dyn Conn) -> Result<Vec<(AccountId, i64)>, DbError> {
    conn.all(&HEADS, &[], |row| Ok((row.get()?, row.get()?)))
}

/// Where the account's log begins: the newest entry that was pruned.
///
/// # Errors
/// When the database does not answer.
pub fn anchor(conn: &mut dyn Conn, account_id: AccountId) -> Result<Option<Link>, DbError> {
    conn.one(&ANCHOR, &[&account_id], link)
}

/// Removes the entries from before a time, and records where the log goes on. Says how many went.
///
/// # Errors
/// When the database refuses it.
pub fn prune(unit: &mut Unit<'_>, actor: &Actor, before: Timestamp) -> Result<u64, DbError> {
    let account_id = actor.account_id;
    unit.lock(account_id)?;
    let Some(last) = unit.one(&LAST_BEFORE, &[&account_id, &before], link)? else {
        return Ok(0);
    };
    let entries = unit.conn().count(&COUNT_TO, &[&account_id, &last.n])?;
    let now = unit.now();
    unit.exec(
        &SET_ANCHOR,
        &[&account_id, &last.n, &last.hash, &entries, &now],
    )?;
    let gone = unit.exec(&PRUNE, &[&account_id, &last.n])?;
    let entry = AuditEntry {
        user_id: actor.user_id(),
        action: "audit.pruned".to_owned(),
        subject: format!("account:{account_id}"),
        detail: Some(format!("{gone} entries from before {before}")),
        ..AuditEntry::default()
    };
    append(unit, actor, &entry)?;
    Ok(gone)
}
