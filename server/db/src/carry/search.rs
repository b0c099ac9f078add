//! Search indexes of a carried database, made anew from its texts.

use super::{CarryError, online, step};
use crate::queries::search::{account_term, terms};
use frontdesk_domain::AccountId;
use rusqlite::{Connection, params};
use std::path::Path;
use uuid::Uuid;

/// A kind of text that is searched, with where it is found and where its terms go.
pub(super) struct Index {
    pub(super) table: &'static str,
    texts: &'static str,
}

/// All indexes. The texts are those that a running server indexes.
pub(super) const INDEXES: [Index; 3] = [
    Index {
        table: "message_search",
        texts: "SELECT n, account_id, body FROM messages WHERE body <> '' ORDER BY n",
    },
    Index {
        table: "customer_search",
        texts: "SELECT n, account_id, TRIM(COALESCE(name || ' ', '') || COALESCE(email || ' ', '')
            || COALESCE(phone || ' ', '') || COALESCE(external_id, '')) FROM customers
            WHERE COALESCE(name, email, phone, external_id) IS NOT NULL ORDER BY n",
    },
    Index {
        table: "knowledge_search",
        texts: "SELECT n, account_id, title || ' ' || body FROM knowledge_entries ORDER BY n",
    },
];

/// What is searched, and by which terms.
pub(super) struct Entry {
    pub(super) n: i64,
    pub(super) account_id: AccountId,
    pub(super) terms: String,
}

/// Shows every entry that belongs into an index.
pub(super) fn entries(
    file: &Connection,
    index: &Index,
    mut each: impl FnMut(Entry) -> Result<(), CarryError>,
) -> Result<(), CarryError> {
    let reading = || format!("reading texts for {}", index.table);
    let mut rows = file.prepare(index.texts).map_err(step(reading()))?;
    let mut rows = rows.query([]).map_err(step(reading()))?;
    while let Some(row) = rows.next().map_err(step(reading()))? {
        let read = || Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?));
        let (n, account_id, text): (i64, Uuid, String) =
            read().map_err(|source: rusqlite::Error| step(reading())(source))?;
        each(Entry {
            n,
            account_id: AccountId(account_id),
            terms: terms(&text),
        })?;
    }
    Ok(())
}

/// Fills the search indexes of a file that came without them.
///
/// # Errors
/// When the file cannot be read or written.
pub fn index_again(path: &Path) -> Result<(), CarryError> {
    let reader = online::open(path)?;
    let mut conn = Connection::open(path).map_err(step("opening the database"))?;
    for index in &INDEXES {
        let writing = || format!("writing {}", index.table);
        let tx = conn.transaction().map_err(step(writing()))?;
        tx.execute(&format!("DELETE FROM {}", index.table), [])
            .map_err(step(writing()))?;
        let insert = format!(
            "INSERT INTO {} (rowid, account, body) VALUES (?, ?, ?)",
            index.table
        );
        let mut insert = tx.prepare(&insert).map_err(step(writing()))?;
        entries(&reader, index, |entry| {
            let account = account_term(entry.account_id);
            let row = params![entry.n, account, entry.terms];
            insert.execute(row).map(|_| ()).map_err(step(writing()))
        })?;
        drop(insert);
        tx.commit().map_err(step(writing()))?;
    }
    Ok(())
}
