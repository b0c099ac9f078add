//! What an account tells the AI about itself.

use crate::json::Json;
use crate::{AccountId, InboxId, Timestamp};

/// What the AI may know about the company. One per account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessContext {
    pub account_id: AccountId,
    pub business_name: Option<String>,
    pub business_description: Option<String>,
    /// A list, as the client sent it.
    pub services: Option<Json>,
    pub scheduling_link: Option<String>,
    /// Questions and answers, as the client sent them.
    pub faqs: Option<Json>,
    pub additional_context: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What holds for an inbox in place of what the account says. What is not said here, the account says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxContext {
    pub inbox_id: InboxId,
    pub context: BusinessContext,
    /// How replies are to be written.
    pub instructions: Option<String>,
}
