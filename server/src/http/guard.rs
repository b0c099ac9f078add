//! The door of every route: finds out who calls and whether they may.

use crate::app::App;
use crate::http::address::Address;
use crate::http::caller::{Agent, Via, identify};
use crate::http::cors::Page;
use crate::http::error::ApiError;
use crate::http::route::{Access, Pace, Reach, Weight};
use crate::limits::TooMany;
use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use frontdesk_domain::policy;

/// What a route asks of its callers.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) app: App,
    pub(crate) access: Access,
    pub(crate) reach: Reach,
    pub(crate) pace: Pace,
    pub(crate) weight: Weight,
}

/// Lets the request through with its caller, or answers it.
pub(crate) async fn admit(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    match check(&door, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// Counts whoever opens a socket or polls, as [`admit`] does for other requests.
pub(crate) async fn pace(State(app): State<App>, request: Request, next: Next) -> Response {
    let page = Page::of(&request);
    match count_address(&app, &request) {
        Ok(_) => next.run(request).await,
        Err(too_many) => page.may_read(ApiError::from(too_many).into_response()),
    }
}

async fn check(door: &Door, request: &mut Request) -> Result<(), ApiError> {
    if door.pace == Pace::Free {
        return Ok(());
    }
    let from = count_address(&door.app, request)?;
    weigh(door, request)?;
    let agent = identify(&door.app, request.headers()).await?;
    let agent = agent.map(|agent| agent.from(from.0));
    count_caller(&door.app, agent.as_ref(), from, request.method())?;
    // A key opens the public API only: `/api` is for people who signed in.
    let agent = agent.filter(|agent| door.reach == Reach::PublicApi || !agent.came_by_key());
    if let Access::Agent(permission) = door.access {
        let agent = agent.as_ref().ok_or(ApiError::NotSignedIn)?;
        policy::allows(&agent.actor(), permission).map_err(|_| ApiError::Role)?;
    }
    if let Some(agent) = agent {
        request.extensions_mut().insert(agent);
    }
    Ok(())
}

/// What a form adds to a file at most.
const FORM: u64 = 64 * 1024;

/// Refuses at once what says of itself that it is too large, before any of it is read.
fn weigh(door: &Door, request: &Request) -> Result<(), ApiError> {
    let limits = &door.app.config.limits;
    let most = match door.weight {
        Weight::Usual => limits.body.bytes() as u64,
        Weight::Upload => (limits.upload.bytes() as u64).saturating_add(FORM),
    };
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said = said.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match said {
        Some(bytes) if bytes > most => Err(ApiError::TooLarge),
        _ => Ok(()),
    }
}

fn count_address(app: &App, request: &Request) -> Result<Address, TooMany> {
    let proxies = &app.config.limits.trusted_proxies;
    let from = Address::of(request, proxies);
    if let Some(address) = from.outside(proxies) {
        app.limits.address(address, app.db.now())?;
    }
    Ok(from)
}

fn count_caller(
    app: &App,
    agent: Option<&Agent>,
    from: Address,
    method: &Method,
) -> Result<(), TooMany> {
    let now = app.db.now();
    match agent {
        Some(agent) => {
            if let Via::Key(id) = agent.via() {
                app.limits.key(id, now)?;
            }
            app.limits.account(agent.account_id(), now)
        }
        None if method.is_safe() => Ok(()),
        None => match from.outside(&app.config.limits.trusted_proxies) {
            Some(address) => app.limits.visitor(address, now),
            None => Ok(()),
        },
    }
}
