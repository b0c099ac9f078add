//! What the agent did, as it is kept to be taken back on another day too.

use crate::command::Command;
use crate::outbox::IntentId;
use frontdesk_protocol::id::{BulkRunId, ConversationId};
use frontdesk_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of something that was done, to one or many conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeedId(pub Uuid);

impl DeedId {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

/// Something that was done and can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDeed {
    pub id: DeedId,
    /// What to call it: `12 conversations done`.
    pub title: String,
    pub at: Timestamp,
    /// The run by which the server did it, where it was too much to be done here.
    pub run: Option<BulkRunId>,
    /// What can be taken back of it, in the order in which it was done.
    pub parts: Vec<KeptPart>,
}

/// The part of it that one conversation had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPart {
    pub conversation_id: ConversationId,
    pub intent: IntentId,
    pub command: Command,
    /// What takes it back.
    pub inverse: Command,
}

/// What the log of deeds is to learn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogEntry {
    Did(KeptDeed),
    /// It was taken back, or can never be.
    Forget(DeedId),
}
