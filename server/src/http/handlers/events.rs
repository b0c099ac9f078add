//! `GET /api/v1/events`: what happened since a number, in pages.

use crate::app::App;
use crate::failure::Failure;
use crate::http::{Agent, ApiError, Query, wire};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries;
use frontdesk_domain::EventSeq;
use frontdesk_protocol::entity::Event;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// From where to read on.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct EventsQuery {
    /// The last number that is known; 0 reads from the beginning.
    after: Option<String>,
    /// 500 at most.
    limit: Option<String>,
}

/// A page of events without a gap: what the reader may not see is there as a number.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EventsPage {
    data: Vec<Event>,
    /// The account's newest number.
    newest: EventSeq,
    /// Whether there are more after this page.
    more: bool,
}

const LONGEST: i64 = 500;

/// Reads on from a number; 410 when it is older than what is kept.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<EventsQuery>,
) -> Result<Json<EventsPage>, ApiError> {
    let number = |text: Option<String>, otherwise: i64| match text {
        None => Ok(otherwise),
        Some(text) => text.parse::<i64>().map_err(|_| ApiError::BadRequest),
    };
    let after = EventSeq(number(query.after, 0)?.max(0));
    let limit = number(query.limit, LONGEST)?.clamp(1, LONGEST);
    let account_id = agent.account_id();
    let (newest, oldest, page) = app
        .db
        .read(move |conn| {
            let (newest, oldest) = queries::accounts::seqs(conn, account_id)?;
            let page = queries::events::since(conn, account_id, after, limit)?;
            Ok::<_, Failure>((newest, oldest, page))
        })
        .await?;
    if after.0 < oldest.0.saturating_sub(1) || after > newest {
        return Err(ApiError::Resync);
    }
    let view = agent.view();
    Ok(Json(EventsPage {
        more: page.last().is_some_and(|last| last.seq < newest),
        data: page
            .iter()
            .map(|event| wire::event(event, &view, &app.links))
            .collect(),
        newest,
    }))
}
