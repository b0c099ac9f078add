//! A small web server that is called: it answers challenges, keeps what it gets, and fails when it is
//! told to.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use parking_lot::Mutex;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request it got.
#[derive(Debug, Clone)]
pub struct Got {
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Got {
    /// The body, which is JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// A header, which is there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// The receiver. It ends when it is dropped.
#[derive(Debug)]
pub struct Receiver {
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    got: Mutex<Vec<Got>>,
    /// What the next calls are answered, challenges apart; 200 when there is no more.
    answers: Mutex<VecDeque<Answer>>,
}

/// What a call is answered.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    Status(u16),
    /// 429 with `retry-after` in seconds.
    Wait(u64),
    /// Nothing, for ever.
    Silence,
}

impl Receiver {
    /// A receiver on a free port of the loopback.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::<Shared>::default();
        let router = Router::new().fallback(take).with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self { url, shared, task }
    }

    /// Says what the next calls are answered.
    pub fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.shared.answers.lock().extend(answers);
    }

    /// All it got, challenges apart.
    #[must_use]
    pub fn got(&self) -> Vec<Got> {
        self.shared.got.lock().clone()
    }

    /// Waits until it has got so many.
    pub async fn has_got(&self, count: usize) -> Vec<Got> {
        crate::eventually(async || Some(self.got()).filter(|got| got.len() >= count)).await
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(
    State(shared): State<Arc<Shared>>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let got = Got {
        path: uri.path().to_owned(),
        headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    };
    if let Ok(body) = serde_json::from_str::<Value>(&got.body)
        && body["event"] == "webhook:verify"
    {
        return body["payload"].as_str().unwrap().to_owned().into_response();
    }
    shared.got.lock().push(got);
    let answer = shared.answers.lock().pop_front();
    match answer.unwrap_or(Answer::Status(200)) {
        Answer::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Answer::Silence => std::future::pending().await,
        Answer::Wait(seconds) => {
            let mut answer = StatusCode::TOO_MANY_REQUESTS.into_response();
            let wait = HeaderValue::from_str(&seconds.to_string()).unwrap();
            answer.headers_mut().insert("retry-after", wait);
            answer
        }
    }
}
