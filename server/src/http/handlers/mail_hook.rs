//! Mail that providers post. It may be larger than any other request, so it is read only for a mailbox
//! that has a hook.

use crate::app::App;
use crate::failure::Failure;
use crate::hooks::{self, HookError, Posted};
use crate::http::handlers::hooks::words;
use crate::http::{ApiError, Id};
use crate::lines;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use frontdesk_connectors::channel::Rejected;
use frontdesk_db::queries::connections;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Source};

/// A mail of 40 MiB in Base64, and what stands around it.
const LARGEST: usize = 64 * 1024 * 1024;

/// `POST /api/hooks/{id}/mime`.
pub(crate) async fn take(
    State(app): State<App>,
    Id(id): Id<ConnectionId>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(connections::anywhere(conn, id)?))
        .await?;
    let connection = found
        .filter(|it| it.kind == Source::Email && Connection::is_on(it))
        .ok_or(ApiError::NoSuchAddress)?;
    let account = lines::mailbox(&app, &connection).await?.map_err(|unfit| {
        tracing::warn!(connection = %id, %unfit, "a mailbox that is called is not set up");
        ApiError::NoSuchAddress
    })?;
    if account.settings.hook.is_none() {
        return Err(ApiError::NoSuchAddress);
    }
    let body = to_bytes(body, LARGEST).await;
    let content_type = headers.get(header::CONTENT_TYPE);
    let posted = Posted {
        content_type: content_type
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
        headers: words(&headers),
        body: body.map_err(|_| ApiError::TooLarge)?,
    };
    hooks::take(&app, connection, &account, posted)
        .await
        .map_err(|error| in_words(id, error))?;
    Ok(StatusCode::OK)
}

pub(super) fn in_words(id: ConnectionId, error: HookError) -> ApiError {
    match error {
        HookError::Rejected(Rejected::Forged) => {
            ApiError::Forbidden("The signature is missing, wrong or too old")
        }
        HookError::Rejected(Rejected::Unreadable) => ApiError::BadRequest,
        HookError::Failure(failure) => failure.into(),
        HookError::Later(why) => {
            tracing::warn!(connection = %id, why, "a posted mail has to come again");
            ApiError::Unavailable("What was posted cannot be taken now. Try again later.")
        }
        HookError::NoHook => ApiError::NoSuchAddress,
    }
}
