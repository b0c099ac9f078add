//! A view: a search that is kept under a name.

use super::tagged;
use crate::id::{TeamId, UserId, ViewId};
use crate::kind::{ViewScope, ViewSort};
use crate::time::RowStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A search that is kept under a name, with the order its conversations stand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "view")]
#[schemars(rename = "View", transform = tagged("view"))]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    /// What is looked for, as in a search.
    pub query: String,
    pub sort: ViewSort,
    pub scope: ViewScope,
    /// Whose it is, where it is somebody's own.
    pub owner_id: Option<UserId>,
    /// The team that sees it, where it is a team's.
    pub team_id: Option<TeamId>,
    /// Where it stands among the others, the smallest first.
    pub position: i64,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}
