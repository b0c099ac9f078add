//! Replies that go out by the clock.

use crate::{
    AccountId, ConversationId, EventSeq, ScheduledReplyId, ScheduledState, Timestamp, UserId,
};

/// A reply that waits for its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledReply {
    pub id: ScheduledReplyId,
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    /// In whose name it goes out.
    pub user_id: UserId,
    pub body: String,
    pub send_at: Timestamp,
    /// The newest message its writer knew.
    pub seen_seq: EventSeq,
    pub state: ScheduledState,
    /// Why it is held.
    pub reason: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
