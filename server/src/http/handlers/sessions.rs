//! Signing in, staying signed in, signing out.

use crate::app::App;
use crate::failure::Failure;
use crate::http::{Address, Agent, ApiError, Gone, Id, Input, MaybeAgent, Via, Wrapped, data};
use crate::secret::{self, Token};
use crate::use_cases::second_factor::{self, Entry, Wanted};
use crate::use_cases::sessions::{self, Pair, Renewal};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use frontdesk_db::queries::sessions::Device;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::account::User;
use frontdesk_domain::{KeyScope, SessionId};
use frontdesk_protocol::entity::Data;
use frontdesk_protocol::id::{AccountId, UserId};
use frontdesk_protocol::kind::Role;
use frontdesk_protocol::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Who wants to sign in.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct SignIn {
    email: String,
    password: String,
    /// A code of the authenticator app or a recovery code, once the server has asked for it.
    #[serde(default)]
    code: Option<String>,
}

impl Wrapped for SignIn {
    const KEY: &'static str = "user";
}

/// A signed-in session with its tokens.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SignedIn {
    user_id: UserId,
    email: String,
    account_id: AccountId,
    token: String,
    renew_token: String,
}

/// A signed-in session in the two forms that clients look for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SessionAnswer {
    data: SignedIn,
    user: Me,
    token: String,
    /// Shown this once, to who has just set up a second factor because the account requires it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recovery_codes: Vec<String>,
}

impl SessionAnswer {
    fn new(user: &User, pair: &Pair, recovery_codes: &[Token]) -> Json<Self> {
        let token = pair.access.reveal();
        Json(Self {
            data: SignedIn {
                user_id: user.id,
                email: user.email.clone(),
                account_id: user.account_id,
                token: token.to_owned(),
                renew_token: pair.renew.reveal().to_owned(),
            },
            user: Me::of(user, None),
            token: token.to_owned(),
            recovery_codes: recovery_codes
                .iter()
                .map(|code| code.reveal().to_owned())
                .collect(),
        })
    }
}

/// Nothing but that it is done.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Nothing {}

/// Who is asking.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Me {
    id: UserId,
    email: String,
    account_id: AccountId,
    role: Role,
    /// What the personal API key that asks may do; null for who signed in.
    key_scope: Option<KeyScope>,
}

impl Me {
    fn of(user: &User, key_scope: Option<KeyScope>) -> Self {
        Self {
            id: user.id,
            email: user.email.clone(),
            account_id: user.account_id,
            role: user.role,
            key_scope,
        }
    }
}

const WRONG: ApiError = ApiError::SignIn("Invalid email or password");
const DISABLED: ApiError =
    ApiError::SignIn("Your account is disabled. Ask an admin of your company to enable it.");
pub(crate) const BAD_TOKEN: ApiError = ApiError::SignIn("Invalid token");

/// `POST /api/session`.
pub(crate) async fn create(
    State(app): State<App>,
    address: Address,
    Input {
        value: SignIn {
            email,
            password,
            code,
        },
        ..
    }: Input<SignIn>,
) -> Result<Json<SessionAnswer>, ApiError> {
    let email = email.trim().to_lowercase();
    let from = address.outside(&app.config.limits.trusted_proxies);
    let attempt = app.limits.attempt(&email, from, app.db.now())?;
    let typed = email.clone();
    let found = app
        .db
        .read(move |conn| queries::users::by_email(conn, &typed))
        .await?;
    let (user, hash) = found.map_or((None, None), |(user, hash)| (Some(user), Some(hash)));
    let right = secret::verify_password(password, hash).await;
    let Some(user) = user.filter(|_| right) else {
        if attempt.locks_out() {
            note_lock_out(&app, email, from);
        }
        return Err(WRONG);
    };
    if !user.is_active() {
        app.limits.succeeded(&attempt);
        return Err(DISABLED);
    }
    let (lives, vault) = (app.config.sessions.clone(), app.vault.clone());
    let code = code.filter(|code| !code.trim().is_empty());
    let (user, done) = app
        .db
        .write(user.account_id, move |unit| {
            let done = second_factor::sign_in(unit, &vault, &user, code.as_deref(), &lives, from)?;
            Ok::<_, Failure>((user, done))
        })
        .await?;
    match done {
        Entry::Done {
            pair,
            recovery_codes,
        } => {
            app.limits.succeeded(&attempt);
            Ok(SessionAnswer::new(&user, &pair, &recovery_codes))
        }
        Entry::Wanted(Wanted::AnotherCode) => {
            if attempt.locks_out() {
                note_lock_out(&app, email, from);
            }
            Err(ApiError::SecondFactor(Wanted::AnotherCode))
        }
        Entry::Wanted(wanted) => {
            app.limits.set_aside(&attempt);
            Err(ApiError::SecondFactor(wanted))
        }
    }
}

