//! Drafts the server makes: where, from what, and what came of it.

use super::Raw;
use crate::id::{AiRunId, ConversationId, DraftId, InboxId};
use crate::kind::{AiMode, AiOutcome};
use crate::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who begins drafts in an inbox.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiModeOf {
    pub inbox_id: InboxId,
    pub mode: AiMode,
}

/// What a draft rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftSource {
    /// The number the draft's text names it by.
    pub n: u32,
    /// `canned_response` or `message`.
    pub kind: String,
    pub id: String,
    /// The conversation of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    pub title: String,
}

/// A try to make a draft.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiRun {
    pub id: AiRunId,
    pub conversation_id: ConversationId,
    pub inbox_id: Option<InboxId>,
    pub draft_id: Option<DraftId>,
    /// The model that was asked; `built-in` where none was.
    pub model: String,
    /// SHA-256 of all that was sent to the model.
    pub prompt_hash: Option<String>,
    /// The sources, by kind and id.
    pub sources: Option<Raw>,
    pub tokens_in: i64,
    pub tokens_out: i64,
    /// In millionths of the currency of the prices.
    pub cost: i64,
    pub outcome: AiOutcome,
    /// Why there is no draft.
    pub reason: Option<String>,
    pub began_at: UtcStamp,
    pub took_ms: i64,
}
