//! One change made to many conversations, one after the other.

use crate::json::Json;
use crate::{
    AccountId, BulkOutcome, BulkRunId, BulkState, ConversationId, KeyScope, Timestamp, UserId,
};

/// A run: who asked for what, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: BulkRunId,
    pub account_id: AccountId,
    pub user_id: UserId,
    /// Set when the user came with a personal API key: the run may do no more than the key.
    pub scope: Option<KeyScope>,
    /// Which conversations and what to do with them, as it was asked.
    pub asked: Json,
    /// The run that this one takes back.
    pub undoes: Option<BulkRunId>,
    pub state: BulkState,
    pub tally: Tally,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// What became of a run's conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub total: i64,
    pub done: i64,
    pub skipped: i64,
    pub failed: i64,
}

impl Tally {
    /// With one more of this outcome. Those that wait are in the total alone.
    #[must_use]
    pub fn with(self, outcome: BulkOutcome, more: i64) -> Self {
        match outcome {
            BulkOutcome::Waiting => self,
            BulkOutcome::Done => Self {
                done: self.done + more,
                ..self
            },
            BulkOutcome::Skipped => Self {
                skipped: self.skipped + more,
                ..self
            },
            BulkOutcome::Failed => Self {
                failed: self.failed + more,
                ..self
            },
        }
    }
}

/// One conversation of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub place: i64,
    pub conversation_id: ConversationId,
    pub outcome: BulkOutcome,
    /// Why it failed.
    pub reason: Option<String>,
    /// How the conversation was and what was made of it, for the way back.
    pub kept: Option<Json>,
}
