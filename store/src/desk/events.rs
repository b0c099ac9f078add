//! Taking in what happened: events of the account, by their numbers, in one transaction with
//! the cursor. An event tells how things are now, so one that comes twice does no harm.

use super::cache::Cache;
use super::conversations::Older;
use super::effective::beginning;
use super::standing::Number;
use super::{Desk, settings};
use crate::StoreError;
use frontdesk_protocol::entity::{Conversation, Event, Message};
use frontdesk_protocol::id::{ConversationId, DraftId, EventSeq};
use frontdesk_protocol::kind::{EntityKind, EventKind, MessageKind};
use rusqlite::Result;
use std::collections::BTreeSet;

/// What events changed here, and what they told of without saying how it is now.
#[derive(Debug, Clone, Default)]
pub struct Changed {
    /// The conversations that may look different, each once.
    pub conversations: Vec<ConversationId>,
    /// What customers wrote.
    pub arrived: Vec<Arrival>,
    /// The small shared things that are to be asked for.
    pub entities: Vec<(EntityKind, String)>,
    /// The drafts that are to be asked for.
    pub drafts: Vec<DraftId>,
    /// The conversations that are to be asked for: they were not here, so that their messages
    /// are missing, or a colleague wrote a note that may name the agent.
    pub refetch: Vec<ConversationId>,
    /// Set when numbers are missing before this event: what is in between is to be asked for.
    /// Nothing from it on was taken in.
    pub gap_before: Option<EventSeq>,
}

/// A customer's new message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub conversation: ConversationId,
    /// The customer's name, or what there is instead. Anything may stand in it.
    pub customer: String,
    /// The beginning of the text. Anything may stand in it.
    pub words: String,
}

impl Desk {
    /// Takes in events in the order of their numbers. Those at or below the cursor are skipped,
    /// those the agent may not see only counted. Without a cursor or a snapshot under way
    /// nothing is taken in.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn apply(&mut self, events: &[Event]) -> std::result::Result<Changed, StoreError> {
        self.forget_what_was_written(events)?;
        self.write(|cache| cache.apply(events))
    }
}

