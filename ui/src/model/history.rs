//! What was done and can be taken back, and what was taken back and can be done again.

use frontdesk_inbox::{Command, DeedId, IntentId, KeptDeed, KeptPart, LogEntry, Row};
use frontdesk_protocol::id::{BulkRunId, ConversationId};
use frontdesk_protocol::time::Timestamp;

/// One thing that was done, to one or many conversations.
#[derive(Debug, Clone)]
pub struct Deed {
    pub id: DeedId,
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
    done: Vec<Deed>,
    undone: Vec<Deed>,
    /// What was done before the program was started, as the store said last.
    earlier: Vec<Deed>,
    /// What the store has still to be told.
    untold: Vec<LogEntry>,
}

impl Deed {
    /// Whether any of it can be taken back.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        self.run.is_some() || self.parts.iter().any(|part| part.inverse.is_some())
    }

    /// What is kept of it for another day.
    fn kept(&self) -> KeptDeed {
        let parts = self.parts.iter().filter_map(|part| {
            Some(KeptPart {
                conversation_id: part.conversation_id,
                intent: part.intent,
                command: part.command.clone(),
                inverse: part.inverse.clone()?,
            })
        });
        KeptDeed {
            id: self.id,
            title: self.title.clone(),
            at: self.at,
            run: self.run,
            parts: parts.collect(),
        }
    }
}

impl History {
    /// What was done since the program was started.
    #[must_use]
    pub fn done(&self) -> &[Deed] {
        &self.done
    }

    /// What was taken back, the latest last.
    #[must_use]
    pub fn undone(&self) -> &[Deed] {
        &self.undone
    }

    /// What was done before that.
    #[must_use]
    pub fn earlier(&self) -> &[Deed] {
        &self.earlier
    }

    /// Something was done.
    pub fn add(&mut self, deed: Deed) {
        if deed.can_be_undone() {
            self.untold.push(LogEntry::Did(deed.kept()));
        }
        self.done.push(deed);
        if self.done.len() > REMEMBERED {
            self.done.remove(0);
        }
    }

    /// Something new was done, so that what was taken back before it is not done again.
    pub fn forget_undone(&mut self) {
        self.undone.clear();
    }

    /// This was taken back, and can be done again.
    pub fn add_undone(&mut self, deed: Deed) {
        self.undone.push(deed);
    }

    /// What was taken back last, to be done again.
    pub fn take_undone(&mut self) -> Option<Deed> {
        self.undone.pop()
    }

    /// The store has said what it keeps. What is known here already is not told twice.
    pub fn tell_earlier(&mut self, mut deeds: Vec<Deed>) {
        let is_known = |deed: &Deed| {
            let mut known = self.done.iter().chain(&self.undone);
            known.any(|it| it.id == deed.id)
        };
        deeds.retain(|deed| !is_known(deed));
        self.earlier = deeds;
    }

    /// A deed that can be named.
    #[must_use]
    pub fn find(&self, id: DeedId) -> Option<&Deed> {
        let mut all = self.done.iter().chain(&self.earlier);
        all.find(|deed| deed.id == id)
    }

    /// Forgets what the latest deed did under these names: it has been taken back.
    pub fn let_go(&mut self, intents: &[IntentId]) {
        let Some(last) = self.done.last_mut() else {
            return;
        };
        last.parts.retain(|part| !intents.contains(&part.intent));
        if last.parts.is_empty() {
            let id = last.id;
            self.forget(id);
        }
    }

    /// Forgets a deed: there is nothing to take back of it any more.
    pub fn forget(&mut self, id: DeedId) {
        self.done.retain(|it| it.id != id);
        self.earlier.retain(|it| it.id != id);
        let told = self.untold.len();
        self.untold
            .retain(|it| !matches!(it, LogEntry::Did(deed) if deed.id == id));
        if self.untold.len() == told {
            self.untold.push(LogEntry::Forget(id));
        }
    }

    /// What the store has to be told by now.
    pub fn take_untold(&mut self) -> Vec<LogEntry> {
        std::mem::take(&mut self.untold)
    }

    /// A conversation as the latest deed left it.
    #[must_use]
    pub fn row(&self, id: ConversationId) -> Option<&Row> {
        let since = self.done.iter().rev().chain(self.undone.iter().rev());
        let deeds = since.chain(self.earlier.iter().rev());
        let mut parts = deeds.flat_map(|deed| deed.parts.iter().rev());
        parts
            .find(|part| part.conversation_id == id)
            .map(|part| &part.row)
    }
}

/// How many deeds are remembered.
const REMEMBERED: usize = 200;
