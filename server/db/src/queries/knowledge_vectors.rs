//! What entries of knowledge mean, as a model for embeddings says it.

use super::knowledge::{columns, read};
use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::knowledge::Entry;
use frontdesk_domain::{AccountId, KnowledgeId};

statements! {
    MISSING = (concat!("SELECT ", columns!("e."), " FROM knowledge_entries e
        LEFT JOIN knowledge_vectors v ON v.n = e.n AND v.model = ?2
        WHERE e.account_id = ?1 AND e.state = 'active' AND v.n IS NULL ORDER BY e.n LIMIT ?3"));
    /// An entry that was changed meanwhile gets nothing: this is not what it says now.
    KEEP = "INSERT INTO knowledge_vectors (n, account_id, model, vector)
        SELECT n, account_id, ?4, ?5 FROM knowledge_entries WHERE account_id = ?1 AND id = ?2 AND updated_at = ?3
        ON CONFLICT (n) DO UPDATE SET model = excluded.model, vector = excluded.vector";
    ANY = "SELECT 1 FROM knowledge_vectors WHERE account_id = ?1 AND model = ?2 LIMIT 1";
    ACTIVE = "SELECT e.id, v.vector FROM knowledge_vectors v JOIN knowledge_entries e ON e.n = v.n
        WHERE v.account_id = ?1 AND v.model = ?2 AND e.account_id = ?1 AND e.state = 'active'";
}

/// Entries of which a model has said nothing yet, or nothing since they were changed.
///
/// # Errors
/// When the database does not answer.
pub fn missing(
    conn: &mut dyn Conn,
    account_id: AccountId,
    model: &str,
    most: i64,
) -> Result<Vec<Entry>, DbError> {
    conn.all(&MISSING, &[&account_id, &model, &most], read)
}

/// Keeps what a model says of an entry, unless the entry was changed meanwhile. Says whether it is kept.
///
/// # Errors
/// When the database refuses it.
pub fn keep(
    unit: &mut Unit<'_>,
    entry: &Entry,
    model: &str,
    vector: &[u8],
) -> Result<bool, DbError> {
    let kept = unit.exec(
        &KEEP,
        &[
            &entry.account_id,
            &entry.id,
            &entry.updated_at,
            &model,
            &vector,
        ],
    )?;
    Ok(kept > 0)
}

/// Whether a model has said anything of an account's entries.
///
/// # Errors
/// When the database does not answer.
pub fn any(conn: &mut dyn Conn, account_id: AccountId, model: &str) -> Result<bool, DbError> {
    let found = conn.one(&ANY, &[&account_id, &model], first::<i64>)?;
    Ok(found.is_some())
}

/// Measures each of an account's entries by what a model says of it.
///
/// # Errors
/// When the database does not answer.
pub fn measured(
    conn: &mut dyn Conn,
    account_id: AccountId,
    model: &str,
    measure: &dyn Fn(&[u8]) -> f64,
) -> Result<Vec<(KnowledgeId, f64)>, DbError> {
    conn.all(&ACTIVE, &[&account_id, &model], |row| {
        let id = row.get()?;
        Ok((id, measure(&row.get::<Vec<u8>>()?)))
    })
}
