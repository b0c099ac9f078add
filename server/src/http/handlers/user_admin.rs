//! What admins do with the users of their account. Sockets of a user whose rights changed are
//! closed; the clients come back with the new ones.

use crate::app::App;
use crate::failure::Outcome;
use crate::http::{Agent, ApiError, Id, Plain, data, wire};
use crate::use_cases::users;
use axum::Json;
use axum::extract::State;
use frontdesk_db::Unit;
use frontdesk_domain::account::User;
use frontdesk_domain::{Actor, Role, UserId, Visibility};
use frontdesk_protocol::entity::{self, Data};
use schemars::JsonSchema;
use serde::Deserialize;

type Answer = Result<Json<Data<entity::User>>, ApiError>;

/// `POST /api/users/{id}/disable`.
pub(crate) async fn disable(State(app): State<App>, agent: Agent, Id(id): Id<UserId>) -> Answer {
    if agent.user_id() == id {
        return Err(ApiError::Refused("You cannot disable yourself."));
    }
    change(&app, &agent, id, users::disable).await
}

/// `POST /api/users/{id}/enable`.
pub(crate) async fn enable(State(app): State<App>, agent: Agent, Id(id): Id<UserId>) -> Answer {
    if agent.user_id() == id {
        return Err(ApiError::Refused("You cannot enable yourself."));
    }
    change(&app, &agent, id, users::enable).await
}

/// `POST /api/users/{id}/archive`.
pub(crate) async fn archive(State(app): State<App>, agent: Agent, Id(id): Id<UserId>) -> Answer {
    if agent.user_id() == id {
        return Err(ApiError::Forbidden("You cannot archive yourself."));
    }
    change(&app, &agent, id, users::archive).await
}

/// A user's new role.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewRole {
    /// `admin`, `user` or `viewer`.
    role: Option<String>,
}

/// `PUT /api/users/{id}/role`.
pub(crate) async fn set_role(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<UserId>,
    Plain { value, .. }: Plain<NewRole>,
) -> Answer {
    if agent.user_id() == id {
        return Err(ApiError::Refused("You cannot change your own role."));
    }
    let role: Option<Role> = value.role.and_then(|role| role.parse().ok());
    let role = role.ok_or(ApiError::Refused("A role is admin, user or viewer."))?;
    change(&app, &agent, id, move |unit, actor, id| {
        users::set_role(unit, actor, id, role)
    })
    .await
}

/// Which conversations a user sees from now on.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewVisibility {
    visibility: Visibility,
}

/// `PUT /api/v1/users/{id}/visibility`.
pub(crate) async fn set_visibility(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<UserId>,
    Plain { value, .. }: Plain<NewVisibility>,
) -> Answer {
    change(&app, &agent, id, move |unit, actor, id| {
        users::set_visibility(unit, actor, id, value.visibility)
    })
    .await
}

async fn change<F>(app: &App, agent: &Agent, id: UserId, command: F) -> Answer
where
    F: FnOnce(&mut Unit<'_>, &Actor, UserId) -> Outcome<User> + Send + 'static,
{
    let changed = app
        .act(agent.actor(), None, move |unit, actor| {
            command(unit, actor, id).map(|user| wire::user(&user))
        })
        .await?;
    app.cut_user(id);
    Ok(data(changed))
}
