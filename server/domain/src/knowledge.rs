//! What a company knows: texts that replies may rest on, written by hand, read from files, or learnt from a
//! conversation and approved.

use crate::{
    AccountId, Audience, ConversationId, KnowledgeId, KnowledgeSourceId, KnowledgeState, Timestamp,
    UserId,
};

/// A text that a reply may rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: KnowledgeId,
    pub account_id: AccountId,
    /// Where it is read from; none for what was written by hand.
    pub source_id: Option<KnowledgeSourceId>,
    /// The file, and the heading in it.
    pub path: Option<String>,
    pub title: String,
    pub body: String,
    pub audience: Audience,
    pub state: KnowledgeState,
    /// The conversation it was learnt from.
    pub conversation_id: Option<ConversationId>,
    pub decided_by: Option<UserId>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A folder or an address from which entries are read again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: KnowledgeSourceId,
    pub account_id: AccountId,
    pub name: String,
    /// A folder of the server's machine, or an address.
    pub place: String,
    /// For whom its texts are, where a file does not say.
    pub audience: Audience,
    pub synced_at: Option<Timestamp>,
    /// Why it could not be read the last time.
    pub trouble: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Source {
    /// Whether it is an address and not a folder.
    #[must_use]
    pub fn is_address(&self) -> bool {
        self.place.starts_with("https://") || self.place.starts_with("http://")
    }
}
