//! Outgoing webhooks.

use crate::{AccountId, SubscriptionId, Timestamp};

/// An address that is told of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub account_id: AccountId,
    pub webhook_url: String,
    /// Whether the address answered the challenge.
    pub verified: bool,
    pub scope: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
