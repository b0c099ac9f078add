//! Search while typing: over what was said, subjects, and customers' names, addresses and
//! numbers. The newest come first, and a search ends when it has enough; so common words cost
//! no more than rare ones.

mod filter;
mod fold;
mod index;
mod query;
mod snippet;
mod terms;
mod walk;

pub(crate) use index::{Doc, tidy};

use super::Desk;
use super::cache::Cache;
use super::customers::basic;
use super::messages::limit_of;
use super::read::json;
use super::standing::Number;
use crate::StoreError;
use filter::Filter;
use frontdesk_inbox::Row;
use frontdesk_protocol::entity::CustomerBasic;
use frontdesk_protocol::id::MessageId;
use frontdesk_protocol::search::Search;
use query::Query;
use rusqlite::Result;
use std::collections::HashSet;
use std::ops::Range;

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

/// What a search found, the newest first.
#[derive(Debug, Clone)]
pub struct Hits {
    pub hits: Vec<Hit>,
    pub reach: Reach,
}

/// How far a search looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// As far as there is anything, or until it had found enough.
    Whole,
    /// Through so much that the rest would have come too late for the next key. Older
    /// conversations may match too.
    Newest,
}

impl Desk {
    /// The newest conversations that match what was typed. The last word may be unfinished;
    /// words in quotes stand together; days begin in `time_zone`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(
        &self,
        text: &str,
        time_zone: Option<&str>,
        limit: usize,
    ) -> std::result::Result<Hits, StoreError> {
        let search = Search::parse(text, time_zone);
        let asked = Asked {
            words: Query::of(&search),
            filter: Filter::of(&search, &self.directory),
            limit,
            budget: Budget::TYPING,
        };
        self.cache()
            .search(&asked)
            .map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

impl Desk {
    /// All conversations that a search finds, as far as a list can bear to wait for them.
    pub(crate) fn found_of(
        &self,
        text: &str,
        time_zone: Option<&str>,
    ) -> std::result::Result<(Vec<Row>, Reach), StoreError> {
        let search = Search::parse(text, time_zone);
        let asked = Asked {
            words: Query::of(&search),
            filter: Filter::of(&search, &self.directory),
            limit: usize::MAX,
            budget: Budget::LIST,
        };
        let cache = self.cache();
        let read = || {
            let (found, reach) = cache.found(&asked)?;
            let mut seen = HashSet::new();
            let mut rows = Vec::with_capacity(found.len());
            for it in found {
                if seen.insert(it.n) {
                    rows.extend(cache.row(it.n)?);
                }
            }
            Ok((rows, reach))
        };
        read().map_err(|cause| self.met(StoreError::Read(cause)))
    }

    /// The customers who have these words in their names, addresses and numbers, the newest
    /// first; without words, those who were met last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_customers(
        &self,
        text: &str,
        limit: usize,
    ) -> std::result::Result<Vec<CustomerBasic>, StoreError> {
        self.cache()
            .find_customers(&Query::of(&Search::parse(text, None)), limit)
            .map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

/// All that is asked for.
struct Asked {
    words: Query,
    filter: Filter,
    /// How many are enough.
    limit: usize,
    /// How much is looked at at most.
    budget: Budget,
}

/// How much a walk looks at before the rest would come too late.
#[derive(Debug, Clone, Copy)]
struct Budget {
    messages: usize,
    conversations: usize,
}

impl Budget {
    /// For a search that goes on with the next key.
    const TYPING: Self = Self {
        messages: 3_000,
        conversations: 1_200,
    };
    /// For a list that is opened.
    const LIST: Self = Self {
        messages: 20_000,
        conversations: 10_000,
    };
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

impl Cache<'_> {
    fn search(&self, asked: &Asked) -> Result<Hits> {
        let (mut found, reach) = self.found(asked)?;
        found.sort_by_key(|it| std::cmp::Reverse(it.seq));
        let mut seen = HashSet::new();
        let mut hits = Vec::with_capacity(asked.limit.min(found.len()));
        for it in found {
            if hits.len() == asked.limit {
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
        // Who has enough need not know how much was looked at.
        let reach = if hits.len() == asked.limit {
            Reach::Whole
        } else {
            reach
        };
        Ok(Hits { hits, reach })
    }

    fn found(&self, asked: &Asked) -> Result<(Vec<Found>, Reach)> {
        if !asked.words.has_words() {
            return if asked.filter.is_empty() && !asked.words.keeps_out() {
                Ok((Vec::new(), Reach::Whole))
            } else {
                walk::through_conversations(self, asked)
            };
        }
        let mut by_conversation = self.search_subjects(&asked.words, asked.limit)?;
        by_conversation.extend(self.search_customers(&asked.words)?);
        let mut found = Vec::new();
        for it in by_conversation {
            let row = if asked.filter.is_empty() {
                None
            } else {
                self.row(it.n)?
            };
            let is_asked_for = match &row {
                None => asked.filter.is_empty(),
                Some(row) => {
                    asked.filter.allows_row(self, it.n, row)?
                        && asked.filter.allows_whole(self, it.n, row)?
                }
            };
            if is_asked_for {
                found.push(it);
            }
        }
        let (said, reach) = walk::through_messages(self, asked)?;
        found.extend(said);
        Ok((found, reach))
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

    fn find_customers(&self, query: &Query, limit: usize) -> Result<Vec<CustomerBasic>> {
        const FOUND: &str = "SELECT customers.customer
            FROM (SELECT rowid AS n FROM customer_search WHERE customer_search MATCH ?2
                ORDER BY rowid DESC LIMIT ?1) AS hit
            JOIN customers ON customers.n = hit.n";
        const LATEST: &str = "SELECT customer FROM customers ORDER BY n DESC LIMIT ?1";
        let read = |row: &rusqlite::Row<'_>| json(row, 0).map(|it| basic(&it));
        let limit = limit_of(limit);
        if query.has_words() {
            let mut found = self.db.prepare_cached(FOUND)?;
            found
                .query_map((limit, query.expression()), read)?
                .collect()
        } else {
            let mut latest = self.db.prepare_cached(LATEST)?;
            latest.query_map([limit], read)?.collect()
        }
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
