//! Replies kept for reuse.

use crate::{AccountId, CannedResponseId, Timestamp};

/// A reply kept for reuse. Its name is unique within the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedResponse {
    pub id: CannedResponseId,
    pub account_id: AccountId,
    pub name: String,
    pub content: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
