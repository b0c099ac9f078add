//! Recorded visits, as the recording pages make them.

use crate::app::App;
use crate::failure::Outcome;
use crate::http::{ApiError, Created, Id, Input, Plain, Wrapped, data, wire};
use crate::use_cases::visits::{self, NewVisit};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::browser_sessions;
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::visit::BrowserSession as Visit;
use frontdesk_domain::{AccountId, BrowserSessionId, CustomerId, Timestamp};
use frontdesk_protocol::entity::{BrowserSession, Data, Raw};
use schemars::JsonSchema;
use serde::Deserialize;

/// A visit to record.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct VisitFields {
    account_id: Option<AccountId>,
    #[serde(default)]
    customer_id: Option<CustomerId>,
    #[serde(default)]
    started_at: Option<String>,
    #[serde(default)]
    metadata: Option<Raw>,
}

impl Wrapped for VisitFields {
    const KEY: &'static str = "browser_session";
}

/// `POST /api/browser_sessions`.
pub(crate) async fn create(
    State(app): State<App>,
    Input { value, .. }: Input<VisitFields>,
) -> Result<Created<BrowserSession>, ApiError> {
    let blank = || ApiError::invalid("account_id", "can't be blank");
    let account_id = value.account_id.ok_or_else(blank)?;
    app.limits.widget(account_id, app.db.now())?;
    let started_at = match value.started_at.as_deref().map(Timestamp::parse) {
        Some(None) => return Err(ApiError::invalid("started_at", "is invalid")),
        Some(parsed) => parsed,
        None => None,
    };
    let new = NewVisit {
        account_id,
        customer_id: value.customer_id,
        started_at,
        metadata: value.metadata.as_ref().and_then(wire::json),
    };
    let made = app
        .db
        .write(account_id, move |unit| visits::begin(unit, new))
        .await?;
    Ok(Created {
        location: format!("/api/browser_sessions/{}", made.id),
        data: wire::browser_session(&made),
    })
}

/// `GET /api/browser_sessions/{id}/exists`.
pub(crate) async fn exists(
    State(app): State<App>,
    Id(id): Id<BrowserSessionId>,
) -> Result<Json<Data<bool>>, ApiError> {
    let found: Result<_, DbError> = app
        .db
        .read(move |conn| browser_sessions::anywhere(conn, id))
        .await;
    Ok(data(found?.is_some()))
}

/// `POST /api/browser_sessions/{id}/finish`: a beacon, whose body says nothing that matters.
pub(crate) async fn finish(
    State(app): State<App>,
    Id(id): Id<BrowserSessionId>,
) -> Result<Json<Data<BrowserSession>>, ApiError> {
    change(&app, id, move |unit, _| visits::finish(unit, id)).await
}

/// `POST /api/browser_sessions/{id}/restart`.
pub(crate) async fn restart(
    State(app): State<App>,
    Id(id): Id<BrowserSessionId>,
) -> Result<Json<Data<BrowserSession>>, ApiError> {
    change(&app, id, move |unit, _| visits::restart(unit, id)).await
}

/// Whose visit it is.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct VisitorId {
    customer_id: Option<CustomerId>,
}

/// `POST /api/browser_sessions/{id}/identify`.
pub(crate) async fn identify(
    State(app): State<App>,
    Id(id): Id<BrowserSessionId>,
    Plain { value, .. }: Plain<VisitorId>,
) -> Result<Json<Data<BrowserSession>>, ApiError> {
    let blank = || ApiError::invalid("customer_id", "can't be blank");
    let customer_id = value.customer_id.ok_or_else(blank)?;
    change(&app, id, move |unit, account_id| {
        visits::identify(unit, account_id, id, customer_id)
    })
    .await
}

async fn change(
    app: &App,
    id: BrowserSessionId,
    command: impl FnOnce(&mut Unit<'_>, AccountId) -> Outcome<Visit> + Send + 'static,
) -> Result<Json<Data<BrowserSession>>, ApiError> {
    let account_id = app
        .db
        .read(move |conn| visits::account_of(conn, id))
        .await?;
    let visit = app
        .db
        .write(account_id, move |unit| command(unit, account_id))
        .await?;
    Ok(data(wire::browser_session(&visit)))
}
