//! The threads that were looked at lately, and where the reader is in the one on the screen.

use super::find::Find;
use super::lines::Lines;
use frontdesk_inbox::Thread;
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{ConversationId, EventSeq, MessageId};
use frontdesk_protocol::kind::MessageKind;
use frontdesk_protocol::time::Timestamp;

/// How many threads are kept, so that going back and forth costs nothing.
const KEPT: usize = 40;
/// How many threads may be asked for at once.
const WANTED: usize = 40;

/// Threads, the last used at the end.
#[derive(Debug, Clone, Default)]
pub struct Threads {
    loaded: Vec<Loaded>,
    /// Counts the changes of all threads.
    changes: u64,
    /// What has been asked for and not come yet.
    pub wanted: Vec<ConversationId>,
    /// Whose older messages have been asked for and not come yet.
    pub older_wanted: Option<ConversationId>,
    /// The thread on the screen.
    pub on_screen: Option<ConversationId>,
    /// When the thread under the cursor comes to the screen, unless the cursor goes on.
    pub show_at: Option<Timestamp>,
    /// When the cursor went on the last time.
    pub moved_at: Timestamp,
    /// What the network was told is looked at.
    pub watched: Vec<ConversationId>,
    pub scroll: Scroll,
    /// How many messages came in below while the reader was further up.
    pub fresh: usize,
    /// Since when the newest message has been on the screen.
    pub newest_since: Timestamp,
    /// Whether quotes and signatures are shown.
    pub quotes: Quotes,
    /// When the thread on the screen counts as read.
    pub read_at: Option<Timestamp>,
    /// The message that a search found.
    pub hit: Option<Hit>,
    /// What is looked for in the thread on the screen.
    pub find: Find,
    pub lines: Lines,
}

/// A message that a search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// It is brought to the screen when its thread is here.
    Wanted(MessageId),
    /// It has been; it stays marked as long as its thread is on the screen.
    Shown(MessageId),
}

#[derive(Debug, Clone)]
struct Loaded {
    stamp: u64,
    thread: Thread,
}

/// Where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scroll {
    /// At the end, and stays there when something comes in.
    #[default]
    End,
    /// This line of this message is the first on the screen.
    At { message: EventSeq, line: usize },
}

/// What is done with quoted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quotes {
    #[default]
    Folded,
    Shown,
}

impl Quotes {
    /// The other one.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Folded => Self::Shown,
            Self::Shown => Self::Folded,
        }
    }
}

impl Threads {
    /// The thread, if it is loaded.
    #[must_use]
    pub fn get(&self, id: ConversationId) -> Option<&Thread> {
        self.find(id).map(|loaded| &loaded.thread)
    }

    /// A number that changes whenever the thread does.
    #[must_use]
    pub fn stamp(&self, id: ConversationId) -> u64 {
        self.find(id).map_or(0, |loaded| loaded.stamp)
    }

    fn find(&self, id: ConversationId) -> Option<&Loaded> {
        self.loaded.iter().find(|loaded| loaded.thread.id() == id)
    }

    /// The thread, to be changed.
    pub fn get_mut(&mut self, id: ConversationId) -> Option<&mut Thread> {
        self.changes += 1;
        let found = self.loaded.iter_mut().find(|it| it.thread.id() == id)?;
        found.stamp = self.changes;
        Some(&mut found.thread)
    }

    /// Keeps a thread as the last used.
    pub fn keep(&mut self, thread: Thread) {
        self.forget(thread.id());
        self.changes += 1;
        self.loaded.push(Loaded {
            stamp: self.changes,
            thread,
        });
        if self.loaded.len() > KEPT {
            self.loaded.remove(0);
        }
    }

    /// Forgets a thread.
    pub fn forget(&mut self, id: ConversationId) {
        self.wanted.retain(|wanted| *wanted != id);
        self.loaded.retain(|loaded| loaded.thread.id() != id);
    }

    /// Notes that a thread is asked for; says whether nobody has asked for it yet.
    pub fn want(&mut self, id: ConversationId) -> Asking {
        if self.wanted.contains(&id) || self.get(id).is_some() {
            return Asking::NotNeeded;
        }
        if self.wanted.len() >= WANTED {
            // An answer that never came must not keep others from being asked for.
            self.wanted.remove(0);
        }
        self.wanted.push(id);
        Asking::Needed
    }
}

/// Whether something has to be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    Needed,
    NotNeeded,
}

/// The newest message to or from the customer after an event, notes aside: what makes an answer
/// that was written before it stale.
#[must_use]
pub fn written_since(thread: &Thread, seq: EventSeq) -> Option<&Message> {
    let newest = thread.messages.iter().rev();
    // A story has the messages of several conversations, and each answer belongs to one.
    let is_here = |it: &Message| it.conversation_id == thread.id();
    newest
        .take_while(|it| it.seq > seq)
        .find(|it| is_said(it) && is_here(it))
}

/// Whether the customer wrote or reads this.
#[must_use]
pub fn is_said(message: &Message) -> bool {
    !message.private && message.kind != MessageKind::System
}
