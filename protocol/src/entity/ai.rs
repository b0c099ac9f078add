//! Drafts the server makes: where, from what, and what came of it.

use super::Raw;
use crate::id::{AiRunId, ConversationId, DraftId, InboxId, TagId, TeamId};
use crate::kind::{AiMode, AiOutcome, AiTask, Source};
use crate::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who begins drafts in an inbox.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiModeOf {
    pub inbox_id: InboxId,
    pub mode: AiMode,
}

/// How automatic replies are given in an inbox.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiReplies {
    pub inbox_id: InboxId,
    /// So often the program answers in a conversation.
    pub max_turns: i64,
    /// What is said when no answer can be made.
    pub apology: String,
    /// What is said when a person takes over.
    pub hand_off: String,
    /// The channels on which customers are answered without an agent.
    pub channels: Vec<Source>,
    /// The team that gets what is passed on.
    pub team_id: Option<TeamId>,
}

/// Who begins drafts in conversations with a tag.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiTopic {
    pub tag_id: TagId,
    pub mode: AiMode,
}

/// What a draft rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftSource {
    /// The number the draft's text names it by.
    pub n: u32,
    /// `canned_response`, `message`, `knowledge` or `business_context`.
    pub kind: String,
    pub id: String,
    /// The conversation of a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    pub title: String,
    /// It is for the company only; a draft that rests on it is approved with `internal_ok`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
}

/// What an account has used of models in this calendar month.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiUsage {
    pub since: UtcStamp,
    pub tokens: i64,
    /// In millionths of the currency.
    pub cost: i64,
    pub currency: String,
    /// The most tokens of a month; null for no limit.
    pub monthly_tokens: Option<i64>,
    /// The most money of a month, in millionths; null for no limit.
    pub monthly_cost: Option<i64>,
    pub by_model: Vec<AiShare>,
}

/// What was used of one model for one task.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiShare {
    pub model: String,
    pub task: AiTask,
    pub runs: i64,
    pub tokens_in: i64,
    pub tokens_out: i64,
    /// In millionths of the currency.
    pub cost: i64,
}

/// A try to make a draft.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiRun {
    pub id: AiRunId,
    /// None for what was asked about knowledge.
    pub conversation_id: Option<ConversationId>,
    pub inbox_id: Option<InboxId>,
    pub draft_id: Option<DraftId>,
    pub task: AiTask,
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

/// What became of drafts since a time.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct AiLearning {
    pub since: UtcStamp,
    pub total: DraftFate,
    pub by_inbox: Vec<DraftFate>,
    /// By the tags of conversations.
    pub by_topic: Vec<DraftFate>,
    /// By the ids of those who decided.
    pub by_agent: Vec<DraftFate>,
    pub by_model: Vec<DraftFate>,
    /// Why drafts were rejected, the most frequent first.
    pub reasons: Vec<DraftReason>,
}

/// What became of the drafts of a group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DraftFate {
    /// The group's name, or an agent's id.
    pub of: String,
    /// Sent by an agent.
    pub approved: i64,
    /// Of those, sent as they were made.
    pub unchanged: i64,
    /// Sent by the program itself.
    pub sent: i64,
    pub rejected: i64,
    /// Somebody wrote before anybody decided.
    pub stale: i64,
    /// Of those decided about, the share that was sent, from 0 to 1; null where none was.
    pub acceptance: Option<f64>,
    /// How much of what was sent differs from what was made, from 0 to 1; null where nothing was sent.
    pub edited: Option<f64>,
    /// What was kept, at 200 characters a minute.
    pub seconds_saved: i64,
}

/// Why drafts were rejected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftReason {
    pub reason: String,
    pub count: i64,
}

/// How a conversation may be sorted. Nothing is changed by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AiSuggestions {
    /// The model that says so; `built-in` where earlier conversations and the customer's words do.
    pub by: String,
    /// The most certain first.
    pub tags: Vec<Suggested>,
    pub team: Option<Suggested>,
    /// `low`, `normal`, `high` or `urgent`.
    pub priority: Option<Suggested>,
    /// `negative`, `neutral` or `positive`.
    pub sentiment: Option<Suggested>,
    /// Why the model did not say it.
    pub trouble: Option<String>,
}

/// From which confidence on an inbox's conversations are sorted by themselves; null is never.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AiSorting {
    pub inbox_id: InboxId,
    pub tags: Option<f64>,
    pub team: Option<f64>,
    pub priority: Option<f64>,
}

/// What was sorted by itself in a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AiSorted {
    pub conversation_id: ConversationId,
    /// The model that said so; `built-in` where earlier conversations and the customer's words did.
    pub by: String,
    pub tags: Vec<Suggested>,
    pub team: Option<Suggested>,
    pub priority: Option<Suggested>,
    pub sorted_at: UtcStamp,
    /// When somebody took it back.
    pub undone_at: Option<UtcStamp>,
}

/// Something that is suggested, and how certain that is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suggested {
    /// Of a tag or a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: String,
    /// From 0 to 1.
    pub confidence: f64,
}

impl Suggested {
    /// What is called so, with its id where it has one.
    #[must_use]
    pub fn new(id: Option<String>, name: &str, confidence: f64) -> Self {
        Self {
            id,
            name: name.to_owned(),
            confidence,
        }
    }
}
