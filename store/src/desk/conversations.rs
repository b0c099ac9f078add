//! Conversations: what the server said of them, and the line a list shows.

use super::cache::Cache;
use super::effective::effective;
use super::read::{conversation_id, json, to_json};
use super::standing::Number;
use super::{Desk, drafts};
use crate::StoreError;
use frontdesk_inbox::{LastWords, OutMark, Row, Speaker};
use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::{ConversationId, CustomerId, TagId, UserId};
use frontdesk_protocol::time::Timestamp;
use rusqlite::{OptionalExtension as _, Result, params};

/// What a row is read from, in the order of [`truth_of`].
const ROW: &str = "SELECT it.truth, it.tags, it.draft, it.mentioned,
        it.last_by, it.last_user, it.last_at, it.last_text, customers.title,
        json_extract(customers.customer, '$.blocked_at') IS NOT NULL
    FROM conversations AS it LEFT JOIN customers ON customers.id = it.customer
    WHERE it.n = ?1";

/// Where a conversation is kept and how new what is kept is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) n: Number,
    pub(crate) version: i64,
}

/// Whether the server has messages that are not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Older {
    /// The beginning of the thread is here.
    None,
    /// There are, or may be.
    Some,
}

impl Desk {
    /// The conversations as lists show them. Those that are not here are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rows(&self, ids: &[ConversationId]) -> std::result::Result<Vec<Row>, StoreError> {
        let cache = self.cache();
        let read = || {
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some(n) = cache.number(*id)? {
                    rows.extend(cache.row(n)?);
                }
            }
            Ok(rows)
        };
        read().map_err(|cause| self.met(StoreError::Read(cause)))
    }

    /// The conversation that people call by this number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn by_number(
        &self,
        number: i64,
    ) -> std::result::Result<Option<ConversationId>, StoreError> {
        self.db
            .prepare_cached("SELECT id FROM conversations WHERE number = ?1")
            .and_then(|mut found| {
                found
                    .query_row([number], |row| conversation_id(row, 0))
                    .optional()
            })
            .map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

impl Cache<'_> {
    /// The local number of a conversation, when it is here.
    pub(crate) fn number(&self, id: ConversationId) -> Result<Option<Number>> {
        self.db
            .prepare_cached("SELECT n FROM conversations WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()
    }

    /// Where a conversation is kept, when it is here.
    pub(crate) fn known(&self, id: ConversationId) -> Result<Option<Known>> {
        self.db
            .prepare_cached("SELECT n, version FROM conversations WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| {
                Ok(Known {
                    n: row.get(0)?,
                    version: row.get(1)?,
                })
            })
            .optional()
    }

    /// The latest conversations of a customer, as many as anybody would see at once.
    pub(crate) fn conversations_of(&self, customer: CustomerId) -> Result<Vec<ConversationId>> {
        const LATEST: &str = "SELECT id FROM conversations WHERE customer = ?1
            ORDER BY activity DESC LIMIT 200";
        self.db
            .prepare_cached(LATEST)?
            .query_map([customer.as_bytes()], |row| conversation_id(row, 0))?
            .collect()
    }

    /// A conversation as it is shown.
    pub(crate) fn row(&self, n: Number) -> Result<Option<Row>> {
        Ok(self.truth(n)?.map(|truth| {
            let queued = self.outbox.of(truth.id());
            effective(truth, queued.iter().map(|it| &it.queued))
        }))
    }

    /// A conversation as the server said it.
    pub(crate) fn truth(&self, n: Number) -> Result<Option<Row>> {
        self.db
            .prepare_cached(ROW)?
            .query_row([n], |row| truth_of(row, self.me))
            .optional()
    }

    /// Keeps a conversation that is not here yet.
    pub(crate) fn add_truth(
        &self,
        it: &Conversation,
        tags: &[TagId],
        older: Older,
        generation: i64,
    ) -> Result<Number> {
        const ADD: &str = "INSERT INTO conversations
                (id, customer, number, version, activity, closed, has_older, generation, tags, truth, draft)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let draft = drafts::code(self.draft_mark(it.id)?);
        self.db.prepare_cached(ADD)?.execute(params![
            it.id.as_bytes(),
            it.customer_id.as_bytes(),
            it.number,
            it.version,
            activity(it),
            it.closed_at.map(|at| at.0.0),
            i64::from(older == Older::Some),
            generation,
            to_json(&tags)?,
            to_json(it)?,
            draft,
        ])?;
        let n = self.db.last_insert_rowid();
        self.index_subject(it.number, it.subject.as_deref())?;
        Ok(n)
    }

    /// Keeps what the server says of a conversation that is here, unless something newer is.
    pub(crate) fn move_truth(
        &self,
        known: Known,
        it: &Conversation,
        tags: Option<&[TagId]>,
        generation: i64,
    ) -> Result<()> {
        const MOVE: &str = "UPDATE conversations SET customer = ?2, number = ?3, version = ?4,
                activity = ?5, closed = ?6, generation = ?7, tags = coalesce(?8, tags), truth = ?9
            WHERE n = ?1";
        const NAME: &str = "UPDATE conversations SET generation = ?2 WHERE n = ?1";
        if it.version < known.version {
            return self
                .db
                .prepare_cached(NAME)?
                .execute((known.n, generation))
                .map(drop);
        }
        let tags = tags.map(|tags| to_json(&tags)).transpose()?;
        self.move_subject(known.n, it)?;
        self.db
            .prepare_cached(MOVE)?
            .execute(params![
                known.n,
                it.customer_id.as_bytes(),
                it.number,
                it.version,
                activity(it),
                it.closed_at.map(|at| at.0.0),
                generation,
                tags,
                to_json(it)?,
            ])
            .map(drop)
    }

    fn move_subject(&self, n: Number, it: &Conversation) -> Result<()> {
        const KNOWN: &str = "SELECT number, truth ->> '$.subject' FROM conversations WHERE n = ?1";
        let (number, subject): (i64, Option<String>) = self
            .db
            .prepare_cached(KNOWN)?
            .query_row([n], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if number != it.number || subject != it.subject {
            self.unindex_subject(number)?;
            self.index_subject(it.number, it.subject.as_deref())?;
        }
        Ok(())
    }

    /// Says whether the server has messages of a conversation that are not here.
    pub(crate) fn set_older(&self, n: Number, older: Older) -> Result<()> {
        self.db
            .prepare_cached("UPDATE conversations SET has_older = ?2 WHERE n = ?1")?
            .execute((n, i64::from(older == Older::Some)))
            .map(drop)
    }

    /// Whether the server has messages of a conversation that are not here.
    pub(crate) fn has_older(&self, n: Number) -> Result<bool> {
        self.db
            .prepare_cached("SELECT has_older FROM conversations WHERE n = ?1")?
            .query_row([n], |row| row.get(0))
    }

    /// Forgets a conversation and its messages.
    pub(crate) fn forget(&mut self, n: Number) -> Result<()> {
        self.leave(n)?;
        self.forget_messages(n)?;
        let number: Option<i64> = self
            .db
            .prepare_cached("DELETE FROM conversations WHERE n = ?1 RETURNING number")?
            .query_row([n], |row| row.get(0))
            .optional()?;
        number.map_or(Ok(()), |number| self.unindex_subject(number))
    }
}

fn activity(it: &Conversation) -> i64 {
    it.last_activity_at.map_or(it.created_at.0.0, |at| at.0.0)
}

/// A row that shows the truth, out of [`ROW`].
fn truth_of(row: &rusqlite::Row<'_>, me: UserId) -> Result<Row> {
    let customer: Option<String> = row.get(8)?;
    Ok(Row {
        conversation: json(row, 0)?,
        customer: customer.unwrap_or_default(),
        last: last_words(row, me)?,
        tags: json(row, 1)?,
        draft: drafts::mark(row.get(2)?),
        is_mentioned: row.get(3)?,
        is_blocked: row.get(9)?,
        out: OutMark::None,
    })
}

fn last_words(row: &rusqlite::Row<'_>, me: UserId) -> Result<Option<LastWords>> {
    let by = match row.get::<_, Option<i64>>(4)? {
        None => return Ok(None),
        Some(0) => Speaker::Customer,
        Some(1) => Speaker::Bot,
        Some(2) => Speaker::System,
        Some(_) if row.get::<_, Option<i64>>(5)? == Some(me.0) => Speaker::Me,
        Some(_) => Speaker::Colleague,
    };
    Ok(Some(LastWords {
        by,
        text: row.get(7)?,
        at: Timestamp(row.get(6)?),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{Sync, configure};
    use crate::migrate::DESK;
    use rusqlite::{Connection, StatementStatus};

    #[test]
    fn a_plan_is_made_once_for_all_conversations() {
        let db = Connection::open_in_memory().unwrap();
        configure(&db, Sync::Normal).unwrap();
        DESK.iter().for_each(|step| db.execute_batch(step).unwrap());
        let mut statement = db.prepare(ROW).unwrap();
        for n in 0..3 {
            assert!(!statement.exists([n]).unwrap());
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
