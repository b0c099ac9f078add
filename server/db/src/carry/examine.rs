//! A look at a copy before anybody relies on it.

use super::table::tables;
use super::{CarryError, online, step};
use crate::migrate;
use frontdesk_domain::{AccountId, EventSeq, FileId};
use rusqlite::Connection;
use std::path::Path;
use uuid::Uuid;

/// What is in a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub schema: i64,
    /// Rows by table.
    pub tables: Vec<(String, u64)>,
    pub counters: Vec<Counter>,
    pub files: Vec<StoredFile>,
}

/// The event numbers an account keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    pub account_id: AccountId,
    pub oldest: EventSeq,
    pub newest: EventSeq,
}

/// An uploaded file that the database knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFile {
    pub account_id: AccountId,
    pub id: FileId,
    pub size: i64,
}

/// Counts what there is.
///
/// # Errors
/// When the file cannot be read at all, or is of a schema this program does not know.
pub fn survey(path: &Path) -> Result<Survey, CarryError> {
    let schema = migrate::known_version_of(path)?;
    let conn = online::open(path)?;
    let counting = || "counting what is in the copy";
    let mut counts = Vec::new();
    for table in tables(&conn).map_err(step(counting()))? {
        let rows = count(&conn, &format!("SELECT COUNT(*) FROM \"{}\"", table.name));
        counts.push((table.name, rows.map_err(step(counting()))?));
    }
    Ok(Survey {
        schema,
        tables: counts,
        counters: counters(&conn).map_err(step(counting()))?,
        files: files(&conn).map_err(step(counting()))?,
    })
}

/// Looks at everything that can be looked at without a server, pages, references and numbers, and
/// says in words what is wrong.
///
/// # Errors
/// When the file cannot be read.
pub fn problems(path: &Path) -> Result<Vec<String>, CarryError> {
    let conn = online::open(path)?;
    let look = || {
        let mut problems = pages(&conn)?;
        problems.extend(references(&conn)?);
        problems.extend(gaps(&conn, &counters(&conn)?)?);
        problems.extend(badges(&conn)?);
        Ok(problems)
    };
    look().map_err(|source: rusqlite::Error| step("looking at the copy")(source))
}

fn pages(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found = conn.prepare("PRAGMA integrity_check(20)")?;
    let found = found.query_map([], |row| row.get::<_, String>(0))?;
    let found = found.collect::<Result<Vec<_>, _>>()?;
    let said = found.into_iter().filter(|line| line != "ok");
    Ok(said.map(|line| format!("integrity: {line}")).collect())
}

fn references(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found = conn.prepare(
        "SELECT \"table\", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2",
    )?;
    let found = found.query_map([], |row| {
        let (table, parent, rows): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(format!(
            "{rows} rows of {table} refer to {parent} that are not there"
        ))
    })?;
    found.collect()
}

fn count(conn: &Connection, statement: &str) -> rusqlite::Result<u64> {
    let found: i64 = conn.query_row(statement, [], |row| row.get(0))?;
    Ok(u64::try_from(found).unwrap_or(0))
}

fn counters(conn: &Connection) -> rusqlite::Result<Vec<Counter>> {
    let mut found = conn.prepare(
        "SELECT account_id, oldest_seq, last_seq FROM account_counters ORDER BY account_id",
    )?;
    let found = found.query_map([], |row| {
        Ok(Counter {
            account_id: AccountId(row.get::<_, Uuid>(0)?),
            oldest: EventSeq(row.get(1)?),
            newest: EventSeq(row.get(2)?),
        })
    })?;
    found.collect()
}

/// Event numbers have no gaps between the oldest that is kept and the newest.
fn gaps(conn: &Connection, counters: &[Counter]) -> rusqlite::Result<Vec<String>> {
    let mut found = conn.prepare(
        "SELECT COUNT(*), COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0) FROM events WHERE account_id = ?1",
    )?;
    let mut problems = Vec::new();
    for counter in counters {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let (rows, least, most): (i64, i64, i64) = found.query_row([counter.account_id.0], row)?;
        let kept = counter.newest.0 - counter.oldest.0.max(1) + 1;
        let whole = rows == 0 && kept <= 0
            || rows == kept && least == counter.oldest.0.max(1) && most == counter.newest.0;
        if !whole {
            problems.push(format!(
                "account {}: {rows} events from {least} to {most}, where {} to {} were given",
                counter.account_id, counter.oldest.0, counter.newest.0
            ));
        }
    }
    Ok(problems)
}

/// The numbers that lists show are those of the rows.
fn badges(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let shown = count(
        conn,
        "SELECT COALESCE(SUM(total), 0) FROM conversation_counts",
    )?;
    let there = count(
        conn,
        "SELECT COUNT(*) FROM conversations WHERE archived_at IS NULL",
    )?;
    Ok((shown != there).then(|| format!("{there} conversations are counted as {shown}")))
}

fn files(conn: &Connection) -> rusqlite::Result<Vec<StoredFile>> {
    let mut found =
        conn.prepare("SELECT account_id, id, size FROM files ORDER BY account_id, id")?;
    let found = found.query_map([], |row| {
        Ok(StoredFile {
            account_id: AccountId(row.get::<_, Uuid>(0)?),
            id: FileId(row.get::<_, Uuid>(1)?),
            size: row.get(2)?,
        })
    })?;
    found.collect()
}
