//! Mails that could not be taken in, for admins.

use crate::app::App;
use crate::http::input::given;
use crate::http::wire::{WaitingMail, waiting_mail};
use crate::http::{Agent, ApiError, Gone, Id, Query, data};
use crate::use_cases::mail::{Ingested, Means, waiting};
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use frontdesk_domain::{ConversationId, MessageId, QuarantineId};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which mails to show.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct WaitingQuery {
    /// The `next` of the page before; without it, the oldest.
    after: Option<String>,
}

/// A page of mails that wait.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WaitingPage {
    data: Vec<WaitingMail>,
    /// From where the next page goes on; null on the last one.
    next: Option<QuarantineId>,
}

/// What came of trying again.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Retried {
    /// Whether it still waits.
    waits: bool,
    /// The message it became.
    message_id: Option<MessageId>,
    conversation_id: Option<ConversationId>,
}

/// `GET /api/v1/quarantine`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<WaitingQuery>,
) -> Result<Json<WaitingPage>, ApiError> {
    let (by, behind) = (agent.actor(), given("after", query.after.as_ref())?);
    let found = app
        .db
        .read(move |conn| waiting::list(conn, &by, behind))
        .await?;
    let full = i64::try_from(found.len()).is_ok_and(|count| count == waiting::AT_ONCE);
    let next = found.last().filter(|_| full).map(|it| it.id);
    let data = found.into_iter().map(waiting_mail).collect();
    Ok(Json(WaitingPage { data, next }))
}

/// `GET /api/v1/quarantine/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<QuarantineId>,
) -> Result<Json<Data<WaitingMail>>, ApiError> {
    let by = agent.actor();
    let found = app
        .db
        .read(move |conn| waiting::load(conn, &by, id))
        .await?;
    Ok(data(waiting_mail(found)))
}

/// `GET /api/v1/quarantine/{id}/raw`. It is for saving: nothing of it is shown or run.
pub(crate) async fn raw(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<QuarantineId>,
) -> Result<(HeaderMap, Body), ApiError> {
    let by = agent.actor();
    let bytes = app
        .db
        .write(agent.account_id(), move |unit| waiting::raw(unit, &by, id))
        .await?;
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::CONTENT_TYPE, "message/rfc822"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"mail.eml\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok((headers, Body::from(bytes)))
}

/// `POST /api/v1/quarantine/{id}/retry`.
pub(crate) async fn retry(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<QuarantineId>,
) -> Result<Json<Data<Retried>>, ApiError> {
    let ingested = waiting::retry(Means::of(&app), &agent.actor(), id).await?;
    let (message_id, conversation_id) = match ingested {
        Ingested::Stored {
            message_id,
            conversation_id,
        } => (Some(message_id), Some(conversation_id)),
        Ingested::Known | Ingested::Reported | Ingested::Quarantined(_) => (None, None),
    };
    Ok(data(Retried {
        waits: matches!(ingested, Ingested::Quarantined(_)),
        message_id,
        conversation_id,
    }))
}

/// `DELETE /api/v1/quarantine/{id}`.
pub(crate) async fn discard(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<QuarantineId>,
) -> Result<Gone, ApiError> {
    let by = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            waiting::discard(unit, &by, id)
        })
        .await?;
    Ok(Gone)
}
