//! Routes about the server itself.

use crate::http::handlers::health::{self, Health, Live};
use crate::http::handlers::ping::{self, Pong};
use crate::http::openapi;
use crate::http::route::Access::Anyone;
use crate::http::route::{Route, get, post};
use frontdesk_protocol::entity::Data;
use serde_json::Value;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/health/ready", Anyone, health::ready)
            .about("Says whether the server is up and its database answers.")
            .uncounted()
            .answers::<Health>(200),
        get("/health/live", Anyone, health::live)
            .about("Says that the process answers, whether or not its database does.")
            .uncounted()
            .answers::<Live>(200),
        get("/api/openapi.json", Anyone, openapi::serve)
            .about("This description.")
            .answers::<Value>(200),
        get("/api/ping", Anyone, ping::ping)
            .about("Answers with the parameters that came.")
            .answers::<Data<Pong>>(200),
        post("/api/ping", Anyone, ping::ping)
            .about("Answers with the parameters that came.")
            .answers::<Data<Pong>>(200),
    ]
}
