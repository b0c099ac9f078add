//! What stands beside a conversation: those it is linked with, and who may be the same person.

use super::{Conversation, Customer, tagged};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands beside a conversation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "related")]
#[schemars(rename = "Related", transform = tagged("related"))]
pub struct Related {
    /// Those somebody linked with it and the caller may see, by number.
    pub links: Vec<LinkedConversation>,
    /// Customers who may be the same person. Nothing is done about them by itself.
    pub alike: Vec<AlikeCustomer>,
}

/// A conversation another one is linked with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LinkedConversation {
    pub conversation: Conversation,
    /// What its customer is called.
    pub customer: String,
}

/// Somebody who may be the same person.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AlikeCustomer {
    pub customer: Customer,
    /// Why: `the same address`, `the same number`, `the same name at the same company`.
    pub reason: String,
}
