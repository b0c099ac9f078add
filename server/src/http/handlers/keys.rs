//! Personal API keys. A key is shown once and kept as a hash only, so making one is never kept
//! for a repeated request.

use crate::app::App;
use crate::failure::Failure;
use crate::http::{Agent, ApiError, Created, Gone, Id, Plain, Query, data, wire};
use crate::use_cases::keys::{self, NewKey};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::{ApiKeyId, KeyScope, Timestamp, UserId};
use frontdesk_protocol::entity::{Data, PersonalApiKey};
use schemars::JsonSchema;
use serde::Deserialize;

/// Whose keys to list: one's own, when it is not said.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct KeyQuery {
    /// Another user, for admins.
    user_id: Option<String>,
}

/// `GET /api/personal_api_keys`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<KeyQuery>,
) -> Result<Json<Data<Vec<PersonalApiKey>>>, ApiError> {
    let owner: Option<UserId> = match query.user_id {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| ApiError::BadRequest)?),
    };
    let (actor, owner) = (agent.actor(), owner.unwrap_or(agent.user_id()));
    let found = app
        .db
        .read(move |conn| keys::of_user(conn, &actor, owner))
        .await?;
    Ok(data(found.iter().map(wire::api_key).collect()))
}

/// `GET /api/personal_api_keys/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ApiKeyId>,
) -> Result<Json<Data<PersonalApiKey>>, ApiError> {
    let actor = agent.actor();
    let key = app
        .db
        .read(move |conn| keys::load(conn, &actor, id))
        .await?;
    Ok(data(wire::api_key(&key)))
}

/// A key to make for oneself.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct KeyBody {
    label: Option<String>,
    /// `read`, `write` or `admin`; `write` when it is not said. It never gives more than the
    /// user's role does.
    #[serde(default)]
    scope: Option<KeyScope>,
    /// Without one the key is good until it is revoked.
    #[serde(default)]
    expires_at: Option<String>,
}

/// `POST /api/personal_api_keys`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<KeyBody>,
) -> Result<Created<PersonalApiKey>, ApiError> {
    let new = NewKey {
        user_id: agent.user_id(),
        label: value.label.unwrap_or_default(),
        scope: value.scope.unwrap_or(KeyScope::Write),
        expires_at: end(value.expires_at.as_deref(), app.db.now())?,
    };
    let actor = agent.actor();
    let (key, token) = app
        .db
        .write(actor.account_id, move |unit| {
            keys::create(unit, &actor, &new)
        })
        .await
        .map_err(|failure: Failure| ApiError::from(failure))?;
    Ok(Created {
        location: format!("/api/personal_api_keys/{}", key.id),
        data: PersonalApiKey {
            value: token.reveal().to_owned(),
            ..wire::api_key(&key)
        },
    })
}

fn end(text: Option<&str>, now: Timestamp) -> Result<Option<Timestamp>, ApiError> {
    let Some(text) = text else {
        return Ok(None);
    };
    let invalid = || ApiError::invalid("expires_at", "is invalid");
    let at = Timestamp::parse(text).ok_or_else(invalid)?;
    if at <= now {
        return Err(ApiError::invalid("expires_at", "must be in the future"));
    }
    Ok(Some(at))
}

/// `DELETE /api/personal_api_keys/{id}`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ApiKeyId>,
) -> Result<Gone, ApiError> {
    app.act(agent.actor(), None, move |unit, actor| {
        keys::revoke(unit, actor, id)
    })
    .await?;
    app.cut_key(id);
    Ok(Gone)
}
