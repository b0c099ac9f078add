//! Links to conversations: agents make them, anybody who has one reads.

use crate::app::App;
use crate::http::handlers::conversations::full;
use crate::http::{Agent, ApiError, Id, Query, data};
use crate::use_cases::shares;
use axum::Json;
use axum::extract::State;
use frontdesk_domain::ConversationId;
use frontdesk_protocol::entity::{ConversationFull, Data};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A link that was made. The token is shown this once.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shared {
    ok: bool,
    token: String,
}

/// `POST /api/conversations/{id}/share`.
pub(crate) async fn share(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<Shared>>, ApiError> {
    let actor = agent.actor();
    let token = app
        .db
        .write(agent.account_id(), move |unit| {
            shares::share(unit, &actor, id)
        })
        .await?;
    Ok(data(Shared {
        ok: true,
        token: token.reveal().to_owned(),
    }))
}

/// What a link names.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SharedQuery {
    conversation_id: Option<String>,
    token: Option<String>,
}

/// `GET /api/conversations/shared`.
pub(crate) async fn shared(
    State(app): State<App>,
    Query(query): Query<SharedQuery>,
) -> Result<Json<Data<ConversationFull>>, ApiError> {
    let id = query.conversation_id.and_then(|text| text.parse().ok());
    let (Some(id), Some(token)) = (id, query.token) else {
        return Err(ApiError::Forbidden("Access denied"));
    };
    let now = app.db.now();
    let view = app
        .db
        .read(move |conn| shares::read(conn, id, &token, now))
        .await?;
    Ok(data(full(&view, &app.links)))
}
