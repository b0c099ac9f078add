//! A program of somebody else's that takes answers, each id once.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use parking_lot::Mutex;
use serde_json::Value;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// The program. It ends when it is dropped.
#[derive(Debug)]
pub(super) struct Bridge {
    pub(super) url: String,
    took: Arc<Mutex<Vec<Value>>>,
    _serving: JoinSet<()>,
}

impl Bridge {
    pub(super) async fn start_behind(front: impl FnOnce(Router) -> Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/out", listener.local_addr().unwrap());
        let took = Arc::<Mutex<Vec<Value>>>::default();
        let router = Router::new().route("/out", post(take));
        let router = front(router.with_state(Arc::clone(&took)));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            took,
            _serving: serving,
        }
    }

    /// Whom it is for and what it says, each once.
    pub(super) fn taken(&self) -> Vec<(String, String)> {
        let took = self.took.lock();
        let word = |it: &Value, field: &str| it[field].as_str().unwrap().to_owned();
        took.iter()
            .map(|it| (word(it, "to"), word(it, "text")))
            .collect()
    }
}

/// What comes again must be the same.
async fn take(State(took): State<Arc<Mutex<Vec<Value>>>>, Json(said): Json<Value>) {
    let mut took = took.lock();
    match took.iter().find(|it| it["id"] == said["id"]) {
        Some(known) => assert_eq!(*known, said),
        None => took.push(said),
    }
}
