//! Who was named in which message.

use crate::{AccountId, ConversationId, MentionId, MessageId, Timestamp, UserId};

/// A user named in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub id: MentionId,
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    pub message_id: MessageId,
    pub user_id: UserId,
    pub seen_at: Option<Timestamp>,
    pub created_at: Timestamp,
}
