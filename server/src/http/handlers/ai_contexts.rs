//! `/api/v1/ai/contexts/{inbox_id}`: what models are told about an inbox.

use crate::app::App;
use crate::http::handlers::business_context::ContextBody;
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Id, Plain, data, wire};
use crate::use_cases::context;
use axum::Json;
use axum::extract::State;
use frontdesk_domain::InboxId;
use frontdesk_protocol::entity::{Data, InboxContext};
use schemars::JsonSchema;
use serde::Deserialize;

/// What to change. What is left out stays; null clears.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct InboxContextBody {
    /// As in the account's business context.
    #[serde(default)]
    context: ContextBody,
    /// How replies are to be written: tone, greeting, what never to say.
    #[serde(default)]
    instructions: Double<String>,
}

/// `GET`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
) -> Result<Json<Data<InboxContext>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| context::of_inbox(conn, &actor, inbox_id))
        .await?;
    Ok(data(wire::inbox_context(&found)))
}

/// `PUT`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
    Plain { value, repeat }: Plain<InboxContextBody>,
) -> Result<Json<Data<InboxContext>>, ApiError> {
    let changes = value.context.checked().map_err(ApiError::Invalid)?;
    let instructions = value.instructions.field();
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            context::change_inbox(unit, actor, inbox_id, changes, instructions)
                .map(|it| wire::inbox_context(&it))
        })
        .await?;
    Ok(data(changed))
}
