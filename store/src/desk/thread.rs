//! A conversation with all of it that the screen shows.

use super::Desk;
use super::cache::Cache;
use super::customers::basic;
use super::messages::limit_of;
use super::standing::Number;
use crate::StoreError;
use frontdesk_inbox::{Command, Queued, Row, Thread};
use frontdesk_protocol::entity::{CustomerFull, Message};
use frontdesk_protocol::id::{ConversationId, CustomerId, EventSeq};
use rusqlite::{Result, params};

/// How many other conversations of a customer are shown.
const MOST_OTHERS: usize = 30;

impl Desk {
    /// A conversation with its newest messages. Nothing when it is not here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn thread(
        &self,
        id: ConversationId,
        limit: usize,
    ) -> std::result::Result<Option<Thread>, StoreError> {
        let cache = self.cache();
        let read = || {
            let Some(n) = cache.number(id)? else {
                return Ok(None);
            };
            let Some(row) = cache.row(n)? else {
                return Ok(None);
            };
            let customer_id = row.conversation.customer_id;
            let customer = cache.customer(customer_id)?;
            let (mut messages, has_older) =
                self.with_people(&cache, n, EventSeq(i64::MAX), limit, customer.as_ref())?;
            for entry in cache.outbox.of(id) {
                hide_split(&mut messages, &entry.queued);
            }
            Ok(Some(Thread {
                messages,
                has_older,
                draft: cache.draft(id)?,
                queued: cache
                    .outbox
                    .of(id)
                    .iter()
                    .map(|it| it.queued.clone())
                    .collect(),
                others: cache.others(customer_id, n)?,
                customer,
                row,
            }))
        };
        read().map_err(|cause| self.met(StoreError::Read(cause)))
    }

    /// The newest messages of a conversation before a number, in the order of the thread, and
    /// whether there are older ones, here or with the server.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn older(
        &self,
        id: ConversationId,
        before: EventSeq,
        limit: usize,
    ) -> std::result::Result<(Vec<Message>, bool), StoreError> {
        let cache = self.cache();
        let read = || {
            let Some(n) = cache.number(id)? else {
                return Ok((Vec::new(), false));
            };
            let customer = match cache.row(n)? {
                Some(row) => cache.customer(row.conversation.customer_id)?,
                None => None,
            };
            self.with_people(&cache, n, before, limit, customer.as_ref())
        };
        read().map_err(|cause| self.met(StoreError::Read(cause)))
    }

    fn with_people(
        &self,
        cache: &Cache<'_>,
        n: Number,
        before: EventSeq,
        limit: usize,
        customer: Option<&CustomerFull>,
    ) -> Result<(Vec<Message>, bool)> {
        let mut messages = cache.messages(n, before, limit.saturating_add(1))?;
        let is_more_here = messages.len() > limit;
        if is_more_here {
            messages.remove(0);
        }
        for message in &mut messages {
            message.user = message
                .user_id
                .and_then(|id| self.directory.user(id).cloned());
            message.customer = match (message.customer_id, customer) {
                (Some(id), Some(customer)) if customer.id == id => Some(basic(customer)),
                (Some(id), _) => cache.customer(id)?.as_ref().map(basic),
                (None, _) => None,
            };
        }
        Ok((messages, is_more_here || cache.has_older(n)?))
    }
}

/// Leaves out what the agent has split off, before the server has done it.
fn hide_split(messages: &mut Vec<Message>, queued: &Queued) {
    if let Command::Split { messages: gone, .. } = &queued.command
        && queued.state.is_shown_as_done()
    {
        messages.retain(|it| !gone.contains(&it.id));
    }
}

impl Cache<'_> {
    /// The customer's other conversations, the latest first.
    fn others(&self, customer: CustomerId, than: Number) -> Result<Vec<Row>> {
        const OTHERS: &str = "SELECT n FROM conversations WHERE customer = ?1 AND n <> ?2
            ORDER BY activity DESC LIMIT ?3";
        let mut statement = self.db.prepare_cached(OTHERS)?;
        let numbers = statement
            .query_map(
                params![customer.as_bytes(), than, limit_of(MOST_OTHERS)],
                |row| row.get(0),
            )?
            .collect::<Result<Vec<Number>>>()?;
        let mut rows = Vec::with_capacity(numbers.len());
        for n in numbers {
            rows.extend(self.row(n)?);
        }
        Ok(rows)
    }
}
