//! Deciding one draft after the other, with nothing between them.

use frontdesk_protocol::id::ConversationId;
use std::collections::HashSet;

/// A sitting over the drafts that wait.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// Those that were passed over.
    pub skipped: HashSet<ConversationId>,
    /// How many were decided.
    pub decided: usize,
    /// The one before the agent's eyes.
    pub at: Option<ConversationId>,
}
