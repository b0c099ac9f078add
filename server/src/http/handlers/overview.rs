//! What dashboards ask about an account as a whole: its plan, and how far it is set up.

use crate::app::App;
use crate::http::{Agent, ApiError, Query, data, wire};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::browser_sessions::{self, VisitFilter};
use frontdesk_db::queries::messages::MessageFilter;
use frontdesk_db::{Conn, DbError, queries};
use frontdesk_domain::account::User;
use frontdesk_domain::{Actor, ChannelKind, CustomerId};
use frontdesk_protocol::entity::{BrowserSession, Data};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The plan, and what it is used for. Nothing is billed here.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Billing {
    subscription_plan: String,
    num_users: usize,
    num_messages: i64,
    /// Always null: this server sells nothing.
    product: Option<String>,
    subscription: Option<String>,
}

/// `GET /api/billing`.
pub(crate) async fn billing(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Billing>>, ApiError> {
    let actor = Actor::system(agent.account_id());
    let found = app.db.read(move |conn| bill(conn, &actor)).await?;
    found.map(data).ok_or(ApiError::NotFound)
}

fn bill(conn: &mut dyn Conn, actor: &Actor) -> Result<Option<Billing>, DbError> {
    let Some(account) = queries::accounts::by_id(conn, actor.account_id)? else {
        return Ok(None);
    };
    let users = queries::users::of_account(conn, actor.account_id)?;
    Ok(Some(Billing {
        subscription_plan: account.plan,
        num_users: users.iter().filter(|user| user.is_active()).count(),
        num_messages: queries::messages::count(conn, actor, &MessageFilter::default())?,
        product: None,
        subscription: None,
    }))
}

/// How far an account is set up.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Onboarded {
    configured_profile: bool,
    configured_storytime: bool,
    has_integrations: bool,
    installed_chat_widget: bool,
    invited_teammates: bool,
    upgraded_subscription: bool,
}

/// `GET /api/onboarding_status`, without an envelope.
pub(crate) async fn onboarding(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Onboarded>, ApiError> {
    let user = agent.user().clone();
    let found = app.db.read(move |conn| onboarded(conn, &user)).await?;
    Ok(Json(found))
}

fn onboarded(conn: &mut dyn Conn, user: &User) -> Result<Onboarded, DbError> {
    let id = user.account_id;
    let account = queries::accounts::by_id(conn, id)?;
    let users = queries::users::of_account(conn, id)?;
    let inboxes = queries::inboxes::of_account(conn, id)?;
    let looks = queries::widget_settings::of_account(conn, id)?;
    let visits = browser_sessions::list(conn, id, &VisitFilter::default(), 1)?;
    let is_real = |host: &str| !host.contains("localhost");
    Ok(Onboarded {
        configured_profile: user.has_profile(),
        configured_storytime: !visits.is_empty(),
        has_integrations: inboxes.iter().any(|it| it.channel != ChannelKind::Chat),
        installed_chat_widget: looks
            .iter()
            .any(|look| look.host.as_deref().is_some_and(is_real)),
        invited_teammates: users.iter().filter(|it| it.is_active()).count() > 1,
        upgraded_subscription: account.is_some_and(|it| it.plan != "starter"),
    })
}

/// Which visits to list.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct VisitQuery {
    customer_id: Option<String>,
    /// `true` for visits that go on, `false` for those that ended.
    active: Option<String>,
    /// 100 at most.
    limit: Option<String>,
}

const MOST_VISITS: i64 = 100;

/// `GET /api/browser_sessions`.
pub(crate) async fn visits(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<VisitQuery>,
) -> Result<Json<Data<Vec<BrowserSession>>>, ApiError> {
    let customer: Option<CustomerId> = match query.customer_id {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| ApiError::BadRequest)?),
    };
    let active = query.active.map(|text| text.parse::<bool>()).transpose();
    let limit = query.limit.map(|text| text.parse::<i64>()).transpose();
    let limit = limit.map_err(|_| ApiError::BadRequest)?;
    let limit = limit.unwrap_or(MOST_VISITS).clamp(1, MOST_VISITS);
    let filter = VisitFilter {
        customer_id: customer,
        finished: active
            .map_err(|_| ApiError::BadRequest)?
            .map(|active| !active),
    };
    let id = agent.account_id();
    let found = app
        .db
        .read(move |conn| browser_sessions::list(conn, id, &filter, limit))
        .await?;
    Ok(data(found.iter().map(wire::browser_session).collect()))
}

/// Small programs of the account. There are none on this server.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Lambda {}

/// `GET /api/lambdas`: dashboards list them, and there are none.
pub(crate) async fn lambdas(_: Agent) -> Json<Data<Vec<Lambda>>> {
    data(Vec::new())
}
