//! The users of one's own account, and what users say about themselves.

use crate::app::App;
use crate::failure::Failure;
use crate::http::input::{Double, given};
use crate::http::{Agent, ApiError, Id, Input, Plain, Query, Wrapped, data, wire};
use crate::use_cases::profile::{self, ProfileFields, SettingsFields};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::users::{self, UserFilter};
use frontdesk_domain::{Availability, Refusal, UserId};
use frontdesk_protocol::entity::{Data, User, UserSettings};
use schemars::JsonSchema;
use serde::Deserialize;

/// What a list of users can be narrowed to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct UsersQuery {
    /// `false` for those who have no access any more; the others unless given.
    active: Option<String>,
    role: Option<String>,
    email: Option<String>,
}

/// `GET /api/users`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<UsersQuery>,
) -> Result<Json<Data<Vec<User>>>, ApiError> {
    let active: Option<bool> = given("active", query.active.as_ref())?;
    let filter = UserFilter {
        active: Some(active.unwrap_or(true)),
        role: given("role", query.role.as_ref())?,
        email: query.email.map(|email| email.trim().to_lowercase()),
    };
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(users::list(conn, account_id, &filter)?))
        .await?;
    Ok(data(found.iter().map(wire::user).collect()))
}

/// `GET /api/users/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<UserId>,
) -> Result<Json<Data<User>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| {
            let user = users::by_id(conn, account_id, id)?;
            let active = user.filter(frontdesk_domain::account::User::is_active);
            Ok::<_, Failure>(active.ok_or(Refusal::NotFound)?)
        })
        .await?;
    Ok(data(wire::user(&found)))
}

/// `GET /api/profile`.
pub(crate) async fn profile(agent: Agent) -> Json<Data<User>> {
    data(wire::user(agent.user()))
}

/// What is said about oneself. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ProfileBody {
    #[serde(default)]
    full_name: Double<String>,
    #[serde(default)]
    display_name: Double<String>,
    #[serde(default)]
    profile_photo_url: Double<String>,
}

impl Wrapped for ProfileBody {
    const KEY: &'static str = "user_profile";
}

/// `PUT /api/profile`.
pub(crate) async fn describe(
    State(app): State<App>,
    agent: Agent,
    Input { value, .. }: Input<ProfileBody>,
) -> Result<Json<Data<User>>, ApiError> {
    let actor = agent.actor();
    let said = ProfileFields {
        full_name: value.full_name.field(),
        display_name: value.display_name.field(),
        profile_photo_url: value.profile_photo_url.field(),
    };
    let user = app
        .db
        .write(agent.account_id(), move |unit| {
            profile::describe(unit, &actor, said)
        })
        .await?;
    Ok(data(wire::user(&user)))
}

/// Whether one can take work now.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct AvailabilityBody {
    availability: Availability,
}

/// `PUT /api/v1/me/availability`.
pub(crate) async fn set_availability(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<AvailabilityBody>,
) -> Result<Json<Data<User>>, ApiError> {
    let actor = agent.actor();
    let user = app
        .db
        .write(agent.account_id(), move |unit| {
            profile::set_availability(unit, &actor, value.availability)
        })
        .await?;
    Ok(data(wire::user(&user)))
}

/// `GET /api/user_settings`.
pub(crate) async fn settings(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<UserSettings>>, ApiError> {
    let actor = agent.actor();
    let settings = app
        .db
        .write(agent.account_id(), move |unit| {
            profile::settings(unit, &actor)
        })
        .await?;
    Ok(data(wire::user_settings(&settings)))
}

/// What to be told of. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SettingsBody {
    #[serde(default)]
    email_alert_on_new_message: Option<bool>,
    #[serde(default)]
    email_alert_on_new_conversation: Option<bool>,
    #[serde(default)]
    expo_push_token: Double<String>,
    /// What stands below the mails one writes.
    #[serde(default)]
    signature: Double<String>,
}

impl Wrapped for SettingsBody {
    const KEY: &'static str = "user_settings";
}

/// `PUT /api/user_settings`.
pub(crate) async fn choose(
    State(app): State<App>,
    agent: Agent,
    Input { value, .. }: Input<SettingsBody>,
) -> Result<Json<Data<UserSettings>>, ApiError> {
    let actor = agent.actor();
    let said = SettingsFields {
        on_new_message: value.email_alert_on_new_message,
        on_new_conversation: value.email_alert_on_new_conversation,
        expo_push_token: value.expo_push_token.field(),
        signature: value.signature.field(),
    };
    let settings = app
        .db
        .write(agent.account_id(), move |unit| {
            profile::choose(unit, &actor, said)
        })
        .await?;
    Ok(data(wire::user_settings(&settings)))
}
