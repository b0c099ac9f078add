//! Mailboxes at Google: the page where their owners let us in, their way back, and what Google tells.

use crate::app::App;
use crate::failure::Failure;
use crate::hooks::{self, Posted};
use crate::http::handlers::hooks::words;
use crate::http::handlers::mail_hook;
use crate::http::{Agent, ApiError, FieldErrors, Id, Query, data};
use crate::lines;
use crate::mail::{self, Consented};
use crate::use_cases::nouns;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use frontdesk_db::queries::connections;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Source};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where somebody signs in.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ConsentPage {
    /// To be opened in a browser within the hour, by the owner of the mailbox.
    url: String,
}

/// `POST /api/v1/connections/{id}/authorize`.
pub(crate) async fn authorize(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConnectionId>,
) -> Result<Json<Data<ConsentPage>>, ApiError> {
    let actor = agent.actor();
    let connection = app
        .db
        .read(move |conn| nouns::load::<Connection>(conn, &actor, id))
        .await?;
    let wrong = |why: &str| ApiError::Invalid(FieldErrors::one("settings", why));
    if connection.kind != Source::Email {
        return Err(wrong("is of a connection that nobody signs in for"));
    }
    let account = lines::mailbox(&app, &connection).await?;
    let account = account.map_err(|unfit| wrong(&unfit.to_string()))?;
    let public_url = &app.links.public_url;
    let url = mail::ask_owner(&app.vault, public_url, id, &account, app.db.now());
    let url = url.ok_or_else(|| wrong("has no gmail, so nobody signs in for this mailbox"))?;
    Ok(data(ConsentPage { url }))
}

/// What Google sends an owner back with.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    /// Why there is no code.
    #[serde(default)]
    error: Option<String>,
}

/// `GET /api/hooks/google`.
pub(crate) async fn back(
    State(app): State<App>,
    Query(it): Query<Back>,
) -> Result<Response, ApiError> {
    let came = match it.error {
        None => mail::consented(&app, &it.state, &it.code).await?,
        Some(_) => Consented::No {
            why: "it was not allowed at Google".to_owned(),
        },
    };
    Ok(page(&came))
}

/// A page that says what came of it, and can do nothing.
fn page(came: &Consented) -> Response {
    let (status, title, words) = match came {
        Consented::Yes { address } => (
            StatusCode::OK,
            "The mailbox is connected",
            format!("Mail to {address} comes into Frontdesk from now on. You can close this page."),
        ),
        Consented::No { why } => (
            StatusCode::BAD_REQUEST,
            "The mailbox is not connected",
            format!(
                "Nothing was changed: {why}. Ask for a new link, and open it as the mailbox's owner."
            ),
        ),
    };
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width\"><title>{title}</title>\
         <h1>{title}</h1><p>{words}"
    );
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// `POST /api/hooks/{id}/push`.
pub(crate) async fn told(
    State(app): State<App>,
    Id(id): Id<ConnectionId>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(connections::anywhere(conn, id)?))
        .await?;
    let connection = found
        .filter(|it| it.kind == Source::Email && Connection::is_on(it))
        .ok_or(ApiError::NoSuchAddress)?;
    let account = lines::mailbox(&app, &connection).await?;
    let account = account.map_err(|_| ApiError::NoSuchAddress)?;
    let posted = Posted {
        content_type: String::new(),
        headers: words(&headers),
        body,
    };
    hooks::told(&app, &connection, &account, &posted)
        .await
        .map_err(|error| mail_hook::in_words(id, error))?;
    Ok(StatusCode::NO_CONTENT)
}
