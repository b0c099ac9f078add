//! Inboxes, their identity secrets and their members.

use crate::app::App;
use crate::failure::Failure;
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Created, Gone, Id, Ids, Input, Wrapped, data, wire};
use crate::use_cases::inboxes::{self as use_case, InboxFields};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::inboxes;
use frontdesk_domain::{ChannelKind, InboxId, Refusal, UserId};
use frontdesk_protocol::entity::{Data, Inbox};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is said about an inbox. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct InboxBody {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    description: Double<String>,
    #[serde(default)]
    slug: Double<String>,
    #[serde(default)]
    channel: Option<ChannelKind>,
    #[serde(default)]
    is_primary: Option<bool>,
    #[serde(default)]
    is_private: Option<bool>,
    /// Whether chat visitors must prove who they are; takes an identity secret.
    #[serde(default)]
    identity_required: Option<bool>,
}

impl Wrapped for InboxBody {
    const KEY: &'static str = "inbox";
}

impl From<InboxBody> for InboxFields {
    fn from(body: InboxBody) -> Self {
        Self {
            name: body.name,
            description: body.description.field(),
            slug: body.slug.field(),
            channel: body.channel,
            is_primary: body.is_primary,
            is_private: body.is_private,
            identity_required: body.identity_required,
        }
    }
}

/// `GET /api/inboxes`: the primary one first.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<Inbox>>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(inboxes::of_account(conn, account_id)?))
        .await?;
    Ok(data(found.iter().map(wire::inbox).collect()))
}

/// `GET /api/inboxes/primary`.
pub(crate) async fn primary(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Inbox>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| {
            let found = inboxes::primary(conn, account_id)?;
            Ok::<_, Failure>(found.ok_or(Refusal::NotFound)?)
        })
        .await?;
    Ok(data(wire::inbox(&found)))
}

/// `GET /api/inboxes/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<InboxId>,
) -> Result<Json<Data<Inbox>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| {
            let found = inboxes::by_id(conn, account_id, id)?;
            Ok::<_, Failure>(found.ok_or(Refusal::NotFound)?)
        })
        .await?;
    Ok(data(wire::inbox(&found)))
}

/// `POST /api/inboxes`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<InboxBody>,
) -> Result<Created<Inbox>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let made = app
        .act(actor, intent, move |unit, actor| {
            use_case::open(unit, actor, value.into()).map(|made| wire::inbox(&made))
        })
        .await?;
    Ok(Created {
        location: format!("/api/inboxes/{}", made.id),
        data: made,
    })
}

/// `PUT /api/inboxes/{id}`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<InboxId>,
    Input { value, repeat }: Input<InboxBody>,
) -> Result<Json<Data<Inbox>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            use_case::change(unit, actor, id, value.into()).map(|it| wire::inbox(&it))
        })
        .await?;
    Ok(data(changed))
}

/// `DELETE /api/inboxes/{id}`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<InboxId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            use_case::remove(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}

/// A new secret, which nobody is shown again.
#[derive(Serialize, JsonSchema)]
pub(crate) struct IdentitySecret {
    identity_secret: String,
}

/// `POST /api/v1/inboxes/{id}/identity_secret`.
pub(crate) async fn renew_secret(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<InboxId>,
) -> Result<Json<Data<IdentitySecret>>, ApiError> {
    let (actor, vault) = (agent.actor(), app.vault.clone());
    let secret = app
        .db
        .write(agent.account_id(), move |unit| {
            use_case::renew_identity_secret(unit, &actor, &vault, id)
        })
        .await?;
    Ok(data(IdentitySecret {
        identity_secret: secret.reveal().to_owned(),
    }))
}

/// `DELETE /api/v1/inboxes/{id}/identity_secret`.
pub(crate) async fn forget_secret(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<InboxId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            use_case::forget_identity_secret(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}

/// `PUT /api/v1/inboxes/{id}/members/{user_id}`.
pub(crate) async fn add_member(
    State(app): State<App>,
    agent: Agent,
    Ids(id, user_id): Ids<InboxId, UserId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            use_case::join(unit, &actor, id, user_id)
        })
        .await?;
    app.cut_user(user_id);
    Ok(Gone)
}

/// `DELETE /api/v1/inboxes/{id}/members/{user_id}`.
pub(crate) async fn remove_member(
    State(app): State<App>,
    agent: Agent,
    Ids(id, user_id): Ids<InboxId, UserId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            use_case::leave(unit, &actor, id, user_id)
        })
        .await?;
    app.cut_user(user_id);
    Ok(Gone)
}
