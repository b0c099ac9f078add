//! A conversation as a list shows it.

use crate::command::Command;
use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::{ConversationId, TagId};
use frontdesk_protocol::kind::DraftState;
use frontdesk_protocol::time::Timestamp;

/// A conversation in a list: what the server says, with what waits to be sent already done.
#[derive(Debug, Clone)]
pub struct Row {
    pub conversation: Conversation,
    /// The customer's name, or what there is instead. Anything may stand in it.
    pub customer: String,
    pub last: Option<LastWords>,
    pub tags: Vec<TagId>,
    pub draft: DraftMark,
    /// Whether a colleague named the agent, who has not looked yet.
    pub is_mentioned: bool,
    /// Whether what the customer writes goes to the spam.
    pub is_blocked: bool,
    /// Whether something of the agent's is still on its way.
    pub out: OutMark,
}

impl Row {
    /// The conversation's id.
    #[must_use]
    pub fn id(&self) -> ConversationId {
        self.conversation.id
    }

    /// Shows it as it will be once the server has done this.
    pub fn take(&mut self, command: &Command, at: Timestamp) {
        command.apply(&mut self.conversation, at);
        command.apply_to_tags(&mut self.tags);
        match command {
            Command::Block(_) => self.is_blocked = true,
            Command::Unblock(_) => self.is_blocked = false,
            _ => {}
        }
    }

    /// Whether it still is as this left it.
    #[must_use]
    pub fn is_as_left_by(&self, command: &Command) -> bool {
        match command {
            Command::Block(_) => self.is_blocked,
            Command::Unblock(_) => !self.is_blocked,
            // What stands beside it is not known here; the server says whether it can be.
            Command::Split { .. } => true,
            other if other.is_beside() => true,
            other => other.is_so_in(&self.conversation, &self.tags),
        }
    }
}

/// The end of the thread, as far as a line shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastWords {
    pub by: Speaker,
    /// The beginning of the text. Anything may stand in it.
    pub text: String,
    pub at: Timestamp,
}

/// Who wrote something, from where the agent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    Customer,
    Me,
    Colleague,
    Bot,
    System,
}

/// Whether an AI's draft waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DraftMark {
    #[default]
    None,
    Writing,
    Ready,
    /// Something was written since; it cannot be sent as it is.
    Stale,
}

impl DraftMark {
    /// The mark of a draft in this state.
    #[must_use]
    pub const fn of(state: DraftState) -> Self {
        match state {
            DraftState::Generating => Self::Writing,
            DraftState::Ready | DraftState::Edited => Self::Ready,
            DraftState::Stale => Self::Stale,
            DraftState::Approved | DraftState::Rejected | DraftState::Failed => Self::None,
        }
    }

    /// Whether somebody has to look.
    #[must_use]
    pub const fn is_to_decide(self) -> bool {
        matches!(self, Self::Ready | Self::Stale)
    }
}

/// Whether something of the agent's is still on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum OutMark {
    #[default]
    None,
    /// It waits for its turn, for the end of its hold, or for a connection.
    Waiting,
    /// Something was written meanwhile; the agent has to decide.
    Held,
    /// It was refused.
    Failed,
}
