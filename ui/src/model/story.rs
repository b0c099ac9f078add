//! One customer's whole story: what was said in all of their conversations, in one stream.

use super::lines::Lines;
use super::thread::Threads;
use frontdesk_inbox::Thread;
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{ConversationId, EventSeq};

/// How many conversations are told together, the latest of the customer's.
pub const MOST: usize = 20;

/// A story that is told.
#[derive(Debug, Clone)]
pub struct Story {
    /// The conversations it is made of, in no order that matters.
    pub parts: Vec<ConversationId>,
    /// Which of them the others are told around: keys act on it.
    of: ConversationId,
    /// How its parts stood when it was put together.
    stamps: Vec<u64>,
    pub thread: Thread,
    /// Changes whenever the thread does.
    pub stamp: u64,
    pub lines: Lines,
}

impl Story {
    /// The story around a conversation, as far as its parts are loaded. Nothing where the
    /// conversation itself is not.
    #[must_use]
    pub fn around(
        of: ConversationId,
        parts: Vec<ConversationId>,
        threads: &Threads,
    ) -> Option<Self> {
        Some(Self {
            thread: told(of, &parts, threads)?,
            stamps: stamps(&parts, threads),
            parts,
            of,
            stamp: 0,
            lines: Lines::default(),
        })
    }

    /// Tells it again where a part is different now, or keys act on another one.
    pub fn refresh(&mut self, of: ConversationId, threads: &Threads) {
        let stamps = stamps(&self.parts, threads);
        if (self.of, &self.stamps) == (of, &stamps) {
            return;
        }
        if let Some(thread) = told(of, &self.parts, threads) {
            self.thread = thread;
            self.stamp += 1;
        }
        (self.of, self.stamps) = (of, stamps);
    }

    /// The part whose older messages come next when the reader goes up.
    #[must_use]
    pub fn next_older(&self, threads: &Threads) -> Option<ConversationId> {
        let loaded = self.parts.iter().filter_map(|id| threads.get(*id));
        let cut = loaded.filter(|it| it.has_older);
        cut.max_by_key(|it| first(it)).map(Thread::id)
    }
}

fn stamps(parts: &[ConversationId], threads: &Threads) -> Vec<u64> {
    parts.iter().map(|id| threads.stamp(*id)).collect()
}

fn first(thread: &Thread) -> EventSeq {
    thread.messages.first().map_or(EventSeq(0), |it| it.seq)
}

/// All messages in the order they were written. Numbers of messages count through the whole
/// account; what is older than the oldest loaded message of a part that has older ones is left
/// out, so that the stream has no holes.
fn told(of: ConversationId, parts: &[ConversationId], threads: &Threads) -> Option<Thread> {
    let base = threads.get(of)?;
    let loaded: Vec<&Thread> = parts.iter().filter_map(|id| threads.get(*id)).collect();
    let cut = loaded.iter().filter(|it| it.has_older);
    let whole_from = cut.map(|it| first(it)).max().unwrap_or(EventSeq(0));
    let mut messages: Vec<Message> = loaded
        .iter()
        .flat_map(|it| &it.messages)
        .filter(|it| it.seq >= whole_from)
        .cloned()
        .collect();
    messages.sort_by_key(|it| it.seq);
    let mut queued: Vec<_> = loaded.iter().flat_map(|it| &it.queued).cloned().collect();
    queued.sort_by_key(|it| it.made_at);
    Some(Thread {
        messages,
        queued,
        has_older: loaded.iter().any(|it| it.has_older),
        ..base.clone()
    })
}
