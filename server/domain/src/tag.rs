//! Labels on conversations and customers.

use crate::{AccountId, TagId, Timestamp};

/// A label. Its name is unique within the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub id: TagId,
    pub account_id: AccountId,
    pub name: String,
    pub description: Option<String>,
    /// As it was given: a name or a hex value.
    pub color: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
