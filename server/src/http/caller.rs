//! Who calls: from the headers of a request to an [`Actor`].

use crate::app::App;
use crate::http::error::ApiError;
use crate::secret;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use frontdesk_db::{Conn, DbError, queries};
use frontdesk_domain::account::User;
use frontdesk_domain::actor::{Member, View};
use frontdesk_domain::key::ApiKey;
use frontdesk_domain::{AccountId, Actor, ApiKeyId, KeyScope, SessionId, UserId, Visibility, Who};
use std::net::IpAddr;
use std::sync::Arc;

/// A user who is signed in, or whose key is used.
#[derive(Debug, Clone)]
pub(crate) struct Agent(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    user: User,
    actor: Actor,
    via: Via,
}

/// By what the user is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    Session(SessionId),
    Key(ApiKeyId),
}

impl Agent {
    /// The user.
    pub(crate) fn user(&self) -> &User {
        &self.0.user
    }

    /// The user's number.
    pub(crate) fn user_id(&self) -> UserId {
        self.0.user.id
    }

    /// The user's account.
    pub(crate) fn account_id(&self) -> AccountId {
        self.0.user.account_id
    }

    /// The user as decisions see it.
    pub(crate) fn actor(&self) -> Actor {
        self.0.actor.clone()
    }

    /// Which conversations the user sees.
    pub(crate) fn view(&self) -> View {
        self.0.actor.view()
    }

    /// By what the user is known.
    pub(crate) fn via(&self) -> Via {
        self.0.via
    }

    /// What the user's personal API key may do, if the user came with one.
    pub(crate) fn key_scope(&self) -> Option<KeyScope> {
        match &self.0.actor.who {
            Who::User(member) => member.scope,
            _ => None,
        }
    }

    /// Whether the user came with a personal API key.
    pub(crate) fn came_by_key(&self) -> bool {
        matches!(self.0.via, Via::Key(_))
    }

    /// The same, seen to come from this address.
    pub(crate) fn from(mut self, address: Option<IpAddr>) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.actor.from = address;
        }
        self
    }

    fn new(user: User, view: View, via: Via, scope: Option<KeyScope>) -> Self {
        let member = Member {
            user_id: user.id,
            role: user.role,
            view,
            scope,
        };
        let actor = Actor {
            account_id: user.account_id,
            who: Who::User(member),
            from: None,
        };
        Self(Arc::new(Inner { user, actor, via }))
    }
}

/// The token of an `Authorization` header, bare or as a bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Presented {
    Bare(String),
    Bearer(String),
}

fn presented(headers: &HeaderMap) -> Option<Presented> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    match text.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => {
            Some(Presented::Bearer(rest.trim().to_owned()))
        }
        _ if text.is_empty() => None,
        _ => Some(Presented::Bare(text.to_owned())),
    }
}

/// Finds out who calls. A token that is none is the same as no token.
pub(crate) async fn identify(app: &App, headers: &HeaderMap) -> Result<Option<Agent>, DbError> {
    let Some(presented) = presented(headers) else {
        return Ok(None);
    };
    let (token, may_be_key) = match presented {
        Presented::Bare(token) => (token, KeyAllowed::No),
        Presented::Bearer(token) => (token, KeyAllowed::Yes),
    };
    let caller = by_token(app, &token, may_be_key).await?;
    Ok(caller.map(|caller| caller.agent))
}

/// A user, and the key the user came by.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) agent: Agent,
    pub(crate) key: Option<ApiKey>,
}

/// Who opens a socket with a token: a session's, or a personal API key.
pub(crate) async fn by_socket_token(app: &App, token: &str) -> Result<Option<Caller>, DbError> {
    by_token(app, token, KeyAllowed::Yes).await
}

async fn by_token(
    app: &App,
    token: &str,
    may_be_key: KeyAllowed,
) -> Result<Option<Caller>, DbError> {
    let now = app.db.now();
    let hash = secret::hash(token);
    let (agent, used) = app
        .db
        .read(move |conn| {
            if let Some((session, user)) = queries::sessions::by_access(conn, &hash, now)? {
                let agent = signed_in(conn, user, Via::Session(session), None)?;
                return Ok((agent, None));
            }
            if may_be_key == KeyAllowed::No {
                return Ok((None, None));
            }
            match queries::api_keys::by_hash(conn, &hash, now)? {
                Some((key, user)) => {
                    let agent = signed_in(conn, user, Via::Key(key.id), Some(key.scope))?;
                    Ok::<_, DbError>((agent, Some(key)))
                }
                None => Ok((None, None)),
            }
        })
        .await?;
    if let Some(key) = &used {
        note_use(app, key);
    }
    Ok(agent.map(|agent| Caller { agent, key: used }))
}

/// Notes that a key was used, at most once a minute and behind the request's back: reading must
/// not wait for a write.
fn note_use(app: &App, key: &ApiKey) {
    let a_minute_ago = app.db.now().plus_seconds(-60);
    if key.last_used_at.is_some_and(|at| at > a_minute_ago) {
        return;
    }
    let (db, id) = (app.db.clone(), key.id);
    app.tasks.spawn_light(async move {
        let noted = db
            .write_global(move |unit| queries::api_keys::touch(unit, id))
            .await;
        if let Err(error) = noted {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "a key's use was not noted");
        }
    });
}

/// Whether the token may be an API key: in a header those come as bearers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyAllowed {
    Yes,
    No,
}

fn signed_in(
    conn: &mut dyn Conn,
    user: User,
    via: Via,
    scope: Option<KeyScope>,
) -> Result<Option<Agent>, DbError> {
    if !user.is_active() {
        return Ok(None);
    }
    let view = view_of(conn, &user)?;
    Ok(Some(Agent::new(user, view, via, scope)))
}

/// Which conversations a user sees, as it is set now.
fn view_of(conn: &mut dyn Conn, user: &User) -> Result<View, DbError> {
    let inboxes = match user.visibility {
        Visibility::OwnInboxes => queries::users::inboxes(conn, user.id)?,
        Visibility::All | Visibility::OwnAndUnassigned => Vec::new(),
    };
    Ok(View::of(user.visibility, user.id, inboxes))
}

/// A user as decisions see it, without a key's limits.
pub(crate) fn member(conn: &mut dyn Conn, user: &User) -> Result<Actor, DbError> {
    let view = view_of(conn, user)?;
    let member = Member {
        user_id: user.id,
        role: user.role,
        view,
        scope: None,
    };
    Ok(Actor {
        account_id: user.account_id,
        who: Who::User(member),
        from: None,
    })
}

impl FromRequestParts<App> for Agent {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(ApiError::NotSignedIn)
    }
}

/// The agent on a route that anybody may call.
#[derive(Debug, Clone)]
pub(crate) struct MaybeAgent(pub(crate) Option<Agent>);

impl FromRequestParts<App> for MaybeAgent {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        Ok(Self(parts.extensions.get::<Agent>().cloned()))
    }
}
