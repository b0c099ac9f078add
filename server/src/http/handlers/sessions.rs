//! Signing in, staying signed in, signing out.

use crate::app::App;
use crate::failure::Failure;
use crate::http::{Agent, ApiError, Input, MaybeAgent, Plain, Via, Wrapped, data};
use crate::secret::{self, Token};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use frontdesk_db::queries::sessions::{Renewable, Session};
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::account::User;
use frontdesk_domain::{SessionId, Timestamp};
use frontdesk_protocol::entity::Data;
use frontdesk_protocol::id::{AccountId, UserId};
use frontdesk_protocol::kind::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Who wants to sign in.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SignIn {
    email: String,
    password: String,
}

impl Wrapped for SignIn {
    const KEY: &'static str = "user";
}

/// A signed-in session with its tokens.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SignedIn {
    user_id: UserId,
    email: String,
    account_id: AccountId,
    token: String,
    renew_token: String,
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
}

const WRONG: ApiError = ApiError::SignIn("Invalid email or password");
const DISABLED: ApiError =
    ApiError::SignIn("Your account is disabled. Ask an admin of your company to enable it.");

/// `POST /api/session`.
pub(crate) async fn create(
    State(app): State<App>,
    Input {
        value: SignIn { email, password },
        ..
    }: Input<SignIn>,
) -> Result<Json<Data<SignedIn>>, ApiError> {
    let email = email.trim().to_lowercase();
    let found = app
        .db
        .read(move |conn| queries::users::by_email(conn, &email))
        .await?;
    let (user, hash) = found.map_or((None, None), |(user, hash)| (Some(user), Some(hash)));
    let right = secret::verify_password(password, hash).await;
    let Some(user) = user.filter(|_| right) else {
        return Err(WRONG);
    };
    if !user.is_active() {
        return Err(DISABLED);
    }
    let signed_in = open(&app, user, None).await?;
    Ok(data(signed_in))
}

/// `POST /api/session/renew`: a renew token works once.
pub(crate) async fn renew(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Json<Data<SignedIn>>, ApiError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = token.map(|text| text.strip_prefix("Bearer ").unwrap_or(text).trim());
    let hash = secret::hash(token.ok_or(BAD_TOKEN)?);
    let used = app
        .db
        .write_global(move |unit| use_renew(unit, &hash))
        .await?;
    let Some(Renewed { session, user }) = used else {
        return Err(BAD_TOKEN);
    };
    if !user.is_active() {
        return Err(DISABLED);
    }
    Ok(data(open(&app, user, Some(session.family)).await?))
}

const BAD_TOKEN: ApiError = ApiError::SignIn("Invalid token");

struct Renewed {
    session: Renewable,
    user: User,
}

/// Uses the token up. One that comes a second time was copied: the whole session ends, for
/// whoever holds the other copy too.
fn use_renew(unit: &mut Unit<'_>, hash: &[u8; 32]) -> Result<Option<Renewed>, DbError> {
    let Some(session) = queries::sessions::by_renew(unit, hash)? else {
        return Ok(None);
    };
    if session.renewed_at.is_some() || !queries::sessions::use_renew(unit, session.id)? {
        return Ok(None);
    }
    let user = queries::users::by_id(unit.conn(), session.account_id, session.user_id)?;
    Ok(user.map(|user| Renewed { session, user }))
}

/// Makes a new pair of tokens, for a new session or for one that goes on.
pub(crate) async fn open(
    app: &App,
    user: User,
    family: Option<SessionId>,
) -> Result<SignedIn, DbError> {
    let (access, renew) = (Token::random(), Token::random());
    let id = SessionId::random();
    let now = app.db.now();
    let session = Session {
        id,
        family: family.unwrap_or(id),
        user_id: user.id,
        account_id: user.account_id,
        access_hash: access.hash(),
        access_expires_at: after(now, app.config.sessions.access),
        renew_hash: renew.hash(),
        renew_expires_at: after(now, app.config.sessions.renew),
        created_at: now,
    };
    app.db
        .write_global(move |unit| queries::sessions::insert(unit, &session))
        .await?;
    Ok(SignedIn {
        user_id: user.id,
        email: user.email,
        account_id: user.account_id,
        token: access.reveal().to_owned(),
        renew_token: renew.reveal().to_owned(),
    })
}

fn after(now: Timestamp, life: Duration) -> Timestamp {
    now.plus_seconds(i64::try_from(life.as_secs()).unwrap_or(i64::MAX))
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
            .map_err(|error: DbError| ApiError::from(Failure::Db(error)))?;
        app.cut_session(family);
    }
    Ok(data(Nothing {}))
}

/// `GET /api/me`.
pub(crate) async fn me(agent: Agent) -> Json<Data<Me>> {
    let user = agent.user();
    data(Me {
        id: user.id,
        email: user.email.clone(),
        account_id: user.account_id,
        role: user.role,
    })
}

/// Whose password was forgotten.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Forgotten {
    email: Option<String>,
}

/// That it was taken note of.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Noted {
    ok: bool,
}

/// `POST /api/reset_password`: the same answer whether the address is known or not.
pub(crate) async fn forgot(
    State(app): State<App>,
    Plain { value, .. }: Plain<Forgotten>,
) -> Result<Json<Data<Noted>>, ApiError> {
    let email = value.email.unwrap_or_default().trim().to_lowercase();
    let token = Token::random();
    let hash = token.hash();
    app.db
        .write_global(move |unit| {
            if let Some((user, _)) = queries::users::by_email(unit.conn(), &email)? {
                let expires_at = unit.now().plus_seconds(RESET_LIFE);
                queries::sessions::insert_reset(unit, &hash, user.id, expires_at)?;
            }
            Ok::<_, DbError>(())
        })
        .await?;
    Ok(data(Noted { ok: true }))
}

/// Two hours, in seconds.
const RESET_LIFE: i64 = 2 * 60 * 60;
