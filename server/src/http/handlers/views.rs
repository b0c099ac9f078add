//! `/api/v1/views`: searches that are kept under a name.

use crate::app::App;
use crate::http::{Agent, ApiError, Created, Gone, Id, Input, Wrapped, data, wire};
use crate::use_cases::bulk::{self, Which};
use crate::use_cases::views::{self, ViewFields};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries;
use frontdesk_domain::{TeamId, ViewId, ViewScope, ViewSort};
use frontdesk_protocol::entity::{Data, SavedView};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is said about a view. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ViewBody {
    #[serde(default)]
    name: Option<String>,
    /// What is looked for, as in `GET /api/v1/search`.
    #[serde(default)]
    query: Option<String>,
    #[serde(default)]
    sort: Option<ViewSort>,
    /// Who sees it; only its maker when it is left out.
    #[serde(default)]
    scope: Option<ViewScope>,
    #[serde(default)]
    team_id: Option<TeamId>,
    #[serde(default)]
    position: Option<i64>,
}

impl Wrapped for ViewBody {
    const KEY: &'static str = "view";
}

impl From<ViewBody> for ViewFields {
    fn from(body: ViewBody) -> Self {
        Self {
            name: body.name,
            query: body.query,
            sort: body.sort,
            scope: body.scope,
            team_id: body.team_id,
            position: body.position,
        }
    }
}

/// `GET` of all that the caller sees.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<SavedView>>>, ApiError> {
    let (account_id, user_id) = (agent.account_id(), agent.user_id());
    let found = app
        .db
        .read(move |conn| queries::views::seen_by(conn, account_id, user_id))
        .await?;
    Ok(data(found.iter().map(wire::saved_view).collect()))
}

/// `POST`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<ViewBody>,
) -> Result<Created<SavedView>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let made = app
        .act(actor, intent, move |unit, actor| {
            views::add(unit, actor, &value.into()).map(|view| wire::saved_view(&view))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/views/{}", made.id),
        data: made,
    })
}

/// `GET` of one.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ViewId>,
) -> Result<Json<Data<SavedView>>, ApiError> {
    let actor = agent.actor();
    let view = app
        .db
        .read(move |conn| views::load(conn, &actor, id))
        .await?;
    Ok(data(wire::saved_view(&view)))
}

/// `PUT`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ViewId>,
    Input { value, repeat }: Input<ViewBody>,
) -> Result<Json<Data<SavedView>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let view = app
        .act(actor, intent, move |unit, actor| {
            views::change(unit, actor, id, &value.into()).map(|view| wire::saved_view(&view))
        })
        .await?;
    Ok(data(view))
}

/// `DELETE`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ViewId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            views::remove(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}

/// How many conversations stand in a view.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ViewCount {
    count: usize,
}

/// `GET /api/v1/views/{id}/count`.
pub(crate) async fn count(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ViewId>,
) -> Result<Json<Data<ViewCount>>, ApiError> {
    let actor = agent.actor();
    let asker = actor.clone();
    let view = app
        .db
        .read(move |conn| views::load(conn, &asker, id))
        .await?;
    let found = bulk::choose(&app, &actor, Which::Found(view.query)).await?;
    Ok(data(ViewCount { count: found.len() }))
}
