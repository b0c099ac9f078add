//! Outgoing webhooks, as admins keep them. Whoever adds or changes one has its address proved before
//! anything is stored; answers that hold a secret are never kept for a repeated request.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Created, Id, Input, Wrapped, data, wire};
use crate::secret::Token;
use crate::use_cases::nouns;
use crate::use_cases::subscriptions::{self, SubscriptionFields};
use crate::vault::Secret;
use crate::work::webhook::body;
use crate::work::webhook::verify::{Proof, verify};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::event_subscriptions as rows;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{AccountId, SubscriptionId};
use frontdesk_protocol::entity::{Data, EventSubscription};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bytes of a secret.
const SECRET: usize = 32;

/// What is said about a webhook. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SubscriptionBody {
    /// An address that starts with `http://` or `https://`.
    #[serde(default)]
    webhook_url: Option<String>,
    /// The names of the events that are wanted beside those of new messages and conversations.
    #[serde(default)]
    scope: Double<String>,
}

impl Wrapped for SubscriptionBody {
    const KEY: &'static str = "event_subscription";
}

impl From<SubscriptionBody> for SubscriptionFields {
    fn from(body: SubscriptionBody) -> Self {
        Self {
            webhook_url: body.webhook_url,
            scope: body.scope.field(),
            proven: None,
        }
    }
}

impl Listed for Subscription {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = rows::of_account;
}

impl Resource for Subscription {
    type Body = SubscriptionBody;
    type Shown = EventSubscription;

    const PATH: &'static str = "/api/event_subscriptions";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<EventSubscription> {
        Ok(wire::event_subscription(self))
    }
}

/// `POST /api/event_subscriptions`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, .. }: Input<SubscriptionBody>,
) -> Result<Created<EventSubscription>, ApiError> {
    let mut fields = SubscriptionFields::from(value);
    let secret = fresh_secret();
    let text = fields.webhook_url.as_deref().unwrap_or_default();
    let problem = prove(&app, &mut fields.proven, text, &secret).await?;
    let (actor, vault) = (agent.actor(), app.vault.clone());
    let kept = Secret::new(secret.clone());
    let made = app
        .db
        .write(agent.account_id(), move |unit| {
            let made = nouns::add::<Subscription>(unit, &actor, fields)?;
            subscriptions::keep_secret(unit, &vault, actor.account_id, made.id, &kept)?;
            Ok::<_, Failure>(made)
        })
        .await?;
    Ok(Created {
        location: format!("{}/{}", Subscription::PATH, made.id),
        data: EventSubscription {
            secret: Some(body::shown(&secret)),
            problem,
            ..wire::event_subscription(&made)
        },
    })
}

/// `PUT /api/event_subscriptions/{id}`. One that was kept before calls were signed gets its secret now.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<SubscriptionId>,
    Input { value, .. }: Input<SubscriptionBody>,
) -> Result<Json<Data<EventSubscription>>, ApiError> {
    let (actor, account_id) = (agent.actor(), agent.account_id());
    let (reader, vault) = (actor.clone(), app.vault.clone());
    let (held, known) = app
        .db
        .read(move |conn| {
            let held = nouns::load::<Subscription>(conn, &reader, id)?;
            let known = subscriptions::secret(conn, &vault, account_id, id)?;
            Ok::<_, Failure>((held, known))
        })
        .await?;
    let is_new = known.is_none();
    let secret = known.map_or_else(fresh_secret, |known| known.reveal().to_vec());
    let mut fields = SubscriptionFields::from(value);
    let text = fields.webhook_url.clone().unwrap_or(held.webhook_url);
    let problem = prove(&app, &mut fields.proven, &text, &secret).await?;
    let (kept, vault) = (Secret::new(secret.clone()), app.vault.clone());
    let changed = app
        .db
        .write(account_id, move |unit| {
            let changed = nouns::change::<Subscription>(unit, &actor, id, fields)?;
            if is_new {
                subscriptions::keep_secret(unit, &vault, account_id, id, &kept)?;
            }
            Ok::<_, Failure>(changed)
        })
        .await?;
    Ok(data(EventSubscription {
        secret: is_new.then(|| body::shown(&secret)),
        problem,
        ..wire::event_subscription(&changed)
    }))
}

/// Has an address prove itself; says what is wrong where it does not.
async fn prove(
    app: &App,
    proven: &mut Option<String>,
    text: &str,
    secret: &[u8],
) -> Result<Option<String>, ApiError> {
    let url = subscriptions::url(text).map_err(Failure::from)?;
    let challenge = Token::random();
    let asked = verify(
        &app.outgoing,
        &url,
        secret,
        challenge.reveal(),
        app.db.now(),
    );
    match asked.await? {
        Proof::Given => {
            *proven = Some(url);
            Ok(None)
        }
        Proof::Missing(why) => Ok(Some(why)),
        Proof::Forbidden(why) => Err(ApiError::invalid("webhook_url", &why)),
    }
}

/// A secret, shown this once.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NewSecret {
    /// What calls are signed with from now on.
    secret: String,
}

/// `POST /api/v1/event_subscriptions/{id}/secret`.
pub(crate) async fn renew_secret(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<SubscriptionId>,
) -> Result<Json<Data<NewSecret>>, ApiError> {
    let secret = fresh_secret();
    let (actor, vault) = (agent.actor(), app.vault.clone());
    let kept = Secret::new(secret.clone());
    app.db
        .write(agent.account_id(), move |unit| {
            subscriptions::set_secret(unit, &actor, &vault, id, &kept)
        })
        .await?;
    Ok(data(NewSecret {
        secret: body::shown(&secret),
    }))
}

/// Random bytes nobody can guess.
///
/// # Panics
/// When the system has no randomness: nothing safe can be done then.
fn fresh_secret() -> Vec<u8> {
    let mut secret = vec![0; SECRET];
    getrandom::fill(&mut secret).expect("the system gives random bytes");
    secret
}
