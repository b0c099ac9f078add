//! Merging and undoing it.

use crate::app::App;
use crate::http::{Agent, ApiError, Id, Plain, Repeat, data, wire};
use crate::use_cases::merge;
use axum::Json;
use axum::extract::State;
use frontdesk_domain::decide::Consent;
use frontdesk_domain::{ConversationId, CustomerId, MergeId};
use frontdesk_protocol::entity::{Data, Merge};
use schemars::JsonSchema;
use serde::Deserialize;

/// The conversation that stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct IntoConversation {
    into_id: ConversationId,
    /// The id the merge is to have, where the caller wants to know it before.
    #[serde(default)]
    id: Option<MergeId>,
}

/// `POST /api/v1/conversations/{id}/merge`.
pub(crate) async fn conversations(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Plain { value, repeat }: Plain<IntoConversation>,
) -> Result<Json<Data<Merge>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let made = app
        .act(actor, intent, move |unit, actor| {
            let merge_id = value.id.unwrap_or_else(MergeId::random);
            merge::conversations(unit, actor, merge_id, id, value.into_id)
                .map(|it| wire::merge(&it))
        })
        .await?;
    Ok(data(made))
}

/// The customer who stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct IntoCustomer {
    into_id: CustomerId,
    /// The id the merge is to have, where the caller wants to know it before.
    #[serde(default)]
    id: Option<MergeId>,
    /// Merge although a signature has proven who one of them is.
    #[serde(default)]
    across_proof: Option<bool>,
}

/// `POST /api/v1/customers/{id}/merge`.
pub(crate) async fn customers(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
    Plain { value, repeat }: Plain<IntoCustomer>,
) -> Result<Json<Data<Merge>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let consent = if value.across_proof == Some(true) {
        Consent::AcrossProof
    } else {
        Consent::Ordinary
    };
    let made = app
        .act(actor, intent, move |unit, actor| {
            let merge_id = value.id.unwrap_or_else(MergeId::random);
            merge::customers(unit, actor, merge_id, id, value.into_id, consent)
                .map(|it| wire::merge(&it))
        })
        .await?;
    Ok(data(made))
}

/// `POST /api/v1/merges/{id}/undo`.
pub(crate) async fn undo(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<MergeId>,
    repeat: Repeat,
) -> Result<Json<Data<Merge>>, ApiError> {
    let undone = app
        .act(
            agent.actor(),
            repeat.intent(&agent.actor()),
            move |unit, actor| merge::undo(unit, actor, id).map(|it| wire::merge(&it)),
        )
        .await?;
    Ok(data(undone))
}
