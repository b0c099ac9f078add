//! Filling the cache from a snapshot of the server, which comes in pieces. What has come can be
//! shown at once; the cursor is set at the end, so that a snapshot that was cut is asked for
//! again. Events that happen meanwhile are taken in as they come and win over the snapshot.

use super::cache::Cache;
use super::conversations::Older;
use super::standing::Number;
use super::{Desk, MOST_CACHE, MOST_LOG_PAGES, settings};
use crate::StoreError;
use frontdesk_inbox::Directory;
use frontdesk_protocol::entity::{Conversation, ConversationFull, Message};
use frontdesk_protocol::id::{EventSeq, TagId};
use frontdesk_protocol::kind::MessageKind;
use frontdesk_protocol::time::Timestamp;
use rusqlite::{OptionalExtension as _, Result};
use std::collections::HashSet;
use uuid::Uuid;

/// A snapshot has at most this many messages of a conversation: its newest.
const MOST_MESSAGES: usize = 100;

/// How many conversations are forgotten in one go.
const STEP: usize = 200;

/// While the cache is filled, SQLite may hold this much of it: 96 MiB in units of KiB, which it
/// wants negative. What is used all the time is set where the file is opened.
const FILLING_CACHE: i64 = -98_304;

/// While the cache is filled, the log may have this many pages, 192 MiB, so that pages that
/// change again and again are written into the file less often.
const FILLING_LOG: i64 = 49_152;

/// Which conversations a snapshot names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    All,
    /// None that was closed before it. What something of the agent's waits in stays here all the same.
    ClosedSince(Timestamp),
}

impl Desk {
    /// Begins to take in a snapshot: `seq` is the number after which events go on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn begin_snapshot(
        &mut self,
        seq: EventSeq,
        directory: &Directory,
    ) -> std::result::Result<(), StoreError> {
        self.put_directory(directory)?;
        self.write(|cache| {
            let generation = cache.generation()?;
            settings::set(cache.db, settings::GENERATION, &(generation + 1))?;
            settings::clear(cache.db, settings::CURSOR)?;
            settings::set(cache.db, settings::FILLING, &seq)?;
            cache.db.execute("DELETE FROM overruled", []).map(drop)
        })?;
        self.hold(FILLING_CACHE, FILLING_LOG)
    }

    /// Takes in some conversations of a snapshot. They can be shown at once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(
        &mut self,
        conversations: &[ConversationFull],
    ) -> std::result::Result<(), StoreError> {
        self.write(|cache| {
            let generation = cache.generation()?;
            for it in conversations {
                if !cache.is_overruled(it.id.0)? {
                    cache.take_in(it, generation)?;
                }
            }
            Ok(())
        })
    }

    /// Takes in conversations that were asked for by themselves.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_conversations(
        &mut self,
        conversations: &[ConversationFull],
    ) -> std::result::Result<(), StoreError> {
        self.add(conversations)
    }

    /// Ends a snapshot that came in whole: what it should name and did not is gone, and events go on from
    /// its number, or from the last one that came meanwhile.
    ///
    /// # Errors
    /// When the file cannot be written, or no snapshot was begun.
    pub fn finish_snapshot(&mut self, names: Names) -> std::result::Result<(), StoreError> {
        let mut from = i64::MIN;
        while let Some(reached) = self.write(|cache| cache.forget_unnamed(names, from))? {
            from = reached;
        }
        self.write(|cache| {
            if let Some(seq) = settings::get::<EventSeq>(cache.db, settings::FILLING)? {
                settings::set(cache.db, settings::CURSOR, &seq)?;
                settings::clear(cache.db, settings::FILLING)?;
            }
            cache.db.execute("DELETE FROM overruled", []).map(drop)
        })?;
        self.hold(MOST_CACHE, MOST_LOG_PAGES)
    }

    fn hold(&self, cache: i64, log: i64) -> std::result::Result<(), StoreError> {
        self.db
            .pragma_update(None, "cache_size", cache)
            .and_then(|()| self.db.pragma_update(None, "wal_autocheckpoint", log))
            .map_err(|cause| self.met(StoreError::Write(cause)))
    }
}

