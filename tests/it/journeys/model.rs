//! A model's service for a day's work, and a desk that is ready for it.

use super::Server;
use crate::window::wait_until;
use frontdesk_testkit::{Answers, ModelServer};
use serde_json::json;
use tokio::runtime::Runtime;

/// A model that answers by a script, on threads of its own.
pub(super) struct Model {
    pub(super) server: ModelServer,
    /// Keeps it going.
    _runtime: Runtime,
}

impl Model {
    pub(super) fn start(script: impl IntoIterator<Item = Answers>) -> Self {
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(ModelServer::start(script));
        Self {
            server,
            _runtime: runtime,
        }
    }

    /// One that knows no answer yet: what the example desk begins by itself takes nothing of a script.
    pub(super) fn quiet() -> Self {
        Self::start([Answers::AtOnce("NO_ANSWER".to_owned())])
    }

    /// All that it was ever told, in order.
    pub(super) fn told(&self) -> Vec<String> {
        let asked = self.server.asked().into_iter();
        asked
            .map(|it| format!("{}\n{}", it.head, it.body))
            .collect()
    }
}

/// Has drafts made when somebody asks, and not for what customers write.
pub(super) fn drafts_on_request(server: &Server<'_>) {
    let modes = server.get("/api/v1/ai/modes")["data"].clone();
    for mode in modes.as_array().unwrap() {
        let path = format!("/api/v1/ai/modes/{}", mode["inbox_id"].as_str().unwrap());
        server.put(&path, json!({ "mode": "request" }));
    }
    settled(server);
}

/// Waits until nothing is drafted any more for what the example desk's customers wrote before: it would be
/// answered out of the script.
fn settled(server: &Server<'_>) {
    let waiting = || server.get("/api/v1/jobs?kind=suggest")["data"].clone();
    wait_until(
        || format!("no draft to be made, found {}", waiting()),
        || waiting().as_array().unwrap().is_empty(),
    );
}

/// Puts the drafts of the example desk out of the way.
pub(super) fn reject_all(server: &Server<'_>) {
    let there = server.get("/api/v1/drafts")["data"].clone();
    for draft in there.as_array().unwrap() {
        let path = format!("/api/v1/drafts/{}/reject", draft["id"].as_str().unwrap());
        server.post(&path, json!({ "version": draft["version"] }), 200);
    }
}
