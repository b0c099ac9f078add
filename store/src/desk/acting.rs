//! What the agent does: on disk in the outbox before it returns, shown at once, sent in order,
//! forgotten when the server has done it.
//!
//! The two files are written one after the other, in the order that survives a crash between
//! them: a new command goes to the outbox first, a confirmed one leaves it last. A conversation
//! that is shown with something of the outbox is marked, and computed anew when the desk is
//! opened.

use super::cache::Cache;
use super::outbox::Entry;
use super::read::json;
use super::standing::Number;
use super::{Desk, sending};
use crate::StoreError;
use frontdesk_inbox::{Command, Guard, IntentId, OutState, Queued};
use frontdesk_protocol::entity::{Conversation, Message};
use frontdesk_protocol::id::{ConversationId, EventSeq, MessageId};
use frontdesk_protocol::time::Timestamp;
use rusqlite::Result;

impl Desk {
    /// Writes commands down and shows them as done. They survive whatever happens next.
    ///
    /// # Errors
    /// When a file cannot be written. Nothing was done then.
    pub fn enqueue(&mut self, commands: &[Queued]) -> std::result::Result<(), StoreError> {
        self.outbox.push(commands).map_err(StoreError::Write)?;
        let mut conversations: Vec<_> = commands.iter().map(|it| it.conversation_id).collect();
        conversations.sort_unstable();
        conversations.dedup();
        self.show(&conversations)
    }

    /// All that waits, in the order it was done.
    #[must_use]
    pub fn waiting(&self) -> Vec<Queued> {
        in_order(self.outbox.all().flatten().collect())
    }

    /// What is to be sent now: the next command of each conversation, the oldest first.
    #[must_use]
    pub fn next_to_send(&self, now: Timestamp) -> Vec<Queued> {
        let next = self.outbox.all().filter_map(|entries| {
            let queued = sending::next(entries.iter().map(|it| &it.queued), now)?;
            entries.iter().find(|it| it.queued.id == queued.id)
        });
        in_order(next.collect())
    }

    /// Notes that a command is about to leave, and says what leaves: as it is by now, or nothing
    /// where it was taken back or has to be decided about.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn begin_sending(
        &mut self,
        id: IntentId,
    ) -> std::result::Result<Option<Queued>, StoreError> {
        let queued = self.outbox.get(id).map(|entry| entry.queued.clone());
        let is_ready = |it: &Queued| matches!(it.state, OutState::Waiting | OutState::Unsure);
        let Some(queued) = queued.filter(is_ready) else {
            return Ok(None);
        };
        let version = self.version(queued.conversation_id)?;
        let noted = self.outbox.note_sending(id, version);
        noted.map_err(StoreError::Write)?;
        Ok(Some(queued))
    }

    /// What was answered could not be written down, so that the server has to be asked again.
    pub fn lose_answer(&mut self, id: IntentId) {
        self.outbox.lose_answer(id);
    }

    /// Notes how far a command has come.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn set_state(
        &mut self,
        id: IntentId,
        state: OutState,
    ) -> std::result::Result<(), StoreError> {
        let Some(entry) = self.outbox.get(id) else {
            return Ok(());
        };
        let mut changed = entry.queued.clone();
        if state == OutState::Sending {
            let version = self.version(changed.conversation_id)?;
            return self
                .outbox
                .note_sending(id, version)
                .map_err(StoreError::Write);
        }
        changed.state = state;
        self.change(&changed)
    }

    /// Lets a command go before its hold is over.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn release_hold(&mut self, id: IntentId) -> std::result::Result<(), StoreError> {
        let Some(entry) = self.outbox.get(id) else {
            return Ok(());
        };
        let mut changed = entry.queued.clone();
        changed.hold_until = None;
        self.change(&changed)
    }

    /// Puts other words, or another guard, in place of a command's. It waits again. One that may
    /// have arrived is left alone.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn revise(
        &mut self,
        id: IntentId,
        command: Command,
    ) -> std::result::Result<(), StoreError> {
        let Some(entry) = self.outbox.get(id) else {
            return Ok(());
        };
        let mut changed = entry.queued.clone();
        if changed.state.may_have_arrived() {
            return Ok(());
        }
        changed.command = command;
        changed.state = OutState::Waiting;
        self.change(&changed)
    }

    /// Forgets a command that is not to be done any more, and shows things without it.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn drop_intent(&mut self, id: IntentId) -> std::result::Result<(), StoreError> {
        self.outbox.erase(id).map_err(StoreError::Write)?;
        let Some(entry) = self.outbox.withdraw(id) else {
            return Ok(());
        };
        self.show(&[entry.queued.conversation_id])
    }

    /// Takes in what the server answered to a command, and forgets the command. What the answer
    /// does not tell is taken as the command said, until an event tells.
    ///
    /// # Errors
    /// When a file cannot be written. The command is then sent again under its name.
    pub fn confirmed(
        &mut self,
        id: IntentId,
        conversation: Option<&Conversation>,
        message: Option<&Message>,
    ) -> std::result::Result<(), StoreError> {
        let Some(entry) = self.outbox.withdraw(id) else {
            return Ok(());
        };
        let files = entry.queued.files.clone();
        let kept = self.write(|cache| cache.settle(&entry, conversation, message));
        if kept.is_err() {
            self.outbox.restore(entry);
            return kept;
        }
        self.outbox.erase(id).map_err(StoreError::Write)?;
        self.release(&files)
    }

    /// Holds back what was written before somebody else wrote: replies and approvals that wait,
    /// and whose conversation has something newer than the agent had seen. Call it when events
    /// are caught up, and before anything is sent. Answers with what it held back.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn stale_after_catch_up(&mut self) -> std::result::Result<Vec<Queued>, StoreError> {
        let mut stale = Vec::new();
        for mut queued in self.waiting() {
            let Some(seen) = seen(&queued) else {
                continue;
            };
            let newer = self.newer(queued.conversation_id, seen)?;
            if !newer.is_empty() {
                queued.state = OutState::Held { newer };
                self.change(&queued)?;
                stale.push(queued);
            }
        }
        Ok(stale)
    }

    fn newer(
        &self,
        conversation: ConversationId,
        seen: EventSeq,
    ) -> std::result::Result<Vec<MessageId>, StoreError> {
        let cache = self.cache();
        let read = || match cache.number(conversation)? {
            Some(n) => cache.written_since(n, seen),
            None => Ok(Vec::new()),
        };
        read().map_err(|cause| self.met(StoreError::Read(cause)))
    }

    fn version(&self, id: ConversationId) -> std::result::Result<Option<i64>, StoreError> {
        let known = self.cache().known(id);
        let known = known.map_err(|cause| self.met(StoreError::Read(cause)))?;
        Ok(known.map(|known| known.version))
    }

    fn change(&mut self, changed: &Queued) -> std::result::Result<(), StoreError> {
        self.outbox.change(changed).map_err(StoreError::Write)?;
        self.show(&[changed.conversation_id])
    }

    /// Shows conversations with what waits in them now.
    fn show(&mut self, conversations: &[ConversationId]) -> std::result::Result<(), StoreError> {
        self.write(|cache| {
            for id in conversations {
                if let Some(n) = cache.number(*id)? {
                    cache.stand(n)?;
                }
            }
            Ok(())
        })
    }
}

