//! What replies may rest on.

use super::BusinessContext;
use crate::id::{ConversationId, InboxId, KnowledgeId, KnowledgeSourceId, UserId};
use crate::kind::{Audience, KnowledgeState};
use crate::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text that replies may rest on.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct KnowledgeEntry {
    pub id: KnowledgeId,
    /// Where it is read from; null for what was written by hand.
    pub source_id: Option<KnowledgeSourceId>,
    /// The file and the heading in it.
    pub path: Option<String>,
    pub title: String,
    pub body: String,
    pub audience: Audience,
    pub state: KnowledgeState,
    /// The conversation it was learnt from.
    pub conversation_id: Option<ConversationId>,
    pub decided_by: Option<UserId>,
    pub created_at: UtcStamp,
    pub updated_at: UtcStamp,
}

/// A folder or an address that knowledge is read from.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct KnowledgeSource {
    pub id: KnowledgeSourceId,
    pub name: String,
    pub place: String,
    pub audience: Audience,
    pub synced_at: Option<UtcStamp>,
    /// Why it could not be read the last time.
    pub trouble: Option<String>,
    pub created_at: UtcStamp,
}

/// What models are told about an inbox, in place of what the account says.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct InboxContext {
    pub inbox_id: InboxId,
    pub context: BusinessContext,
    /// How replies are to be written.
    pub instructions: Option<String>,
}
