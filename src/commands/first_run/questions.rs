//! What the server is asked on the first run.

use super::{Answered, Begun, words};
use crate::clock;
use crate::net::address::Address;
use crate::net::api;
use crate::secret::Secret;
use crate::sign_in::Desk;
use frontdesk_ui::first_run::{Heard, Hidden, Problem, Server};

/// What stands behind an address.
pub(super) async fn check(desk: Desk, text: String) -> Answered {
    Answered {
        heard: Heard::Server(look(&desk, &text).await),
        session: None,
    }
}

async fn look(desk: &Desk, text: &str) -> Result<Server, Problem> {
    let address: Address = text.parse().map_err(|_| words::not_an_address())?;
    let origin = address.origin();
    let http = desk.http(address).map_err(|error| words::of(&error))?;
    let asked_at = clock::now();
    let about = api::about(&http)
        .await
        .map_err(|error| words::of_server(&origin, error))?;
    Ok(Server {
        origin,
        version: about.version,
        took_ms: u64::try_from((clock::now().0 - asked_at.0) / 1_000).unwrap_or(0),
    })
}

/// A password becomes a session, which is kept in memory only.
pub(super) async fn sign_in(
    desk: Desk,
    server: String,
    email: String,
    password: Hidden,
) -> Answered {
    let (heard, session) = match begin(&desk, &server, &email, &password).await {
        Ok(begun) => (Ok(begun.session.email.clone()), Some(Box::new(begun))),
        Err(problem) => (Err(problem), None),
    };
    Answered {
        heard: Heard::SignedIn(heard),
        session,
    }
}

async fn begin(
    desk: &Desk,
    server: &str,
    email: &str,
    password: &Hidden,
) -> Result<Begun, Problem> {
    let address: Address = server.parse().map_err(|_| words::not_an_address())?;
    let http = desk.http(address).map_err(|error| words::of(&error))?;
    let password = Secret::new(password.expose().to_owned());
    let session = api::sign_in(&http, email, &password, None)
        .await
        .map_err(words::of_sign_in)?;
    Ok(Begun { http, session })
}
