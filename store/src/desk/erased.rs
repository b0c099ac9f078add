//! A customer who is erased takes along what the agent wrote to them and did with what they wrote:
//! neither a command that waits, nor a text that was begun, nor a deed outlives it. A conversation
//! that only moved out of view takes nothing.

use super::read::{conversation_id, json};
use super::{Desk, deeds};
use crate::StoreError;
use frontdesk_inbox::{Enclosure, IntentId};
use frontdesk_protocol::entity::Event;
use frontdesk_protocol::id::{ConversationId, CustomerId};
use frontdesk_protocol::kind::EventKind;
use rusqlite::Result;

impl Desk {
    /// Forgets what was written to the customers that events say are gone. It comes before the
    /// events are taken in, while it is known whose conversations are whose; done twice, it does
    /// nothing.
    pub(super) fn forget_what_was_written(
        &mut self,
        events: &[Event],
    ) -> std::result::Result<(), StoreError> {
        let gone = events
            .iter()
            .filter(|event| event.kind == EventKind::CustomerDeleted)
            .filter_map(|event| event.customer_id);
        for customer in gone {
            let theirs = self.all_of(customer).map_err(StoreError::Read)?;
            for conversation in theirs {
                let files = self.forget_written(conversation);
                self.release(&files.map_err(StoreError::Write)?)?;
            }
        }
        Ok(())
    }

    fn all_of(&self, customer: CustomerId) -> Result<Vec<ConversationId>> {
        self.db
            .prepare_cached("SELECT id FROM conversations WHERE customer = ?1")?
            .query_map([customer.as_bytes()], |row| conversation_id(row, 0))?
            .collect()
    }

    /// Says which files went along.
    fn forget_written(&mut self, conversation: ConversationId) -> Result<Vec<Enclosure>> {
        let entries = self.outbox.of(conversation).iter();
        let mut files: Vec<Enclosure> = entries.flat_map(|it| it.queued.files.clone()).collect();
        let waiting = self.outbox.of(conversation).iter();
        let waiting: Vec<IntentId> = waiting.map(|entry| entry.queued.id).collect();
        for id in waiting {
            self.outbox.erase(id)?;
            // What is on disk no longer is not wanted in memory either.
            drop(self.outbox.withdraw(id));
        }
        deeds::forget_of(&self.outbox.db, conversation)?;
        let mut texts = self
            .outbox
            .db
            .prepare_cached("DELETE FROM texts WHERE conversation = ?1 RETURNING files")?;
        let of_texts = texts.query_map([conversation.as_bytes()], |row| json(row, 0))?;
        for more in of_texts {
            files.extend::<Vec<Enclosure>>(more?);
        }
        Ok(files)
    }
}
