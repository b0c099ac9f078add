//! Conversations: the basic form, and the form with all that belongs to them.

use super::{Customer, Mention, Message, Raw, Tag, tagged};
use crate::id::{AccountId, ConversationId, CustomerId, EventSeq, InboxId, TeamId, UserId};
use crate::kind::{Priority, Source, Status};
use crate::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! conversation {
    ($(#[$doc:meta])* $name:ident $schema:tt { $($extra:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "object", rename = "conversation")]
        #[schemars(rename = $schema, transform = tagged("conversation"))]
        pub struct $name {
            pub id: ConversationId,
            /// Counts up within the account; what people say aloud.
            pub number: i64,
            pub source: Source,
            pub created_at: RowStamp,
            pub updated_at: RowStamp,
            pub closed_at: Option<UtcStamp>,
            pub last_activity_at: Option<UtcStamp>,
            pub status: Status,
            pub snoozed_until: Option<UtcStamp>,
            pub snoozed_until_reply: bool,
            pub read: bool,
            pub priority: Priority,
            pub subject: Option<String>,
            pub account_id: AccountId,
            pub customer_id: CustomerId,
            pub assignee_id: Option<UserId>,
            pub team_id: Option<TeamId>,
            pub inbox_id: Option<InboxId>,
            /// Since when the customer waits for an answer.
            pub waiting_since: Option<UtcStamp>,
            pub archived_at: Option<UtcStamp>,
            pub merged_into: Option<ConversationId>,
            /// The event number of the newest message.
            pub last_message_seq: EventSeq,
            /// Counts every change.
            pub version: i64,
            pub metadata: Option<Raw>,
            $($extra)*
        }
    };
}

conversation! {
    /// A conversation by itself.
    Conversation "Conversation" {}
}

conversation! {
    /// A conversation with all that belongs to it.
    ConversationFull "ConversationFull" {
        pub customer: Option<Customer>,
        pub messages: Vec<Message>,
        pub tags: Vec<Tag>,
        pub mentions: Vec<Mention>,
    }
}

impl Conversation {
    /// The same conversation with what belongs to it.
    #[must_use]
    pub fn with(
        self,
        customer: Option<Customer>,
        messages: Vec<Message>,
        tags: Vec<Tag>,
        mentions: Vec<Mention>,
    ) -> ConversationFull {
        ConversationFull {
            id: self.id,
            number: self.number,
            source: self.source,
            created_at: self.created_at,
            updated_at: self.updated_at,
            closed_at: self.closed_at,
            last_activity_at: self.last_activity_at,
            status: self.status,
            snoozed_until: self.snoozed_until,
            snoozed_until_reply: self.snoozed_until_reply,
            read: self.read,
            priority: self.priority,
            subject: self.subject,
            account_id: self.account_id,
            customer_id: self.customer_id,
            assignee_id: self.assignee_id,
            team_id: self.team_id,
            inbox_id: self.inbox_id,
            waiting_since: self.waiting_since,
            archived_at: self.archived_at,
            merged_into: self.merged_into,
            last_message_seq: self.last_message_seq,
            version: self.version,
            metadata: self.metadata,
            customer,
            messages,
            tags,
            mentions,
        }
    }
}
