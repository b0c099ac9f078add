//! What agents note down about customers.

use crate::{AccountId, CustomerId, NoteId, Timestamp, UserId};

/// A note about a customer. It never reaches the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub id: NoteId,
    pub account_id: AccountId,
    pub customer_id: CustomerId,
    pub author_id: UserId,
    pub body: String,
    /// `text` unless the client said otherwise.
    pub content_type: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
