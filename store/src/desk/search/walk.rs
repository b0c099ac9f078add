//! Walks that end when they have found enough, or have looked at so much that the rest would come
//! too late for the next key: through messages that have the words, or through conversations where
//! no word is asked for. The newest come first.

use super::snippet;
use super::{Asked, Found, Reach};
use crate::desk::cache::Cache;
use crate::desk::read::json;
use crate::desk::standing::{Number, place_of};
use frontdesk_inbox::{Row, View};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::MessageId;
use frontdesk_protocol::kind::Status;
use rusqlite::{OptionalExtension as _, Result};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// As much of a message as a search for words reads.
#[derive(Deserialize)]
struct Said<'a> {
    id: MessageId,
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
}

/// How far a walk has come.
struct Walk<'a> {
    cache: &'a Cache<'a>,
    asked: &'a Asked,
    found: Vec<Found>,
    seen: HashSet<Number>,
    /// Conversations that were looked at; nothing for those that are not asked for.
    rows: HashMap<Number, Option<Row>>,
    messages_left: usize,
}

/// Walks the shards of the index from the newest.
pub(super) fn through_messages(cache: &Cache<'_>, asked: &Asked) -> Result<(Vec<Found>, Reach)> {
    let expression = asked.words.expression();
    let mut walk = Walk::new(cache, asked);
    for shard in cache.shards()? {
        let sql = format!(
            "SELECT rowid FROM search_{shard} WHERE search_{shard} MATCH ?1 ORDER BY rowid DESC"
        );
        let mut statement = cache.db.prepare_cached(&sql)?;
        let mut rows = statement.query([&expression])?;
        while let Some(row) = rows.next()? {
            if walk.is_over() {
                return Ok(walk.ended());
            }
            walk.look_at_message(row.get(0)?)?;
        }
    }
    Ok((walk.found, Reach::Whole))
}

/// Walks conversations from the latest activity: all of them, or a list where all that are asked
/// for stand.
pub(super) fn through_conversations(
    cache: &Cache<'_>,
    asked: &Asked,
) -> Result<(Vec<Found>, Reach)> {
    const ALL: &str = "SELECT conversation FROM messages ORDER BY seq DESC";
    const LISTED: &str = "SELECT n FROM standing WHERE view = ?1 ORDER BY rank, n";
    const NUMBERED: &str = "SELECT n FROM conversations WHERE number = ?1";
    let walk = Walk::new(cache, asked);
    if let Some(number) = asked.filter.number() {
        return walk.conversations(NUMBERED, [number]);
    }
    let view = match asked.filter.status() {
        Some(Status::Open) => View::Inbox,
        Some(Status::Snoozed) => View::Snoozed,
        Some(Status::Closed) => View::Closed,
        Some(Status::Spam) => View::Spam,
        None => return walk.conversations(ALL, []),
    };
    walk.conversations(LISTED, [place_of(view)])
}

impl<'a> Walk<'a> {
    fn new(cache: &'a Cache<'a>, asked: &'a Asked) -> Self {
        Self {
            cache,
            asked,
            found: Vec::new(),
            seen: HashSet::new(),
            rows: HashMap::new(),
            messages_left: asked.budget.messages,
        }
    }

    fn is_over(&self) -> bool {
        self.found.len() >= self.asked.limit
            || self.messages_left == 0
            || self.rows.len() >= self.asked.budget.conversations
    }

    /// What was found, by a walk that ended before the end.
    fn ended(self) -> (Vec<Found>, Reach) {
        let reach = if self.found.len() >= self.asked.limit {
            Reach::Whole
        } else {
            Reach::Newest
        };
        (self.found, reach)
    }

