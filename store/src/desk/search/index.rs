//! How text gets into the index. What one transaction brings is written at its end and in the
//! order of its numbers: the index writes a new piece whenever a number is below the last.

use super::terms::terms;
use crate::desk::Rest;
use crate::desk::cache::Cache;
use frontdesk_protocol::entity::{CustomerFull, Message};
use frontdesk_protocol::kind::MessageKind;
use rusqlite::Result;
use std::collections::HashSet;

/// How many numbers a shard spans, as a power of two.
const SHARD_BITS: u32 = 17;

/// How many pieces of the index are merged into one. More make writing cheaper, as each term is
/// written again less often, and searching dearer, as each piece is looked at.
const MERGED: u32 = 12;

/// How many pages of the index one rest writes: some milliseconds, for which a key may wait.
const TIDIED: i64 = 64;

/// A message for the index.
#[derive(Debug)]
pub(crate) struct Doc {
    seq: i64,
    words: String,
}

/// What of a message is searched: what people and bots said.
pub(crate) fn words_of(it: &Message) -> Option<&str> {
    let body = it.body.as_deref().filter(|body| !body.is_empty());
    body.filter(|_| it.kind != MessageKind::System)
}

impl Cache<'_> {
    /// Remembers what a message says for the end of the transaction.
    pub(crate) fn index_message(&mut self, it: &Message) {
        if let Some(body) = words_of(it) {
            let words = distinct(&[body]);
            self.docs.push(Doc {
                seq: it.seq.0,
                words,
            });
        }
    }

    /// Takes a message out of the index.
    pub(crate) fn unindex_message(&mut self, seq: i64) -> Result<()> {
        self.docs.retain(|it| it.seq != seq);
        let shard = seq >> SHARD_BITS;
        if !self.has_shard(shard)? {
            return Ok(());
        }
        let sql = format!("DELETE FROM search_{shard} WHERE rowid = ?1");
        self.db.prepare_cached(&sql)?.execute([seq]).map(drop)
    }

    /// Writes what was remembered.
    pub(crate) fn flush_index(&mut self) -> Result<()> {
        let mut docs = std::mem::take(&mut self.docs);
        docs.sort_unstable_by_key(|it| it.seq);
        for group in docs.chunk_by(|a, b| a.seq >> SHARD_BITS == b.seq >> SHARD_BITS) {
            let shard = group.first().map_or(0, |it| it.seq >> SHARD_BITS);
            self.make_shard(shard)?;
            let sql = format!("INSERT INTO search_{shard} (rowid, terms) VALUES (?1, ?2)");
            let mut statement = self.db.prepare_cached(&sql)?;
            for it in group {
                statement.execute((it.seq, &it.words))?;
            }
        }
        Ok(())
    }

    /// The shards there are, the newest first.
    pub(crate) fn shards(&self) -> Result<Vec<i64>> {
        self.db
            .prepare_cached("SELECT shard FROM shards ORDER BY shard DESC")?
            .query_map([], |row| row.get(0))?
            .collect()
    }

    /// Makes a subject and the number people say findable.
    pub(crate) fn index_subject(&self, number: i64, subject: Option<&str>) -> Result<()> {
        let spoken = number.to_string();
        let words = distinct(&[subject.unwrap_or_default(), &spoken]);
        self.db
            .prepare_cached("INSERT INTO subject_search (rowid, terms) VALUES (?1, ?2)")?
            .execute((number, words))
            .map(drop)
    }

    pub(crate) fn unindex_subject(&self, number: i64) -> Result<()> {
        self.db
            .prepare_cached("DELETE FROM subject_search WHERE rowid = ?1")?
            .execute([number])
            .map(drop)
    }

    /// Makes a customer findable by name, address, number and outside id.
    pub(crate) fn index_customer(&self, n: i64, it: &CustomerFull) -> Result<()> {
        let known = [&it.name, &it.email, &it.phone, &it.external_id];
        let known: Vec<&str> = known.into_iter().filter_map(Option::as_deref).collect();
        self.db
            .prepare_cached("INSERT INTO customer_search (rowid, terms) VALUES (?1, ?2)")?
            .execute((n, distinct(&known)))
            .map(drop)
    }

    pub(crate) fn unindex_customer(&self, n: i64) -> Result<()> {
        self.db
            .prepare_cached("DELETE FROM customer_search WHERE rowid = ?1")?
            .execute([n])
            .map(drop)
    }

    fn has_shard(&self, shard: i64) -> Result<bool> {
        self.db
            .prepare_cached("SELECT 1 FROM shards WHERE shard = ?1")?
            .exists([shard])
    }

    fn make_shard(&self, shard: i64) -> Result<()> {
        if self.has_shard(shard)? {
            return Ok(());
        }
        self.db.execute_batch(&format!(
            "CREATE VIRTUAL TABLE search_{shard} USING fts5 (
                terms, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
                tokenize = 'ascii'
            );
            INSERT INTO search_{shard} (search_{shard}, rank) VALUES ('automerge', {MERGED});"
        ))?;
        self.db
            .prepare_cached("INSERT INTO shards (shard) VALUES (?1)")?
            .execute([shard])
            .map(drop)
    }
}

/// Merges some pieces of the index, so that no event has to merge many at once.
pub(crate) fn tidy(cache: &mut Cache<'_>) -> Result<Rest> {
    for shard in cache.shards()? {
        let sql = format!("INSERT INTO search_{shard} (search_{shard}, rank) VALUES ('merge', ?1)");
        let before = cache.db.total_changes();
        cache.db.prepare_cached(&sql)?.execute([TIDIED])?;
        // The statement itself counts as one change.
        if cache.db.total_changes() - before > 1 {
            return Ok(Rest::More);
        }
    }
    Ok(Rest::Done)
}

/// The terms of texts, each once: the index does not keep how often, and reads less this way.
fn distinct(texts: &[&str]) -> String {
    let mut seen = HashSet::new();
    let mut words = String::new();
    let mut term = String::new();
    for text in texts {
        let mut terms = terms(text);
        while terms.next_into(&mut term).is_some() {
            if !term.is_empty() && !seen.contains(&term) {
                words.push_str(&term);
                words.push(' ');
                seen.insert(term.clone());
            }
        }
    }
    words
}
