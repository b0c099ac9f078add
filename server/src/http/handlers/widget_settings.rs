//! How the chat widget looks: read by every page that shows it, changed by admins.

mod look;

pub(crate) use look::LookFields;

use crate::app::App;
use crate::failure::Failure;
use crate::http::handlers::lenient::{cut, lenient_id, says_nothing};
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Input, Plain, Query, data, wire};
use crate::use_cases::widget::{self, Sighting};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries;
use frontdesk_domain::decide::Field;
use frontdesk_domain::{AccountId, InboxId};
use frontdesk_protocol::entity::{Data, WidgetSettings, WidgetSettingsWithAccount};
use schemars::JsonSchema;
use serde::Deserialize;

/// Whose widget a page wants to show.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct WidgetQuery {
    account_id: Option<String>,
    /// The primary inbox when left out.
    #[serde(deserialize_with = "lenient_id")]
    inbox_id: Option<InboxId>,
}

/// `GET /api/widget_settings`.
pub(crate) async fn show(
    State(app): State<App>,
    Query(query): Query<WidgetQuery>,
) -> Result<Json<Data<WidgetSettingsWithAccount>>, ApiError> {
    let Some(text) = query.account_id.filter(|text| !says_nothing(text)) else {
        return Err(ApiError::BadParameters {
            message: "Send account_id",
            received: query
                .inbox_id
                .map(|_| "inbox_id".to_owned())
                .into_iter()
                .collect(),
        });
    };
    let account_id: AccountId = text.parse().map_err(|_| ApiError::BadRequest)?;
    let inbox_id = query.inbox_id;
    let (account, inbox_id, known) = app
        .db
        .read(move |conn| {
            let (account, inbox_id) = widget::place(conn, account_id, inbox_id)?;
            let known = queries::widget_settings::by_inbox(conn, account_id, inbox_id)?;
            Ok::<_, Failure>((account, inbox_id, known))
        })
        .await?;
    let look = match known {
        Some(known) => known,
        None => {
            app.db
                .write(account_id, move |unit| {
                    widget::look(unit, account_id, inbox_id)
                })
                .await?
        }
    };
    let now = app.db.now();
    Ok(data(wire::widget_with_account(&look, &account, now)))
}

/// `PUT /api/widget_settings`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Input { value, .. }: Input<LookFields>,
) -> Result<Json<Data<WidgetSettings>>, ApiError> {
    let inbox_id = value.inbox_id;
    let look = value.read()?;
    let actor = agent.actor();
    let changed = app
        .db
        .write(agent.account_id(), move |unit| {
            widget::restyle(unit, &actor, inbox_id, look)
        })
        .await?;
    Ok(data(wire::widget_settings(&changed)))
}

/// Where a page shows the widget.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SightingBody {
    account_id: Option<AccountId>,
    #[serde(default, deserialize_with = "lenient_id")]
    inbox_id: Option<InboxId>,
    #[serde(default)]
    metadata: SightingFields,
}

/// What is kept of it; the time is the server's own.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
struct SightingFields {
    host: Double<String>,
    pathname: Double<String>,
}

/// `PUT /api/widget_settings/metadata`.
pub(crate) async fn sighted(
    State(app): State<App>,
    Plain { value, .. }: Plain<SightingBody>,
) -> Result<Json<Data<WidgetSettings>>, ApiError> {
    let blank = || ApiError::invalid("account_id", "can't be blank");
    let account_id = value.account_id.ok_or_else(blank)?;
    let inbox_id = value.inbox_id;
    let sighting = Sighting {
        host: set(cut(value.metadata.host)),
        pathname: set(cut(value.metadata.pathname)),
    };
    let look = app
        .db
        .write(account_id, move |unit| {
            let (_, inbox_id) = widget::place(unit.conn(), account_id, inbox_id)?;
            widget::sighted(unit, account_id, inbox_id, sighting)
        })
        .await?;
    Ok(data(wire::widget_settings(&look)))
}

fn set(field: Field<String>) -> Option<String> {
    match field {
        Field::Set(text) => Some(text),
        Field::Keep | Field::Clear => None,
    }
}
