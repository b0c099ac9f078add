//! `/api/v1/ai/sorting` and `/api/v1/conversations/{id}/sorting`: what is sorted by itself, and taking it
//! back.

use crate::app::App;
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Id, Plain, data, wire};
use crate::use_cases::sorting::{self, PolicyChanges};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::{ConversationId, InboxId};
use frontdesk_protocol::entity::{AiSorted, AiSorting, Data};
use schemars::JsonSchema;
use serde::Deserialize;

/// `GET /api/v1/ai/sorting/{id}`.
pub(crate) async fn policy(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
) -> Result<Json<Data<AiSorting>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| sorting::policy_of(conn, &actor, inbox_id))
        .await?;
    Ok(data(wire::ai_sorting(&found)))
}

/// From which confidence on something is done by itself, from 0.5 to 1. What is left out stays; null is never.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PolicyBody {
    #[serde(default)]
    tags: Double<f64>,
    #[serde(default)]
    team: Double<f64>,
    #[serde(default)]
    priority: Double<f64>,
}

/// `PUT /api/v1/ai/sorting/{id}`.
pub(crate) async fn set_policy(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
    Plain { value, repeat }: Plain<PolicyBody>,
) -> Result<Json<Data<AiSorting>>, ApiError> {
    let changes = PolicyChanges {
        tags: value.tags.field(),
        team: value.team.field(),
        priority: value.priority.field(),
    };
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            sorting::change_policy(unit, actor, inbox_id, changes).map(|it| wire::ai_sorting(&it))
        })
        .await?;
    Ok(data(changed))
}

/// `GET /api/v1/conversations/{id}/sorting`.
pub(crate) async fn sorted(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<AiSorted>>, ApiError> {
    let actor = agent.actor();
    let (kept, done) = app
        .db
        .read(move |conn| sorting::sorted(conn, &actor, id))
        .await?;
    Ok(data(wire::ai_sorted(&kept, done)))
}

/// `POST /api/v1/conversations/{id}/sorting/undo`.
pub(crate) async fn undo(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<AiSorted>>, ApiError> {
    let actor = agent.actor();
    let undone = app
        .act(actor, None, move |unit, actor| {
            sorting::undo(unit, actor, id).map(|(kept, done)| wire::ai_sorted(&kept, done))
        })
        .await?;
    Ok(data(undone))
}
