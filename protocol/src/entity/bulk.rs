//! One change made to many conversations: what it would touch, how far it is, what became of each.

use super::{Raw, tagged};
use crate::id::{BulkRunId, ConversationId, EventSeq, UserId};
use crate::kind::{BulkOutcome, BulkState};
use crate::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A change made to many conversations, on the server, one after the other.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "bulk_run")]
#[schemars(rename = "BulkRun", transform = tagged("bulk_run"))]
pub struct BulkRun {
    pub id: BulkRunId,
    pub user_id: UserId,
    pub state: BulkState,
    /// The search it is about; null when conversations were named one by one.
    pub query: Option<String>,
    /// What is done to each; null for one that takes back another.
    pub change: Option<Raw>,
    /// The run that this one takes back.
    pub undoes: Option<BulkRunId>,
    /// How many conversations it is about; 0 until they are written down.
    pub total: i64,
    pub done: i64,
    pub skipped: i64,
    pub failed: i64,
    pub created_at: UtcStamp,
    pub finished_at: Option<UtcStamp>,
}

/// What became of one conversation of a run.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct BulkItem {
    /// Where it stands in the run, from 1.
    pub place: i64,
    pub conversation_id: ConversationId,
    pub outcome: BulkOutcome,
    /// Why it failed.
    pub reason: Option<String>,
}

/// What a run would be about, before it is begun.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct BulkPreview {
    pub total: i64,
    /// How many customers they are of.
    pub customers: i64,
    /// How many conversations of each channel.
    pub channels: BTreeMap<String, i64>,
    /// The newest event that was looked at: an answer to all of them names it as seen.
    pub seq: EventSeq,
}