/// Writes down that sign-ins wait, where there is somebody to sign in. Not before the answer: how
/// long that takes must not tell whether there is.
fn note_lock_out(app: &App, email: String, from: Option<IpAddr>) {
    let db = app.db.clone();
    app.tasks.spawn("lock-out", async move {
        let noted = db
            .write_global(move |unit| sessions::locked_out(unit, &email, from))
            .await;
        if let Err(error) = noted {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "a lock-out is not in the audit log");
        }
    });
}

/// `POST /api/session/renew`: a renew token works once.
pub(crate) async fn renew(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Json<SessionAnswer>, ApiError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = token.map(|text| text.strip_prefix("Bearer ").unwrap_or(text).trim());
    let hash = secret::hash(token.ok_or(BAD_TOKEN)?);
    let lives = app.config.sessions.clone();
    let renewal = app
        .db
        .write_global(move |unit| sessions::renew(unit, &hash, &lives))
        .await?;
    match renewal {
        Renewal::Renewed { user, pair } => Ok(SessionAnswer::new(&user, &pair, &[])),
        Renewal::Disabled => Err(DISABLED),
        Renewal::Unknown => Err(BAD_TOKEN),
        Renewal::Reused(family) => {
            tracing::warn!(session = %family, "a renew token came twice; its session has ended");
            app.cut_session(family);
            Err(BAD_TOKEN)
        }
    }
}

/// `DELETE /api/session`: the token is dead at once, and so are the session's sockets.
pub(crate) async fn delete(
    State(app): State<App>,
    MaybeAgent(agent): MaybeAgent,
) -> Result<Json<Data<Nothing>>, ApiError> {
    if let Some(Via::Session(family)) = agent.as_ref().map(Agent::via) {
        app.db
            .write_global(move |unit| queries::sessions::revoke_family(unit, family))
            .await
            .map_err(|error: DbError| ApiError::from(error))?;
        app.cut_session(family);
    }
    Ok(data(Nothing {}))
}

/// `GET /api/me`.
pub(crate) async fn me(agent: Agent) -> Json<Data<Me>> {
    data(Me::of(agent.user(), agent.key_scope()))
}

/// A device on which somebody is signed in.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SessionView {
    id: SessionId,
    created_at: RowStamp,
    /// When its tokens were last renewed.
    renewed_at: UtcStamp,
    /// When it ends unless it is renewed before.
    expires_at: UtcStamp,
    /// Whether it is the one that asks.
    current: bool,
}

/// `GET /api/v1/sessions`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<SessionView>>>, ApiError> {
    let (user_id, now) = (agent.user_id(), app.db.now());
    let devices = app
        .db
        .read(move |conn| queries::sessions::of_user(conn, user_id, now))
        .await
        .map_err(|error: DbError| ApiError::from(error))?;
    let view = |device: &Device| SessionView {
        id: device.family,
        created_at: RowStamp(device.created_at),
        renewed_at: UtcStamp(device.renewed_at),
        expires_at: UtcStamp(device.expires_at),
        current: agent.via() == Via::Session(device.family),
    };
    Ok(data(devices.iter().map(view).collect()))
}

/// `DELETE /api/v1/sessions/{id}`: signs a device of one's own out.
pub(crate) async fn end(
    State(app): State<App>,
    agent: Agent,
    Id(family): Id<SessionId>,
) -> Result<Gone, ApiError> {
    app.act(agent.actor(), None, move |unit, actor| {
        sessions::end(unit, actor, family)
    })
    .await?;
    app.cut_session(family);
    Ok(Gone)
}
