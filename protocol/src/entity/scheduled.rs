//! A reply that goes out by the clock.

use super::tagged;
use crate::id::{ConversationId, EventSeq, ScheduledReplyId, UserId};
use crate::kind::ScheduledState;
use crate::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A reply that waits for its time, or is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "scheduled_reply")]
#[schemars(rename = "ScheduledReply", transform = tagged("scheduled_reply"))]
pub struct ScheduledReply {
    pub id: ScheduledReplyId,
    pub conversation_id: ConversationId,
    /// In whose name it goes out.
    pub user_id: UserId,
    pub body: String,
    pub send_at: UtcStamp,
    /// The newest message its writer knew.
    pub seen_seq: EventSeq,
    pub state: ScheduledState,
    /// Why it is held.
    pub reason: Option<String>,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}
