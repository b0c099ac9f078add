//! What is known of a file; its bytes are kept elsewhere.

use crate::{AccountId, CustomerId, FileId, Timestamp, UserId};

/// An uploaded or received file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub id: FileId,
    pub account_id: AccountId,
    pub filename: String,
    pub content_type: String,
    /// In bytes.
    pub size: i64,
    pub user_id: Option<UserId>,
    pub customer_id: Option<CustomerId>,
    pub created_at: Timestamp,
}
