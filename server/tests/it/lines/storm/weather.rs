//! The weather before a service: what is asked of it meets what networks and busy services do. A call is
//! put off, refused, done and not answered, or its line breaks, as chance has it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use frontdesk_testkit::Chance;
use parking_lot::Mutex;
use serde_json::Value;
use std::sync::Arc;

/// Of how many calls one goes wrong: of those that send, and of all others.
const SENDING: usize = 3;
const OTHER: usize = 12;

/// How a service says what services say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Whether a path is one by which messages go out.
    pub(super) sends: fn(&str) -> bool,
    /// Its body with a call to wait for so many seconds.
    pub(super) busy: fn(u64) -> Value,
    /// Its answer to a token that is no good.
    pub(super) expired: (u16, fn() -> Value),
}

/// What happens to a call.
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// Too many: it is to come again in so many seconds.
    Busy(u64),
    /// Nothing is done.
    Away,
    Expired,
    /// All is done, and the answer is that something went wrong.
    Stumbles,
    /// All is done, and the line breaks before the answer is whole.
    Loses,
    /// All is done, and nothing is ever said of it.
    Silence,
}

/// The weather. Clones are the same.
#[derive(Debug, Clone)]
pub(super) struct Weather(Arc<Sky>);

#[derive(Debug)]
struct Sky {
    manner: Manner,
    /// None when it is fair.
    chance: Mutex<Option<Chance>>,
}

impl Weather {
    pub(super) fn bad(manner: Manner, chance: Chance) -> Self {
        let chance = Mutex::new(Some(chance));
        Self(Arc::new(Sky { manner, chance }))
    }

    /// Puts a service behind it.
    pub(super) fn before(&self, service: Router) -> Router {
        service.layer(middleware::from_fn_with_state(self.clone(), pass))
    }

    /// It is fair from now on.
    pub(super) fn clears(&self) {
        *self.0.chance.lock() = None;
    }

    fn strikes(&self, path: &str) -> Option<Fault> {
        let mut held = self.0.chance.lock();
        let chance = held.as_mut()?;
        let sends = (self.0.manner.sends)(path);
        if chance.below(if sends { SENDING } else { OTHER }) > 0 {
            return None;
        }
        let busy = Fault::Busy(chance.between(1, 3));
        let mild = [busy, Fault::Away, Fault::Loses];
        let all = [
            busy,
            Fault::Away,
            Fault::Expired,
            Fault::Stumbles,
            Fault::Loses,
            Fault::Silence,
        ];
        Some(*chance.one_of(if sends { &all[..] } else { &mild[..] }))
    }
}

async fn pass(State(weather): State<Weather>, request: Request, next: Next) -> Response {
    let manner = weather.0.manner;
    let Some(fault) = weather.strikes(request.uri().path()) else {
        return next.run(request).await;
    };
    let said = |status: u16, body: Value| {
        (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
    };
    match fault {
        Fault::Busy(seconds) => {
            let mut answer = said(429, (manner.busy)(seconds));
            let headers = answer.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
            answer
        }
        Fault::Away => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Fault::Expired => said(manner.expired.0, (manner.expired.1)()),
        Fault::Stumbles => {
            next.run(request).await;
            StatusCode::BAD_GATEWAY.into_response()
        }
        Fault::Loses => {
            let done = next.run(request).await;
            let cut =
                futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
            (done.status(), Body::from_stream(cut)).into_response()
        }
        Fault::Silence => {
            next.run(request).await;
            std::future::pending().await
        }
    }
}
