//! Messages: the expanded form of broadcasts and threads, and the plain one of lists.

use super::{CustomerBasic, File, Raw, User, tagged};
use crate::id::{AccountId, ConversationId, CustomerId, EventSeq, MessageId, UserId};
use crate::kind::{DeliveryState, MessageKind, Source};
use crate::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! message {
    ($(#[$doc:meta])* $name:ident $schema:tt { $($extra:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "object", rename = "message")]
        #[schemars(rename = $schema, transform = tagged("message"))]
        pub struct $name {
            pub id: MessageId,
            /// The number of the event that brought it; the order of the thread.
            pub seq: EventSeq,
            pub body: Option<String>,
            #[serde(rename = "type")]
            pub kind: MessageKind,
            /// Always `text`.
            pub content_type: String,
            pub private: bool,
            pub source: Source,
            pub created_at: RowStamp,
            pub sent_at: Option<UtcStamp>,
            pub seen_at: Option<UtcStamp>,
            pub conversation_id: ConversationId,
            pub account_id: AccountId,
            pub user_id: Option<UserId>,
            pub customer_id: Option<CustomerId>,
            pub delivery_state: DeliveryState,
            pub delivery_reason: Option<String>,
            pub metadata: Option<Raw>,
            $($extra)*
        }
    };
}

message! {
    /// A message with the people and files it names.
    Message "Message" {
        pub user: Option<User>,
        /// Absent when no customer wrote it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub customer: Option<CustomerBasic>,
        pub attachments: Vec<File>,
    }
}

message! {
    /// A message by itself, as lists show it.
    MessagePlain "MessagePlain" {}
}
