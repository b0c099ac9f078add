//! What the company is and does, for those who write in its name. Without an envelope.

use crate::app::App;
use crate::http::input::{Double, Repeat};
use crate::http::{Agent, ApiError, FieldErrors, Plain, wire};
use crate::use_cases::context::{ContextChanges, change_context};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::decide::Field;
use frontdesk_domain::json;
use frontdesk_protocol::entity::{BusinessContext, Raw};
use schemars::JsonSchema;
use serde::Deserialize;

/// What to change. What is left out stays; null clears.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct ContextBody {
    #[serde(default)]
    business_name: Double<String>,
    #[serde(default)]
    business_description: Double<String>,
    /// A list.
    #[serde(default)]
    services: Double<Raw>,
    #[serde(default)]
    scheduling_link: Double<String>,
    /// Questions and answers.
    #[serde(default)]
    faqs: Double<Raw>,
    #[serde(default)]
    additional_context: Double<String>,
}

/// `GET /api/business_context`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<BusinessContext>, ApiError> {
    let id = agent.account_id();
    let found = app
        .db
        .read(move |conn| queries::business_contexts::by_account(conn, id))
        .await
        .map_err(|error: DbError| ApiError::from(error))?;
    let shown = found.as_ref().map(wire::business_context);
    Ok(Json(shown.unwrap_or_default()))
}

/// `POST /api/business_context`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Plain { value, repeat }: Plain<ContextBody>,
) -> Result<(StatusCode, Json<BusinessContext>), ApiError> {
    let changed = change(&app, &agent, value, &repeat).await?;
    Ok((StatusCode::CREATED, Json(changed)))
}

/// `PUT /api/business_context`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Plain { value, repeat }: Plain<ContextBody>,
) -> Result<Json<BusinessContext>, ApiError> {
    change(&app, &agent, value, &repeat).await.map(Json)
}

async fn change(
    app: &App,
    agent: &Agent,
    body: ContextBody,
    repeat: &Repeat,
) -> Result<BusinessContext, ApiError> {
    let changes = body.checked().map_err(ApiError::Invalid)?;
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            change_context(unit, actor, changes).map(|context| wire::business_context(&context))
        })
        .await?;
    Ok(changed)
}

/// Names and links are short.
const SHORT: usize = 255;

/// More than an AI would read of it.
const LONG: usize = 20_000;

impl ContextBody {
    pub(crate) fn checked(self) -> Result<ContextChanges, FieldErrors> {
        let changes = ContextChanges {
            business_name: self.business_name.field(),
            business_description: self.business_description.field(),
            services: kept(self.services),
            scheduling_link: self.scheduling_link.field(),
            faqs: kept(self.faqs),
            additional_context: self.additional_context.field(),
        };
        let lengths = [
            ("business_name", length(&changes.business_name), SHORT),
            (
                "business_description",
                length(&changes.business_description),
                LONG,
            ),
            ("services", json_length(&changes.services), LONG),
            ("scheduling_link", length(&changes.scheduling_link), SHORT),
            ("faqs", json_length(&changes.faqs), LONG),
            (
                "additional_context",
                length(&changes.additional_context),
                LONG,
            ),
        ];
        let mut errors = FieldErrors::default();
        for (field, length, most) in lengths {
            if length > most {
                errors.add(field, &format!("should be at most {most} character(s)"));
            }
        }
        if errors.is_empty() {
            Ok(changes)
        } else {
            Err(errors)
        }
    }
}

fn length(field: &Field<String>) -> usize {
    match field {
        Field::Set(text) => text.chars().count(),
        Field::Keep | Field::Clear => 0,
    }
}

fn json_length(field: &Field<json::Json>) -> usize {
    match field {
        Field::Set(json) => json.0.len(),
        Field::Keep | Field::Clear => 0,
    }
}

fn kept(given: Double<Raw>) -> Field<json::Json> {
    match given.field() {
        Field::Keep => Field::Keep,
        Field::Clear => Field::Clear,
        Field::Set(raw) => wire::json(&raw).map_or(Field::Clear, Field::Set),
    }
}
