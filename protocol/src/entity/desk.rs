//! What only Frontdesk has: numbered events, drafts, merges, the business context.

use super::{Conversation, Customer, DraftSource, Message, Raw, tagged};
use crate::id::{ConversationId, DraftId, EventSeq, MergeId, MessageId, TagId, UserId};
use crate::kind::{DraftState, EntityKind, EventKind};
use crate::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A change of the account, by its number. What it tells of is as it is now, not as it was.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    pub seq: EventSeq,
    pub at: UtcStamp,
    pub kind: EventKind,
    /// The user who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<Conversation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag_ids: Option<Vec<TagId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// Absent when the message is gone by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<crate::id::CustomerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_id: Option<DraftId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<String>,
}

impl Event {
    /// A number without content: it happened, and that is all the reader may know.
    #[must_use]
    pub const fn hidden(seq: EventSeq, at: UtcStamp) -> Self {
        Self {
            seq,
            at,
            kind: EventKind::Hidden,
            user_id: None,
            conversation_id: None,
            conversation: None,
            tag_ids: None,
            message_id: None,
            message: None,
            customer_id: None,
            customer: None,
            draft_id: None,
            entity: None,
            entity_id: None,
        }
    }
}

/// A reply that an AI or another program proposes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "draft")]
#[schemars(rename = "Draft", transform = tagged("draft"))]
pub struct Draft {
    pub id: DraftId,
    pub conversation_id: ConversationId,
    pub state: DraftState,
    pub body: Option<String>,
    /// The newest event number the draft took into account.
    pub based_on_seq: EventSeq,
    /// Who made it: the name of a program or model.
    pub origin: String,
    pub sources: Option<Raw>,
    /// What the agent wished who asked for it.
    #[serde(default)]
    pub hint: Option<String>,
    pub reason: Option<String>,
    pub decided_by: Option<UserId>,
    pub message_id: Option<MessageId>,
    pub version: i64,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}

impl Draft {
    /// What it rests on. Another program may name its sources another way; those are none.
    #[must_use]
    pub fn named_sources(&self) -> Vec<DraftSource> {
        let raw = self.sources.as_ref();
        raw.and_then(|it| serde_json::from_str(it.0.get()).ok())
            .unwrap_or_default()
    }

    /// The texts it rests on that are for the company only.
    #[must_use]
    pub fn internal_sources(&self) -> Vec<DraftSource> {
        let mut all = self.named_sources();
        all.retain(|it| it.internal);
        all
    }
}

/// A merge that was made and can be undone.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "merge")]
#[schemars(rename = "Merge", transform = tagged("merge"))]
pub struct Merge {
    pub id: MergeId,
    /// `customers` or `conversations`.
    pub what: String,
    pub from_id: String,
    pub into_id: String,
    pub created_at: RowStamp,
    pub undone_at: Option<UtcStamp>,
}

/// What the business does, for those who write in its name. Sent without an envelope.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct BusinessContext {
    pub business_name: Option<String>,
    pub business_description: Option<String>,
    pub services: Option<Raw>,
    pub scheduling_link: Option<String>,
    pub faqs: Option<Raw>,
    pub additional_context: Option<String>,
}
