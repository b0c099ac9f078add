//! Words that are looked for: in the thread on the screen, and by the server.

use crate::view::highlight;
use frontdesk_inbox::Thread;
use frontdesk_protocol::id::MessageId;
use frontdesk_protocol::time::Timestamp;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Find {
    /// The words, in lower case. A message that has all of them is found.
    pub needles: Vec<String>,
}

impl Find {
    /// What was typed.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            needles: highlight::needles(Some(text)),
        }
    }

    /// The messages that are found, in the order of the thread.
    #[must_use]
    pub fn hits(&self, thread: &Thread) -> Vec<MessageId> {
        if self.needles.is_empty() {
            return Vec::new();
        }
        let has_all = |body: &str| {
            let lower = body.to_lowercase();
            self.needles
                .iter()
                .all(|needle| lower.contains(needle.as_str()))
        };
        let found = thread
            .messages
            .iter()
            .filter(|it| it.body.as_deref().is_some_and(has_all));
        found.map(|it| it.id).collect()
    }
}

/// A search the server is to be asked, once the agent has stopped typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub due: Timestamp,
    pub generation: u64,
    pub text: String,
}
