//! Texts that replies may rest on, with their full-text index.

use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::queries::search::{Wanted, account_term, terms};
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::knowledge::Entry;
use frontdesk_domain::{AccountId, KnowledgeId, KnowledgeSourceId, KnowledgeState};

macro_rules! columns {
    ($of:literal) => {
        concat!(
            $of,
            "id, ",
            $of,
            "account_id, ",
            $of,
            "source_id, ",
            $of,
            "path, ",
            $of,
            "title, ",
            $of,
            "body, ",
            $of,
            "audience, ",
            $of,
            "state, ",
            $of,
            "conversation_id, ",
            $of,
            "decided_by, ",
            $of,
            "created_at, ",
            $of,
            "updated_at"
        )
    };
}

pub(super) use columns;

statements! {
    INSERT = (concat!("INSERT INTO knowledge_entries (", columns!(""), ")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING n"));
    UPDATE = "UPDATE knowledge_entries SET title = ?3, body = ?4, audience = ?5, state = ?6, decided_by = ?7,
        updated_at = ?8 WHERE account_id = ?1 AND id = ?2 RETURNING n";
    DELETE = "DELETE FROM knowledge_entries WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(""), " FROM knowledge_entries WHERE account_id = ?1 AND id = ?2"));
    OF_SOURCE = (concat!("SELECT ", columns!(""), " FROM knowledge_entries WHERE account_id = ?1 AND source_id = ?2
        ORDER BY n"));
    FIRST = (concat!("SELECT ", columns!(""), " FROM knowledge_entries WHERE account_id = ?1 AND state = ?2
        ORDER BY n LIMIT ?3"));
    AFTER = (concat!("SELECT ", columns!(""), " FROM knowledge_entries WHERE account_id = ?1 AND state = ?2
        AND n > (SELECT o.n FROM knowledge_entries o WHERE o.account_id = ?1 AND o.id = ?4) ORDER BY n LIMIT ?3"));
    COUNT = "SELECT COUNT(*) FROM knowledge_entries WHERE account_id = ?1";
    FORGET = ("DELETE FROM knowledge_search WHERE rowid = ?1", "DELETE FROM knowledge_search WHERE n = ?1");
    /// What it meant before it was changed is no longer what it means.
    FORGET_VECTOR = "DELETE FROM knowledge_vectors WHERE n = ?1";
    INDEX = (
        "INSERT INTO knowledge_search (rowid, account, body) VALUES (?1, ?2, ?3)",
        "INSERT INTO knowledge_search (n, account_id, terms) VALUES (?1, ?2, to_tsvector('simple', ?3))"
    );
    FITTING = (
        concat!("SELECT ", columns!("e."), " FROM (SELECT rowid AS n FROM knowledge_search
            WHERE knowledge_search MATCH ?2 ORDER BY rank LIMIT ?3) h
            CROSS JOIN knowledge_entries e ON e.n = h.n WHERE e.account_id = ?1 AND e.state = 'active'"),
        concat!("SELECT ", columns!("e."), " FROM knowledge_search s JOIN knowledge_entries e ON e.n = s.n
            WHERE s.account_id = ?1 AND e.account_id = ?1 AND e.state = 'active'
            AND s.terms @@ to_tsquery('simple', ?2)
            ORDER BY ts_rank(s.terms, to_tsquery('simple', ?2)) DESC, e.n LIMIT ?3")
    );
}

pub(super) fn read(row: &mut Columns<'_>) -> Result<Entry, DbError> {
    Ok(Entry {
        id: row.get()?,
        account_id: row.get()?,
        source_id: row.get()?,
        path: row.get()?,
        title: row.get()?,
        body: row.get()?,
        audience: row.get()?,
        state: row.get()?,
        conversation_id: row.get()?,
        decided_by: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new entry and makes it findable.
///
/// # Errors
/// When the account or the source does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &Entry) -> Result<(), DbError> {
    let n = unit.conn().one(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.source_id,
            &it.path,
            &it.title,
            &it.body,
            &it.audience,
            &it.state,
            &it.conversation_id,
            &it.decided_by,
            &it.created_at,
            &it.updated_at,
        ],
        first::<i64>,
    )?;
    match n {
        Some(n) => index(unit, n, it),
        None => Ok(()),
    }
}

/// Replaces an entry's fields, and says whether the account has it.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Entry) -> Result<bool, DbError> {
    let n = unit.conn().one(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.title,
            &it.body,
            &it.audience,
            &it.state,
            &it.decided_by,
            &it.updated_at,
        ],
        first::<i64>,
    )?;
    let Some(n) = n else {
        return Ok(false);
    };
    unit.send(&FORGET, &[&n])?;
    unit.send(&FORGET_VECTOR, &[&n])?;
    index(unit, n, it)?;
    Ok(true)
}

fn index(unit: &mut Unit<'_>, n: i64, it: &Entry) -> Result<(), DbError> {
    let text = terms(&format!("{} {}", it.title, it.body));
    match unit.conn().dialect() {
        Dialect::Sqlite => unit.send(&INDEX, &[&n, &account_term(it.account_id), &text]),
        Dialect::Postgres => unit.send(&INDEX, &[&n, &it.account_id, &text]),
    }
}

/// Deletes an entry, and says whether the account had it.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: KnowledgeId,
) -> Result<bool, DbError> {
    Ok(unit.exec(&DELETE, &[&account_id, &id])? > 0)
}

/// An entry of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: KnowledgeId,
) -> Result<Option<Entry>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// Everything that was read from a source.
///
/// # Errors
/// When the database does not answer.
pub fn of_source(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: KnowledgeSourceId,
) -> Result<Vec<Entry>, DbError> {
    conn.all(&OF_SOURCE, &[&account_id, &id], read)
}

/// The account's entries in a state, oldest first, or those after one.
///
/// # Errors
/// When the database does not answer.
pub fn page(
    conn: &mut dyn Conn,
    account_id: AccountId,
    state: KnowledgeState,
    after: Option<KnowledgeId>,
    limit: i64,
) -> Result<Vec<Entry>, DbError> {
    match after {
        None => conn.all(&FIRST, &[&account_id, &state, &limit], read),
        Some(id) => conn.all(&AFTER, &[&account_id, &state, &limit, &id], read),
    }
}

/// How many entries the account has.
///
/// # Errors
/// When the database does not answer.
pub fn count(conn: &mut dyn Conn, account_id: AccountId) -> Result<i64, DbError> {
    conn.count(&COUNT, &[&account_id])
}

/// The entries in which one of these beginnings of words stands, the best first.
///
/// # Errors
/// When the database does not answer.
pub fn fitting(
    conn: &mut dyn Conn,
    account_id: AccountId,
    words: &[String],
    most: i64,
) -> Result<Vec<Entry>, DbError> {
    let mut wanted = Wanted::default();
    for word in words {
        wanted.with(word);
        wanted.unfinished();
    }
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let query = match conn.dialect() {
        Dialect::Sqlite => wanted.fts5_any(account_id),
        Dialect::Postgres => wanted.tsquery_any(),
    };
    conn.all(&FITTING, &[&account_id, &query, &most], read)
}