impl Cache<'_> {
    /// What somebody else wrote in a conversation after a number.
    fn written_since(&self, n: Number, seen: EventSeq) -> Result<Vec<MessageId>> {
        // As many as the server would name.
        const SINCE: &str = "SELECT message FROM messages
            WHERE conversation = ?1 AND seq > ?2 ORDER BY seq LIMIT 100";
        let mut statement = self.db.prepare_cached(SINCE)?;
        let mut rows = statement.query((n, seen.0))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let it: Message = json(row, 0)?;
            if it.customer_id.is_some() || it.user_id.is_some_and(|user| user != self.me) {
                found.push(it.id);
            }
        }
        Ok(found)
    }

    fn settle(
        &mut self,
        entry: &Entry,
        conversation: Option<&Conversation>,
        message: Option<&Message>,
    ) -> Result<()> {
        let queued = &entry.queued;
        let Some(known) = self.known(queued.conversation_id)? else {
            return Ok(());
        };
        let generation = self.generation()?;
        if let Some(truth) = self.truth(known.n)? {
            let (mut it, mut tags) = (truth.conversation, truth.tags);
            // Whoever changed it after it was sent knew better.
            if entry
                .sent_at_version
                .is_none_or(|sent| sent >= known.version)
            {
                queued.command.apply(&mut it, queued.made_at);
                queued.command.apply_to_tags(&mut tags);
                self.move_truth(known, &it, Some(&tags), generation)?;
            }
        }
        if let Some(it) = conversation {
            self.move_truth(known, it, None, generation)?;
        }
        if let Some(message) = message {
            self.put_message(known.n, message)?;
            self.say_last(known.n)?;
        }
        match queued.command {
            Command::Read => self.set_mentioned(known.n, 0)?,
            Command::Block(customer) => self.set_blocked(customer, Some(queued.made_at))?,
            Command::Unblock(customer) => self.set_blocked(customer, None)?,
            // It is decided, so nobody is asked about it again before the server tells more.
            Command::ApproveDraft { draft, .. } | Command::RejectDraft { draft, .. } => {
                self.forget_draft(draft)?;
            }
            _ => {}
        }
        self.stand(known.n)
    }
}

/// What the writer of something that waits had seen, when that matters.
fn seen(queued: &Queued) -> Option<EventSeq> {
    match (&queued.state, &queued.command) {
        (
            OutState::Waiting,
            Command::Reply {
                guard: Guard::Seen(seq),
                ..
            }
            | Command::ApproveDraft {
                guard: Guard::Seen(seq),
                ..
            },
        ) => Some(*seq),
        _ => None,
    }
}

fn in_order(mut entries: Vec<&Entry>) -> Vec<Queued> {
    entries.sort_unstable_by_key(|it| it.n);
    entries.into_iter().map(|it| it.queued.clone()).collect()
}
