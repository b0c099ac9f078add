//! Messages. The people in them are kept once, beside them, and put back when they are read.

use super::Desk;
use super::cache::Cache;
use super::conversations::Older;
use super::effective::beginning;
use super::read::{json, to_json};
use super::standing::Number;
use crate::StoreError;
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{ConversationId, EventSeq, MessageId};
use frontdesk_protocol::kind::MessageKind;
use rusqlite::{Result, params};

impl Desk {
    /// Keeps messages of a conversation that were asked for one by one, and whether the server
    /// has older ones. Those of a conversation that is not here are not kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_messages(
        &mut self,
        conversation: ConversationId,
        messages: &[Message],
        older: Older,
    ) -> std::result::Result<(), StoreError> {
        self.write(|cache| {
            let Some(n) = cache.number(conversation)? else {
                return Ok(());
            };
            for message in messages {
                cache.put_message(n, message)?;
            }
            cache.set_older(n, older)?;
            cache.say_last(n)?;
            cache.stand(n)
        })
    }
}

impl Cache<'_> {
    /// Keeps a message in place of what was known of it.
    pub(crate) fn put_message(&mut self, n: Number, it: &Message) -> Result<()> {
        const ADD: &str = "INSERT INTO messages (conversation, seq, message) VALUES (?1, ?2, ?3)
            ON CONFLICT (seq) DO NOTHING";
        let text = to_json(&without_people(it))?;
        let added = self.db.prepare_cached(ADD)?.execute((n, it.seq.0, &text))?;
        if added == 0 {
            return self.change_message(n, it, &text);
        }
        self.index_message(it);
        Ok(())
    }

    fn change_message(&mut self, n: Number, it: &Message, text: &str) -> Result<()> {
        const KNOWN: &str = "SELECT message FROM messages WHERE seq = ?1";
        const CHANGE: &str = "UPDATE messages SET conversation = ?1, message = ?3 WHERE seq = ?2 AND (conversation <> ?1 OR message <> ?3)";
        let known: Message = self
            .db
            .prepare_cached(KNOWN)?
            .query_row([it.seq.0], |row| json(row, 0))?;
        self.db
            .prepare_cached(CHANGE)?
            .execute((n, it.seq.0, text))?;
        if known.body != it.body || known.kind != it.kind {
            self.unindex_message(it.seq.0)?;
            self.index_message(it);
        }
        Ok(())
    }

    /// The newest messages of a conversation below a number, in the order of the thread.
    pub(crate) fn messages(
        &self,
        n: Number,
        below: EventSeq,
        limit: usize,
    ) -> Result<Vec<Message>> {
        const NEWEST: &str = "SELECT message FROM messages
            WHERE conversation = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
        let mut found: Vec<Message> = self
            .db
            .prepare_cached(NEWEST)?
            .query_map(params![n, below.0, limit_of(limit)], |row| json(row, 0))?
            .collect::<Result<_>>()?;
        found.reverse();
        Ok(found)
    }

    /// Ids and numbers of a conversation's messages from a number on.
    pub(crate) fn message_ids(&self, n: Number, from: i64) -> Result<Vec<(i64, MessageId)>> {
        const IDS: &str = "SELECT seq, message FROM messages WHERE conversation = ?1 AND seq >= ?2";
        self.db
            .prepare_cached(IDS)?
            .query_map((n, from), |row| {
                Ok((row.get(0)?, json::<Message>(row, 1)?.id))
            })?
            .collect()
    }

    /// Forgets a message by its number.
    pub(crate) fn forget_message(&mut self, seq: i64) -> Result<()> {
        self.unindex_message(seq)?;
        self.db
            .prepare_cached("DELETE FROM messages WHERE seq = ?1")?
            .execute([seq])
            .map(drop)
    }

    /// Forgets all messages of a conversation.
    pub(crate) fn forget_messages(&mut self, n: Number) -> Result<()> {
        let seqs = self
            .db
            .prepare_cached("SELECT seq FROM messages WHERE conversation = ?1")?
            .query_map([n], |row| row.get(0))?
            .collect::<Result<Vec<i64>>>()?;
        seqs.into_iter()
            .try_for_each(|seq| self.forget_message(seq))
    }

    /// Notes the end of the thread for the lists, after messages came or went: the last words of
    /// a person if there are any near the end, else what the system wrote.
    pub(crate) fn say_last(&self, n: Number) -> Result<()> {
        const NEAR: &str = "SELECT message FROM messages WHERE conversation = ?1
            ORDER BY seq DESC LIMIT 8";
        let mut statement = self.db.prepare_cached(NEAR)?;
        let mut rows = statement.query([n])?;
        let mut newest: Option<Message> = None;
        while let Some(row) = rows.next()? {
            let message: Message = json(row, 0)?;
            if message.kind != MessageKind::System {
                return self.set_last(n, Some(&message));
            }
            newest = newest.or(Some(message));
        }
        self.set_last(n, newest.as_ref())
    }

    /// Notes which message is the end of the thread for the lists.
    pub(crate) fn set_last(&self, n: Number, it: Option<&Message>) -> Result<()> {
        const SAY: &str = "UPDATE conversations
            SET last_by = ?2, last_user = ?3, last_at = ?4, last_text = ?5 WHERE n = ?1";
        let by = it.map(speaker);
        let user = it.and_then(|it| it.user_id).map(|user| user.0);
        let at = it.map(|it| it.sent_at.map_or(it.created_at.0.0, |at| at.0.0));
        let text = it.map(|it| beginning(it.body.as_deref().unwrap_or_default()));
        self.db
            .prepare_cached(SAY)?
            .execute(params![n, by, user, at, text])
            .map(drop)
    }
}

/// A limit as SQLite takes it.
pub(crate) fn limit_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Who speaks, as the table keeps it.
fn speaker(it: &Message) -> i64 {
    match it.kind {
        MessageKind::Bot => 1,
        MessageKind::System => 2,
        _ if it.user_id.is_some() => 3,
        _ => 0,
    }
}

fn without_people(it: &Message) -> Message {
    let mut it = it.clone();
    it.user = None;
    it.customer = None;
    it
}
