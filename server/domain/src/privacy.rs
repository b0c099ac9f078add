//! What is kept for how long, and what nobody may delete.

use crate::{
    AccountId, ConversationId, CustomerId, Erasing, InboxId, LegalHoldId, RetentionRuleId, Status,
    Timestamp, UserId,
};

/// For how long conversations are kept, and what happens then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRule {
    pub id: RetentionRuleId,
    pub account_id: AccountId,
    /// Without one, all inboxes.
    pub inbox_id: Option<InboxId>,
    /// Without one, every status.
    pub status: Option<Status>,
    /// Counted from the last activity.
    pub days: i64,
    pub how: Erasing,
    pub created_at: Timestamp,
}

impl RetentionRule {
    /// What has been quiet since before this has been kept long enough.
    #[must_use]
    pub fn before(&self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-self.days.saturating_mul(24 * 60 * 60))
    }
}

/// What a hold keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A customer with all conversations.
    Customer(CustomerId),
    Conversation(ConversationId),
}

/// A reason for which something must not be deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalHold {
    pub id: LegalHoldId,
    pub account_id: AccountId,
    pub held: Held,
    pub reason: String,
    pub user_id: Option<UserId>,
    pub created_at: Timestamp,
}
