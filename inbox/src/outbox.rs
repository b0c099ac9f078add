//! What the agent did and the server has not confirmed yet.

use crate::command::Command;
use crate::enclosure::Enclosure;
use crate::row::OutMark;
use frontdesk_protocol::id::{ConversationId, MessageId};
use frontdesk_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of one intent: sent again under the same name, it is done once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IntentId(pub Uuid);

impl IntentId {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

impl std::fmt::Display for IntentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

/// A command on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    pub id: IntentId,
    pub conversation_id: ConversationId,
    pub command: Command,
    /// The files that go along with its words.
    pub files: Vec<Enclosure>,
    pub made_at: Timestamp,
    /// Not sent before this moment, so that it can still be taken back.
    pub hold_until: Option<Timestamp>,
    pub state: OutState,
}

/// How far a command has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutState {
    /// It waits for its turn, for the end of its hold, or for a connection.
    Waiting,
    /// It is being sent, and may have arrived.
    Sending,
    /// It was sent and its answer was not heard. It is sent again under its name, which does it
    /// once; until the server has answered it cannot be taken back.
    Unsure,
    /// Somebody wrote these since the agent looked. The agent decides: send anyway, revise, drop.
    Held { newer: Vec<MessageId> },
    /// The server refused it, for this reason.
    Failed { reason: String },
}

impl OutState {
    /// What a list shows of it.
    #[must_use]
    pub const fn mark(&self) -> OutMark {
        match self {
            Self::Waiting | Self::Sending | Self::Unsure => OutMark::Waiting,
            Self::Held { .. } => OutMark::Held,
            Self::Failed { .. } => OutMark::Failed,
        }
    }

    /// Whether it still counts as done on the screen. What was refused is put back; words that
    /// were refused stay where the agent can mend them.
    #[must_use]
    pub const fn is_shown_as_done(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sending | Self::Unsure)
    }

    /// Whether the server may have done it already, so that it is neither changed nor taken back.
    #[must_use]
    pub const fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Sending | Self::Unsure)
    }
}
