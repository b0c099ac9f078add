//! What was done and can be taken back, and what was taken back and can be done again.

use frontdesk_inbox::{Command, IntentId, Row};
use frontdesk_protocol::id::{BulkRunId, ConversationId};

/// One thing that was done, to one or many conversations.
#[derive(Debug, Clone)]
pub struct Deed {
    /// What to call it: `12 conversations done`.
    pub title: String,
    pub parts: Vec<Part>,
    /// The run by which the server did it, where it was too much to be done here.
    pub run: Option<BulkRunId>,
}

/// The part of a deed that one conversation had.
#[derive(Debug, Clone)]
pub struct Part {
    pub conversation_id: ConversationId,
    pub intent: IntentId,
    pub command: Command,
    /// What takes it back; nothing for words that have been sent.
    pub inverse: Option<Command>,
    /// The conversation as the deed left it, for when it has left the list.
    pub row: Row,
}

/// The deeds, the latest last.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub done: Vec<Deed>,
    pub undone: Vec<Deed>,
}

impl History {
    /// Forgets what the latest deed did under these names: it has been taken back.
    pub fn let_go(&mut self, intents: &[IntentId]) {
        let Some(last) = self.done.last_mut() else {
            return;
        };
        last.parts.retain(|part| !intents.contains(&part.intent));
        if last.parts.is_empty() {
            self.done.pop();
        }
    }

    /// A conversation as the latest deed left it.
    #[must_use]
    pub fn row(&self, id: ConversationId) -> Option<&Row> {
        let deeds = self.done.iter().rev().chain(self.undone.iter().rev());
        let mut parts = deeds.flat_map(|deed| deed.parts.iter().rev());
        parts
            .find(|part| part.conversation_id == id)
            .map(|part| &part.row)
    }
}

/// How many deeds are remembered.
pub const REMEMBERED: usize = 50;