impl Cache<'_> {
    fn apply(&mut self, events: &[Event]) -> Result<Changed> {
        let mut taking = Taking::default();
        let Some((name, mut at)) = self.position()? else {
            return Ok(taking.changed);
        };
        taking.is_filling = name == settings::FILLING;
        taking.generation = self.generation()?;
        for event in events {
            if event.seq <= at {
                continue;
            }
            if event.seq.0 != at.0 + 1 {
                taking.changed.gap_before = Some(event.seq);
                break;
            }
            self.take(event, &mut taking)?;
            at = event.seq;
        }
        settings::set(self.db, name, &at)?;
        for n in std::mem::take(&mut taking.stirred) {
            self.say_last(n)?;
        }
        for n in std::mem::take(&mut taking.moved) {
            self.stand(n)?;
        }
        taking.changed.conversations = taking.conversations.into_iter().collect();
        taking.changed.refetch = taking.refetch.into_iter().collect();
        Ok(taking.changed)
    }

    /// Under which name the number of the last event is kept now, and that number.
    fn position(&self) -> Result<Option<(&'static str, EventSeq)>> {
        for name in [settings::FILLING, settings::CURSOR] {
            if let Some(seq) = settings::get(self.db, name)? {
                return Ok(Some((name, seq)));
            }
        }
        Ok(None)
    }

    fn take(&mut self, event: &Event, taking: &mut Taking) -> Result<()> {
        if let Some(customer) = &event.customer {
            self.meet_customer(customer)?;
            if taking.is_filling {
                self.overrule(customer.id.0)?;
            }
        }
        let n = match &event.conversation {
            Some(it) => Some(self.take_conversation(it, event, taking)?),
            None => None,
        };
        match event.kind {
            EventKind::MessageCreated | EventKind::MessageUpdated => {
                self.take_message(n, event, taking)
            }
            EventKind::MessageDeleted => self.drop_message(event, taking),
            EventKind::ConversationDeleted => self.drop_conversation(event, taking),
            EventKind::CustomerDeleted => event
                .customer_id
                .map_or(Ok(()), |id| self.forget_customer(id)),
            EventKind::CustomerCreated | EventKind::CustomerUpdated => {
                self.name_conversations(event, taking)
            }
            EventKind::DraftUpdated => {
                taking.changed.drafts.extend(event.draft_id);
                Ok(())
            }
            EventKind::EntityChanged | EventKind::EntityDeleted => {
                let entity = event.entity.zip(event.entity_id.clone());
                taking.changed.entities.extend(entity);
                Ok(())
            }
            EventKind::ConversationCreated | EventKind::ConversationUpdated | EventKind::Hidden => {
                Ok(())
            }
        }
    }

    fn take_conversation(
        &mut self,
        it: &Conversation,
        event: &Event,
        taking: &mut Taking,
    ) -> Result<Number> {
        let tags = event.tag_ids.as_deref();
        taking.conversations.insert(it.id);
        let n = match self.known(it.id)? {
            Some(known) => {
                self.move_truth(known, it, tags, taking.generation)?;
                known.n
            }
            None => {
                // The beginning of a conversation tells all of it; any other event does not.
                let is_new = event.kind == EventKind::ConversationCreated;
                let older = if is_new { Older::None } else { Older::Some };
                if !is_new {
                    taking.refetch.insert(it.id);
                }
                self.add_truth(it, tags.unwrap_or_default(), older, taking.generation)?
            }
        };
        taking.moved.insert(n);
        Ok(n)
    }

    fn take_message(
        &mut self,
        n: Option<Number>,
        event: &Event,
        taking: &mut Taking,
    ) -> Result<()> {
        let Some(message) = &event.message else {
            // It is gone by now, and so is what was kept of it.
            return self.drop_message(event, taking);
        };
        let known = match n {
            Some(n) => Some(n),
            None => self.number(message.conversation_id)?,
        };
        let Some(n) = known else {
            taking.refetch.insert(message.conversation_id);
            return Ok(());
        };
        self.put_message(n, message)?;
        taking.stirred.insert(n);
        taking.moved.insert(n);
        taking.conversations.insert(message.conversation_id);
        if taking.is_filling {
            self.overrule(message.id.0)?;
        }
        if event.kind == EventKind::MessageCreated {
            self.hear(n, message, taking)?;
        }
        Ok(())
    }

    /// Notes who is to be told of a new message.
    fn hear(&self, n: Number, it: &Message, taking: &mut Taking) -> Result<()> {
        if it.kind == MessageKind::Note && it.user_id != Some(self.me) {
            taking.refetch.insert(it.conversation_id);
        }
        let is_customers = it.kind == MessageKind::Reply && it.user_id.is_none();
        if is_customers && let Some(row) = self.truth(n)? {
            taking.changed.arrived.push(Arrival {
                conversation: it.conversation_id,
                customer: row.customer,
                words: beginning(it.body.as_deref().unwrap_or_default()),
            });
        }
        Ok(())
    }

    fn drop_message(&mut self, event: &Event, taking: &mut Taking) -> Result<()> {
        let (Some(conversation), Some(id)) = (event.conversation_id, event.message_id) else {
            return Ok(());
        };
        if taking.is_filling {
            self.overrule(id.0)?;
        }
        let Some(n) = self.number(conversation)? else {
            return Ok(());
        };
        for (seq, known) in self.message_ids(n, i64::MIN)? {
            if known == id {
                self.forget_message(seq)?;
            }
        }
        taking.stirred.insert(n);
        taking.moved.insert(n);
        taking.conversations.insert(conversation);
        Ok(())
    }

    fn drop_conversation(&mut self, event: &Event, taking: &mut Taking) -> Result<()> {
        let Some(id) = event.conversation_id else {
            return Ok(());
        };
        if taking.is_filling {
            self.overrule(id.0)?;
        }
        if let Some(n) = self.number(id)? {
            self.forget(n)?;
            taking.stirred.remove(&n);
            taking.moved.remove(&n);
        }
        taking.conversations.insert(id);
        taking.refetch.remove(&id);
        Ok(())
    }

    /// A customer's new name shows in all its conversations.
    fn name_conversations(&self, event: &Event, taking: &mut Taking) -> Result<()> {
        if let Some(customer) = &event.customer {
            taking
                .conversations
                .extend(self.conversations_of(customer.id)?);
        }
        Ok(())
    }
}

/// What is gathered while events are taken in.
#[derive(Debug, Default)]
struct Taking {
    changed: Changed,
    is_filling: bool,
    generation: i64,
    conversations: BTreeSet<ConversationId>,
    refetch: BTreeSet<ConversationId>,
    /// Whose messages changed.
    stirred: BTreeSet<Number>,
    /// Who may stand elsewhere.
    moved: BTreeSet<Number>,
}
