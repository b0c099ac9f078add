//! What lets programs, colleagues and readers in: keys, invitations and shared links.

use crate::{AccountId, ApiKeyId, ConversationId, InvitationId, KeyScope, Role, Timestamp, UserId};

/// A personal API key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub account_id: AccountId,
    pub user_id: UserId,
    pub label: String,
    pub scope: KeyScope,
    /// The last letters of the secret, so that people can tell their keys apart.
    pub hint: String,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// An invitation to join an account, without its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub account_id: AccountId,
    pub invited_by: UserId,
    /// What the new colleague will be.
    pub role: Role,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
}

impl Invitation {
    /// How long an invitation can be used.
    pub const LIFETIME_SECONDS: i64 = 3 * 24 * 60 * 60;
}

/// A link by which somebody without an account may read one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    pub expires_at: Timestamp,
}
