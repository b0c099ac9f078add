//! Deciding one draft after the other, with nothing between them.

use frontdesk_protocol::id::ConversationId;
use std::collections::HashSet;

/// A sitting over the drafts that wait.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// The conversations that were selected when it began; without any, all.
    pub only: HashSet<ConversationId>,
    /// Those that were passed over.
    pub skipped: HashSet<ConversationId>,
    /// How many were decided.
    pub decided: usize,
    /// The one before the agent's eyes.
    pub at: Option<ConversationId>,
}

impl Review {
    /// Whether a conversation belongs to it.
    #[must_use]
    pub fn has(&self, id: ConversationId) -> bool {
        self.only.is_empty() || self.only.contains(&id)
    }
}