impl Cache<'_> {
    /// The number of the snapshot that was begun last.
    pub(crate) fn generation(&self) -> Result<i64> {
        Ok(settings::get(self.db, settings::GENERATION)?.unwrap_or(0))
    }

    /// Notes that an event told of something, so that a snapshot's older line does not.
    pub(crate) fn overrule(&self, id: Uuid) -> Result<()> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO overruled (id) VALUES (?1)")?
            .execute([id.as_bytes()])
            .map(drop)
    }

    fn is_overruled(&self, id: Uuid) -> Result<bool> {
        self.db
            .prepare_cached("SELECT 1 FROM overruled WHERE id = ?1")?
            .query_row([id.as_bytes()], |_| Ok(()))
            .optional()
            .map(|found| found.is_some())
    }

    fn take_in(&mut self, it: &ConversationFull, generation: i64) -> Result<()> {
        if let Some(customer) = &it.customer
            && !self.is_overruled(customer.id.0)?
        {
            self.meet_customer(customer)?;
        }
        let older = if it.messages.len() < MOST_MESSAGES {
            Older::None
        } else {
            Older::Some
        };
        let truth = by_itself(it);
        let tags: Vec<TagId> = it.tags.iter().map(|tag| tag.id).collect();
        match self.known(it.id)? {
            None => {
                let n = self.add_truth(&truth, &tags, older, generation)?;
                for message in &it.messages {
                    self.put_unless_overruled(n, message)?;
                }
                self.note_mentions(n, &it.mentions)?;
                self.set_last(n, last(&it.messages))?;
                self.stand(n)
            }
            Some(known) => {
                self.move_truth(known, &truth, Some(&tags), generation)?;
                self.replace_messages(known.n, &it.messages, older)?;
                self.note_mentions(known.n, &it.mentions)?;
                self.say_last(known.n)?;
                self.stand(known.n)
            }
        }
    }

    /// Makes the messages of a conversation those of a snapshot's line, from the first of them.
    fn replace_messages(&mut self, n: Number, messages: &[Message], older: Older) -> Result<()> {
        let from = match older {
            Older::None => i64::MIN,
            Older::Some => messages.iter().map(|it| it.seq.0).min().unwrap_or(i64::MAX),
        };
        let named: HashSet<_> = messages.iter().map(|it| it.id).collect();
        for (seq, id) in self.message_ids(n, from)? {
            if !named.contains(&id) && !self.is_overruled(id.0)? {
                self.forget_message(seq)?;
            }
        }
        for message in messages {
            self.put_unless_overruled(n, message)?;
        }
        match older {
            Older::None => self.set_older(n, older),
            // What was fetched of the older ones is still here.
            Older::Some => Ok(()),
        }
    }

    fn put_unless_overruled(&mut self, n: Number, message: &Message) -> Result<()> {
        if self.is_overruled(message.id.0)? {
            return Ok(());
        }
        self.put_message(n, message)
    }

    /// Forgets some of what the snapshot did not name, and says how far it looked.
    fn forget_unnamed(&mut self, names: Names, from: Number) -> Result<Option<Number>> {
        const UNNAMED: &str = "SELECT n FROM conversations
            WHERE n > ?1 AND generation <> ?2 AND NOT (overlaid <> 0 AND coalesce(closed < ?4, 0))
            ORDER BY n LIMIT ?3";
        let generation = self.generation()?;
        let since = match names {
            Names::All => i64::MIN,
            Names::ClosedSince(since) => since.0,
        };
        let numbers = self
            .db
            .prepare_cached(UNNAMED)?
            .query_map((from, generation, STEP as i64, since), |row| row.get(0))?
            .collect::<Result<Vec<Number>>>()?;
        for n in &numbers {
            self.forget(*n)?;
        }
        Ok(numbers.last().copied().filter(|_| numbers.len() == STEP))
    }
}

/// The end of the thread for a list: the last words of a person, else what the system wrote.
fn last(messages: &[Message]) -> Option<&Message> {
    let said = |it: &&Message| it.kind != MessageKind::System;
    let newest = |it: &&Message| it.seq;
    messages
        .iter()
        .filter(said)
        .max_by_key(newest)
        .or_else(|| messages.iter().max_by_key(newest))
}

/// A conversation without what belongs to it.
fn by_itself(it: &ConversationFull) -> Conversation {
    Conversation {
        id: it.id,
        number: it.number,
        source: it.source,
        created_at: it.created_at,
        updated_at: it.updated_at,
        closed_at: it.closed_at,
        last_activity_at: it.last_activity_at,
        status: it.status,
        snoozed_until: it.snoozed_until,
        snoozed_until_reply: it.snoozed_until_reply,
        read: it.read,
        priority: it.priority,
        subject: it.subject.clone(),
        account_id: it.account_id,
        customer_id: it.customer_id,
        assignee_id: it.assignee_id,
        team_id: it.team_id,
        inbox_id: it.inbox_id,
        waiting_since: it.waiting_since,
        archived_at: it.archived_at,
        merged_into: it.merged_into,
        last_message_seq: it.last_message_seq,
        version: it.version,
        metadata: it.metadata.clone(),
    }
}
