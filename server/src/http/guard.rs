//! The door of every route: finds out who calls and whether they may.

use crate::app::App;
use crate::http::address::Address;
use crate::http::caller::identify;
use crate::http::error::ApiError;
use crate::http::route::{Access, Reach};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use frontdesk_domain::policy;

/// What a route asks of its callers.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) app: App,
    pub(crate) access: Access,
    pub(crate) reach: Reach,
}

/// Lets the request through with its caller, or answers it.
pub(crate) async fn admit(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    match check(&door, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn check(door: &Door, request: &mut Request) -> Result<(), ApiError> {
    let Address(from) = Address::of(request, &door.app.config.limits.trusted_proxies);
    let agent = identify(&door.app, request.headers()).await?;
    let agent = agent.map(|agent| agent.from(from));
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
