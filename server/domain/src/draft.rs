//! Replies an AI or a program proposes.

use crate::ai::BUILT_IN;
use crate::json::Json;
use crate::{
    AccountId, ConversationId, DraftId, DraftState, EventSeq, MessageId, Timestamp, UserId,
};

/// A proposed reply. Nothing is sent until somebody approves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    pub state: DraftState,
    pub body: Option<String>,
    /// What was made, before anybody changed it.
    pub made: Option<String>,
    /// The newest event the draft took into account.
    pub based_on_seq: EventSeq,
    /// Who proposed it: the name of a model or a program.
    pub origin: String,
    /// What the draft rests on.
    pub sources: Option<Json>,
    /// What the agent wished who asked for it.
    pub hint: Option<String>,
    /// Why it was rejected or failed.
    pub reason: Option<String>,
    pub decided_by: Option<UserId>,
    /// The message it became.
    pub message_id: Option<MessageId>,
    /// Characters of what was made that were sent.
    pub kept: Option<i64>,
    /// Characters that could have been kept: the mean of what was made and what was sent.
    pub compared: Option<i64>,
    /// Counts every change, so that two people never decide about different texts.
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Draft {
    /// A draft that is still to be made, here.
    #[must_use]
    pub fn to_make(
        account_id: AccountId,
        conversation_id: ConversationId,
        based_on_seq: EventSeq,
        now: Timestamp,
    ) -> Self {
        Self {
            id: DraftId::random(),
            account_id,
            conversation_id,
            state: DraftState::Generating,
            body: None,
            made: None,
            based_on_seq,
            origin: BUILT_IN.to_owned(),
            sources: None,
            hint: None,
            reason: None,
            decided_by: None,
            message_id: None,
            kept: None,
            compared: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether it may be sent as it is, unless somebody wrote since.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, DraftState::Ready | DraftState::Edited)
    }
}
