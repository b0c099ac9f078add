//! Knowledge learnt from conversations: proposed by agents, decided by admins.

use crate::app::App;
use crate::http::handlers::knowledge::KnowledgeBody;
use crate::http::{Agent, ApiError, Id, Input, Plain, data, wire};
use crate::use_cases::learn::{self, Verdict};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::{ConversationId, KnowledgeId};
use frontdesk_protocol::entity::{Data, KnowledgeEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A proposal, and what is known already that may say the same.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Proposed {
    entry: KnowledgeEntry,
    alike: Vec<KnowledgeEntry>,
}

/// `POST /api/v1/conversations/{id}/knowledge`.
pub(crate) async fn propose(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Input { value, repeat }: Input<KnowledgeBody>,
) -> Result<(StatusCode, Json<Data<Proposed>>), ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let proposed = app
        .act(actor, intent, move |unit, actor| {
            let (entry, alike) = learn::propose(unit, actor, id, &value.into())?;
            Ok(Proposed {
                entry: wire::knowledge_entry(&entry),
                alike: alike.iter().map(wire::knowledge_entry).collect(),
            })
        })
        .await?;
    Ok((StatusCode::CREATED, data(proposed)))
}

/// `POST /api/v1/knowledge/{id}/approve`.
pub(crate) async fn approve(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<KnowledgeId>,
    Input { value, .. }: Input<KnowledgeBody>,
) -> Result<Json<Data<KnowledgeEntry>>, ApiError> {
    decide(&app, &agent, id, Verdict::Approve(value.into())).await
}

/// Nothing has to be said to reject.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NoBody {}

/// `POST /api/v1/knowledge/{id}/reject`.
pub(crate) async fn reject(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<KnowledgeId>,
    Plain { .. }: Plain<NoBody>,
) -> Result<Json<Data<KnowledgeEntry>>, ApiError> {
    decide(&app, &agent, id, Verdict::Reject).await
}

async fn decide(
    app: &App,
    agent: &Agent,
    id: KnowledgeId,
    verdict: Verdict,
) -> Result<Json<Data<KnowledgeEntry>>, ApiError> {
    let actor = agent.actor();
    let entry = app
        .db
        .write(actor.account_id, move |unit| {
            learn::decide(unit, &actor, id, verdict)
        })
        .await?;
    Ok(data(wire::knowledge_entry(&entry)))
}
