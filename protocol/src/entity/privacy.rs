//! What was erased, what is kept for how long, and what must not go.

use crate::id::{
    ConversationId, CustomerId, ErasureId, InboxId, LegalHoldId, RetentionRuleId, UserId,
};
use crate::kind::{Erasing, Status};
use crate::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The report of an erasure: ids and numbers, and nothing of what was erased.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Erasure {
    pub id: ErasureId,
    pub customer_id: CustomerId,
    pub how: Erasing,
    pub user_id: Option<UserId>,
    pub at: UtcStamp,
    pub erased: ErasedCounts,
}

/// How much was erased.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
pub struct ErasedCounts {
    /// The customer, and those who were merged into them.
    pub customers: u64,
    pub conversations: u64,
    pub messages: u64,
    pub files: u64,
    pub drafts: u64,
    pub notes: u64,
    pub identities: u64,
    pub visits: u64,
    pub merges: u64,
    /// What messages were as mails, and mails in quarantine.
    #[serde(default)]
    pub mails: u64,
    /// Answers kept for repeated commands.
    pub answers: u64,
    /// Calls of webhooks.
    pub calls: u64,
    /// Lines of the audit log that name the customer by id. They stay.
    pub audit_lines: u64,
}

/// For how long conversations are kept, and what happens then.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RetentionRule {
    pub id: RetentionRuleId,
    /// Null: all inboxes.
    pub inbox_id: Option<InboxId>,
    /// Null: every status.
    pub status: Option<Status>,
    /// Counted from the last activity.
    pub days: i64,
    pub how: Erasing,
    /// How many conversations it reaches now.
    pub reached: i64,
}

/// A reason for which something must not be deleted.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LegalHold {
    pub id: LegalHoldId,
    pub customer_id: Option<CustomerId>,
    pub conversation_id: Option<ConversationId>,
    pub reason: String,
    pub user_id: Option<UserId>,
    pub created_at: UtcStamp,
}
