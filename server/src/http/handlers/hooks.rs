//! What providers post to us. The connection is in the address; who posts proves it by signature, and
//! is answered once everything is stored.

use crate::app::App;
use crate::failure::Failure;
use crate::http::{ApiError, Id};
use crate::lines;
use crate::use_cases::{arrive, ask, hear};
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use frontdesk_connectors::channel::{Admitted, Channel, Heard, Rejected, Request};
use frontdesk_db::queries::connections;
use frontdesk_domain::ConnectionId;
use frontdesk_domain::connection::Connection;

/// `POST /api/hooks/{id}`.
pub(crate) async fn hear(
    State(app): State<App>,
    Id(id): Id<ConnectionId>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(connections::anywhere(conn, id)?))
        .await?;
    let connection = found
        .filter(Connection::is_on)
        .ok_or(ApiError::NoSuchAddress)?;
    let channel = lines::open(&app, &connection).await?.map_err(|unfit| {
        tracing::warn!(connection = %id, %unfit, "a connection that is called is not set up");
        ApiError::NoSuchAddress
    })?;
    let asked = uri.path_and_query().map_or("", |it| it.as_str());
    let url = format!("{}{asked}", app.links.public_url);
    let headers = words(&headers);
    let request = Request {
        url: &url,
        headers: &headers,
        body: &body,
        now: app.db.now(),
    };
    if let Some(way) = channel.admit() {
        let admitted = way.admit(&request).map_err(words_of)?;
        return admit(&app, &connection, admitted).await;
    }
    let way = channel.receive().ok_or(ApiError::NoSuchAddress)?;
    let heard = way.receive(&request).map_err(words_of)?;
    take(&app, &connection, channel.as_ref(), heard).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn words_of(rejected: Rejected) -> ApiError {
    match rejected {
        Rejected::Forged => forged(),
        Rejected::Unreadable => ApiError::BadRequest,
    }
}

pub(super) fn forged() -> ApiError {
    ApiError::Forbidden("The signature or key is missing or wrong")
}

/// Takes in all that was heard.
pub(super) async fn take(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    heard: Vec<Heard>,
) -> Result<(), ApiError> {
    for one in heard {
        hear::take(app, connection, channel, one).await?;
    }
    Ok(())
}

/// Keeps what came; it is understood afterwards.
pub(super) async fn admit(
    app: &App,
    connection: &Connection,
    admitted: Admitted,
) -> Result<Response, ApiError> {
    match admitted {
        Admitted::Keep(arrival) => arrive::keep(app, connection, arrival).await?,
        Admitted::Asked(asked) => ask::keep(app, connection, asked).await?,
        Admitted::Answer(text) => return Ok(text.into_response()),
        Admitted::Nothing => {}
    }
    Ok(StatusCode::OK.into_response())
}

pub(super) fn words(headers: &HeaderMap) -> Vec<(String, String)> {
    let readable = headers.iter().filter_map(|(name, value)| {
        let value = value.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    });
    readable.collect()
}