    fn look_at_message(&mut self, seq: i64) -> Result<()> {
        const WHERE: &str = "SELECT conversation FROM messages WHERE seq = ?1";
        const READ: &str = "SELECT message FROM messages WHERE seq = ?1";
        let db = self.cache.db;
        let n: Option<Number> = db
            .prepare_cached(WHERE)?
            .query_row([seq], |row| row.get(0))
            .optional()?;
        let Some(n) = n.filter(|n| !self.seen.contains(n)) else {
            return Ok(());
        };
        if !self.asked.filter.is_empty() && self.row(n)?.is_none() {
            self.seen.insert(n);
            return Ok(());
        }
        self.messages_left = self.messages_left.saturating_sub(1);
        let mut statement = db.prepare_cached(READ)?;
        let mut rows = statement.query([seq])?;
        let Some(read) = rows.next()? else {
            return Ok(());
        };
        let Ok(said) = serde_json::from_str::<Said<'_>>(read.get_ref(0)?.as_str()?) else {
            return Ok(());
        };
        let body = said.body.as_deref().unwrap_or_default();
        let words = &self.asked.words;
        if !words.stands_in(body) {
            return Ok(());
        }
        if self.asked.filter.asks_of_messages() {
            let message: Message = json(read, 0)?;
            let Some(Some(row)) = self.rows.get(&n) else {
                return Ok(());
            };
            let is_asked_for = self
                .asked
                .filter
                .allows_message(self.cache, row, &message)?;
            if !is_asked_for {
                return Ok(());
            }
        }
        let (snippet, marks) = snippet::around(body, words);
        self.seen.insert(n);
        self.found.push(Found {
            n,
            seq,
            message: Some(said.id),
            snippet,
            marks,
        });
        Ok(())
    }

    /// The conversation, if it is one of those that are asked for.
    fn row(&mut self, n: Number) -> Result<Option<&Row>> {
        if !self.rows.contains_key(&n) {
            let row = self.cache.row(n)?;
            let is_asked_for = match &row {
                Some(row) => self.asked.filter.allows_row(self.cache, n, row)?,
                None => false,
            };
            self.rows.insert(n, row.filter(|_| is_asked_for));
        }
        Ok(self.rows.get(&n).and_then(Option::as_ref))
    }

    fn conversations(
        mut self,
        sql: &str,
        of: impl rusqlite::Params,
    ) -> Result<(Vec<Found>, Reach)> {
        let cache = self.cache;
        let mut statement = cache.db.prepare_cached(sql)?;
        let mut rows = statement.query(of)?;
        while let Some(row) = rows.next()? {
            if self.is_over() {
                return Ok(self.ended());
            }
            let n: Number = row.get(0)?;
            if self.seen.insert(n) {
                self.look_at_conversation(n)?;
            }
        }
        Ok((self.found, Reach::Whole))
    }

    fn look_at_conversation(&mut self, n: Number) -> Result<()> {
        let (cache, asked) = (self.cache, self.asked);
        let Some(row) = self.row(n)? else {
            return Ok(());
        };
        let seq = row.conversation.last_message_seq.0;
        let snippet = row.last.as_ref().map_or("", |last| &last.text).to_owned();
        if !asked.filter.allows_whole(cache, n, row)? || !self.has_nothing_kept_out(n)? {
            return Ok(());
        }
        self.found.push(Found {
            n,
            seq,
            message: None,
            snippet,
            marks: Vec::new(),
        });
        Ok(())
    }

    /// Whether no message of a conversation has what is kept out.
    fn has_nothing_kept_out(&mut self, n: Number) -> Result<bool> {
        const READ: &str = "SELECT message FROM messages WHERE conversation = ?1 ORDER BY seq DESC";
        if !self.asked.words.keeps_out() {
            return Ok(true);
        }
        let mut statement = self.cache.db.prepare_cached(READ)?;
        let mut rows = statement.query([n])?;
        while let Some(row) = rows.next()? {
            self.messages_left = self.messages_left.saturating_sub(1);
            let text = row.get_ref(0)?.as_str()?;
            let Ok(said) = serde_json::from_str::<Said<'_>>(text) else {
                continue;
            };
            let body = said.body.as_deref().unwrap_or_default();
            if !self.asked.words.stands_in(body) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
