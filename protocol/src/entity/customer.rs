//! Customers: the basic form inside messages, the whole one, and the one with associations.

use super::{Company, Conversation, CustomerNote, Issue, MessagePlain, Raw, Tag, tagged};
use crate::id::{AccountId, CompanyId, ConversationId, CustomerId};
use crate::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! customer {
    ($(#[$doc:meta])* $name:ident $schema:tt { $($extra:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "object", rename = "customer")]
        #[schemars(rename = $schema, transform = tagged("customer"))]
        pub struct $name {
            pub id: CustomerId,
            pub name: Option<String>,
            pub email: Option<String>,
            pub created_at: RowStamp,
            pub updated_at: RowStamp,
            pub phone: Option<String>,
            pub external_id: Option<String>,
            pub profile_photo_url: Option<String>,
            pub company_id: Option<CompanyId>,
            pub host: Option<String>,
            pub pathname: Option<String>,
            pub current_url: Option<String>,
            pub browser: Option<String>,
            pub os: Option<String>,
            pub metadata: Option<Raw>,
            /// The name, else the address, else `Anonymous User`.
            pub title: String,
            $($extra)*
        }
    };
}

customer! {
    /// A customer inside a message.
    CustomerBasic "CustomerBasic" {}
}

customer! {
    /// A customer.
    Customer "Customer" {
        pub account_id: AccountId,
        /// `2026-11-20`.
        pub first_seen: String,
        pub last_seen_at: UtcStamp,
        pub ip: Option<String>,
        pub time_zone: Option<String>,
        /// Whether a signature proved who this is.
        pub verified: bool,
        /// Since when what they write goes to the spam.
        #[serde(default)]
        pub blocked_at: Option<UtcStamp>,
    }
}

customer! {
    /// A customer with the associations that were asked for; the others are absent.
    CustomerFull "CustomerFull" {
        pub account_id: AccountId,
        /// `2026-11-20`.
        pub first_seen: String,
        pub last_seen_at: UtcStamp,
        pub ip: Option<String>,
        pub time_zone: Option<String>,
        /// Whether a signature proved who this is.
        pub verified: bool,
        /// Since when what they write goes to the spam.
        #[serde(default)]
        pub blocked_at: Option<UtcStamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<Tag>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub company: Option<Option<Company>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notes: Option<Vec<CustomerNote>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub issues: Option<Vec<Issue>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub conversations: Option<Vec<Conversation>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub messages: Option<Vec<MessagePlain>>,
        /// How the customer is reached by text messages, chats of other services and the like.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lines: Option<Vec<CustomerLine>>,
    }
}

/// How a customer is reached in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CustomerLine {
    pub conversation_id: ConversationId,
    /// Our number or address; empty where there is only one.
    pub ours: String,
    /// Theirs: a number, a chat, a channel and the thread in it.
    pub theirs: String,
    /// Since when the customer wants to hear no more: nothing goes out.
    pub stopped_at: Option<UtcStamp>,
    /// Until when any text may be sent; later only templates are.
    pub open_until: Option<UtcStamp>,
}

impl Customer {
    /// The same customer, ready for associations.
    #[must_use]
    pub fn full(self) -> CustomerFull {
        CustomerFull {
            id: self.id,
            name: self.name,
            email: self.email,
            created_at: self.created_at,
            updated_at: self.updated_at,
            phone: self.phone,
            external_id: self.external_id,
            profile_photo_url: self.profile_photo_url,
            company_id: self.company_id,
            host: self.host,
            pathname: self.pathname,
            current_url: self.current_url,
            browser: self.browser,
            os: self.os,
            metadata: self.metadata,
            title: self.title,
            account_id: self.account_id,
            first_seen: self.first_seen,
            last_seen_at: self.last_seen_at,
            ip: self.ip,
            time_zone: self.time_zone,
            verified: self.verified,
            blocked_at: self.blocked_at,
            tags: None,
            company: None,
            notes: None,
            issues: None,
            conversations: None,
            messages: None,
            lines: None,
        }
    }
}
