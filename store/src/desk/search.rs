//! Search while typing: over what was said, subjects, and customers' names, addresses and
//! numbers. The newest come first, and a search ends when it has enough; so common words cost
//! no more than rare ones.

mod fold;
mod index;
mod query;
mod snippet;
mod terms;

pub(crate) use index::{Doc, tidy};

use super::Desk;
use super::cache::Cache;
use super::messages::limit_of;
use super::standing::Number;
use crate::StoreError;
use frontdesk_inbox::Row;
use frontdesk_protocol::id::MessageId;
use query::Query;
use rusqlite::{OptionalExtension as _, Result};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// How many messages are read at most to see whether they hold a phrase.
const MOST_READ: usize = 3_000;

/// How many customers are looked at who match.
const MOST_CUSTOMERS: usize = 12;

/// How many of a customer's conversations are shown because the customer matches.
const MOST_OF_CUSTOMER: usize = 5;

/// A conversation that was found: once, by the newest of what matches in it.
#[derive(Debug, Clone)]
pub struct Hit {
    pub row: Row,
    /// The message that matches. Nothing when the subject or the customer does.
    pub message: Option<MessageId>,
    /// The text around the match, on one line. Anything else may stand in it.
    pub snippet: String,
    /// Where in the snippet the matches are, in bytes.
    pub marks: Vec<Range<usize>>,
}

impl Desk {
    /// The newest conversations that match what was typed. The last word may be unfinished;
    /// words in quotes stand together.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, text: &str, limit: usize) -> std::result::Result<Vec<Hit>, StoreError> {
        let query = Query::parse(text);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        self.cache()
            .search(&query, limit)
            .map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

/// What was found, before it is shown.
struct Found {
    n: Number,
    /// How new it is, as a number in the account's order.
    seq: i64,
    message: Option<MessageId>,
    snippet: String,
    marks: Vec<Range<usize>>,
}

/// As much of a message as a search reads.
#[derive(Deserialize)]
struct Said<'a> {
    id: MessageId,
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
}

impl Cache<'_> {
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>> {
        let mut found = self.search_subjects(query, limit)?;
        found.extend(self.search_customers(query)?);
        found.extend(self.search_messages(query, limit)?);
        found.sort_by_key(|it| std::cmp::Reverse(it.seq));
        let mut seen = HashSet::new();
        let mut hits = Vec::with_capacity(limit.min(found.len()));
        for it in found {
            if hits.len() == limit {
                break;
            }
            if !seen.insert(it.n) {
                continue;
            }
            if let Some(row) = self.row(it.n)? {
                hits.push(Hit {
                    row,
                    message: it.message,
                    snippet: it.snippet,
                    marks: it.marks,
                });
            }
        }
        Ok(hits)
    }

    /// Walks the shards from the newest until enough conversations are found.
    fn search_messages(&self, query: &Query, limit: usize) -> Result<Vec<Found>> {
        let expression = query.expression();
        let mut walk = Walk {
            found: Vec::new(),
            seen: HashSet::new(),
            limit,
            left: MOST_READ,
        };
        for shard in self.shards()? {
            let sql = format!(
                "SELECT rowid FROM search_{shard} WHERE search_{shard} MATCH ?1 ORDER BY rowid DESC"
            );
            let mut statement = self.db.prepare_cached(&sql)?;
            let mut rows = statement.query([&expression])?;
            while let Some(row) = rows.next()? {
                if walk.is_over() {
                    return Ok(walk.found);
                }
                self.look_at(row.get(0)?, query, &mut walk)?;
            }
        }
        Ok(walk.found)
    }

    fn look_at(&self, seq: i64, query: &Query, walk: &mut Walk) -> Result<()> {
        const WHERE: &str = "SELECT conversation FROM messages WHERE seq = ?1";
        const READ: &str = "SELECT message FROM messages WHERE seq = ?1";
        let n: Option<Number> = self
            .db
            .prepare_cached(WHERE)?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        let Some(n) = n.filter(|n| !walk.seen.contains(n)) else {
            return Ok(());
        };
        walk.left -= 1;
        let mut statement = self.db.prepare_cached(READ)?;
        let mut rows = statement.query([seq])?;
        let Some(row) = rows.next()? else {
            return Ok(());
        };
        let Ok(said) = serde_json::from_str::<Said<'_>>(row.get_ref(0)?.as_str()?) else {
            return Ok(());
        };
        let body = said.body.as_deref().unwrap_or_default();
        if !query.stands_in(body) {
            return Ok(());
        }
        let (snippet, marks) = snippet::around(body, query);
        walk.seen.insert(n);
        walk.found.push(Found {
            n,
            seq,
            message: Some(said.id),
            snippet,
            marks,
        });
        Ok(())
    }

    fn search_subjects(&self, query: &Query, limit: usize) -> Result<Vec<Found>> {
        const SUBJECTS: &str =
            "SELECT it.n, it.truth ->> '$.last_message_seq', it.truth ->> '$.subject'
            FROM (SELECT rowid AS number FROM subject_search WHERE subject_search MATCH ?1
                ORDER BY rowid DESC LIMIT ?2) AS hit
            JOIN conversations AS it ON it.number = hit.number";
        let mut statement = self.db.prepare_cached(SUBJECTS)?;
        let mut rows = statement.query((query.expression(), limit_of(limit)))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let subject: Option<String> = row.get(2)?;
            let subject = subject.unwrap_or_default();
            let (snippet, marks) = snippet::around(&subject, query);
            found.push(Found {
                n: row.get(0)?,
                seq: row.get(1)?,
                message: None,
                snippet,
                marks,
            });
        }
        Ok(found)
    }

    fn search_customers(&self, query: &Query) -> Result<Vec<Found>> {
        const CUSTOMERS: &str = "SELECT it.n, it.truth ->> '$.last_message_seq', customers.title
            FROM (SELECT rowid AS n FROM customer_search WHERE customer_search MATCH ?1
                ORDER BY rowid DESC LIMIT ?2) AS hit
            JOIN customers ON customers.n = hit.n
            JOIN conversations AS it ON it.n IN (SELECT n FROM conversations
                WHERE customer = customers.id ORDER BY activity DESC LIMIT ?3)";
        let mut statement = self.db.prepare_cached(CUSTOMERS)?;
        let limits = (limit_of(MOST_CUSTOMERS), limit_of(MOST_OF_CUSTOMER));
        let mut rows = statement.query((query.expression(), limits.0, limits.1))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let title: String = row.get(2)?;
            let (snippet, marks) = snippet::around(&title, query);
            found.push(Found {
                n: row.get(0)?,
                seq: row.get(1)?,
                message: None,
                snippet,
                marks,
            });
        }
        Ok(found)
    }
}

/// How far a walk through the messages has come.
struct Walk {
    found: Vec<Found>,
    seen: HashSet<Number>,
    limit: usize,
    /// How many messages may still be read.
    left: usize,
}

impl Walk {
    fn is_over(&self) -> bool {
        self.found.len() >= self.limit || self.left == 0
    }
}
