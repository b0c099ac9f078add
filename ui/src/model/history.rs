//! What was done and can be taken back, and what was taken back and can be done again.

use frontdesk_inbox::{Command, IntentId, Row};
use frontdesk_protocol::id::{BulkRunId, ConversationId};
use frontdesk_protocol::time::Timestamp;

/// One thing that was done, to one or many conversations.
#[derive(Debug, Clone)]
pub struct Deed {
    /// What to call it: `12 conversations done`.
    pub title: String,
    pub parts: Vec<Part>,
    pub at: Timestamp,
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

impl Deed {
    /// Whether any of it can be taken back.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        self.run.is_some() || self.parts.iter().any(|part| part.inverse.is_some())
    }
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

    /// Forgets a deed, known by any part of it.
    pub fn forget(&mut self, deed: &Deed) {
        let is_of_it = |part: &Part| deed.parts.iter().any(|it| it.intent == part.intent);
        self.done.retain(|it| !it.parts.iter().any(is_of_it));
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
pub const REMEMBERED: usize = 200;
