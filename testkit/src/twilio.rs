//! A Twilio to call: it asks for the account's password, takes and lists messages, holds a file, and can
//! keep its answer to itself. And what Twilio posts, signed as Twilio signs it.

pub mod content;
mod described;

use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use parking_lot::Mutex;
use serde_json::{Value, json};
use sha1::Sha1;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// The account, its password, our number and the customer's.
pub const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub const OURS: &str = "+15557654321";
pub const THEIRS: &str = "+15551234567";

/// What the next message is answered.
#[derive(Debug, Clone)]
pub enum Says {
    /// An error, by its status and code.
    Error(u16, i64),
    /// It takes the message, and breaks the line before it has answered.
    Nothing,
}

/// The stand-in. It ends when it is dropped.
#[derive(Debug)]
pub struct Twilio {
    /// Where it is.
    pub url: String,
    shared: Arc<Shared>,
    _serving: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Shared {
    taken: Mutex<Vec<Vec<(String, String)>>>,
    says: Mutex<VecDeque<Says>>,
    /// What is not as the operations are described.
    faults: Mutex<Vec<String>>,
    /// What the next requests for a file are answered in place of the file.
    withholds: Mutex<VecDeque<u16>>,
    /// How often a file was asked for.
    asked: AtomicUsize,
    /// How often templates were asked for.
    listed: AtomicUsize,
}

impl Twilio {
    /// One on a free port of this machine.
    pub async fn start() -> Self {
        Self::start_behind(|service| service).await
    }

    /// The same with something before it.
    pub async fn start_behind(front: impl FnOnce(Router) -> Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::<Shared>::default();
        let messages = "/2010-04-01/Accounts/{sid}/Messages.json";
        let router = Router::new()
            .route(messages, post(take).get(list))
            .route("/media/{name}", get(media))
            .route("/v1/ContentAndApprovals", get(content::list))
            .with_state(Arc::clone(&shared));
        let router = front(router);
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            shared,
            _serving: serving,
        }
    }

    /// Answers the next message so.
    pub fn says(&self, says: Says) {
        self.shared.says.lock().push_back(says);
    }

    /// Answers the next requests for a file so.
    pub fn withholds(&self, statuses: impl IntoIterator<Item = u16>) {
        self.shared.withholds.lock().extend(statuses);
    }

    /// How often a file was asked for.
    pub fn asked(&self) -> usize {
        self.shared.asked.load(Ordering::Relaxed)
    }

    /// A field of every message it took, in their order.
    pub fn taken(&self, field: &str) -> Vec<String> {
        assert_eq!(*self.shared.faults.lock(), [""; 0]);
        let taken = self.shared.taken.lock();
        taken.iter().map(|form| value(form, field)).collect()
    }
}

fn value(form: &[(String, String)], field: &str) -> String {
    let found = form.iter().find(|(name, _)| name == field);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

fn is_signed(headers: &HeaderMap) -> bool {
    let pair = STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"));
    headers
        .get(header::AUTHORIZATION)
        .is_some_and(|it| it.as_bytes() == format!("Basic {pair}").as_bytes())
}

fn refusal(status: u16, code: i64) -> Response {
    let body = json!({ "code": code, "message": "no", "status": status });
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

async fn take(
    State(shared): State<Arc<Shared>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
    Form(mut form): Form<Vec<(String, String)>>,
) -> Response {
    if !is_signed(&headers) || sid != ACCOUNT {
        return refusal(401, 20003);
    }
    let faults = described::faults("CreateMessage", &form);
    shared.faults.lock().extend(faults);
    if let Some(text) = content::text(&form) {
        form.push(("Body".to_owned(), text));
    }
    if value(&form, "Body").is_empty() && value(&form, "MediaUrl").is_empty() {
        return refusal(400, 21602);
    }
    let says = shared.says.lock().pop_front();
    if let Some(Says::Error(status, code)) = says {
        return refusal(status, code);
    }
    let number = {
        let mut taken = shared.taken.lock();
        taken.push(form);
        taken.len()
    };
    if matches!(says, Some(Says::Nothing)) {
        // A body that ends before its length: the caller hears that the line broke.
        let broken = axum::body::Body::from_stream(futures_util::stream::once(async {
            Err::<axum::body::Bytes, _>(std::io::Error::other("cut"))
        }));
        return (StatusCode::CREATED, broken).into_response();
    }
    let body = json!({ "sid": format!("SM{number:032}"), "status": "queued" });
    (StatusCode::CREATED, Json(body)).into_response()
}

async fn list(
    State(shared): State<Arc<Shared>>,
    Query(asked): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    if !is_signed(&headers) {
        return refusal(401, 20003);
    }
    let faults = described::faults("ListMessage", &asked);
    shared.faults.lock().extend(faults);
    let taken = shared.taken.lock();
    let listed: Vec<Value> = taken
        .iter()
        .enumerate()
        .rev()
        .map(|(at, form)| {
            json!({
                "sid": format!("SM{:032}", at + 1),
                "direction": "outbound-api",
                "body": value(form, "Body"),
            })
        })
        .collect();
    Json(json!({ "messages": listed })).into_response()
}

async fn media(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    if !is_signed(&headers) {
        return refusal(401, 20003);
    }
    shared.asked.fetch_add(1, Ordering::Relaxed);
    if let Some(status) = shared.withholds.lock().pop_front() {
        return StatusCode::from_u16(status).unwrap().into_response();
    }
    b"\x89PNG\r\n\x1a\nrest".to_vec().into_response()
}

/// Posts what Twilio posts, and says how it was answered.
pub async fn posts(url: &str, token: &str, fields: &[(&str, &str)]) -> StatusCode {
    let mut sorted = fields.to_vec();
    sorted.sort_unstable();
    let signed = sorted
        .iter()
        .fold(url.to_owned(), |text, (name, value)| text + name + value);
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    let form = fields.iter().fold(String::new(), |form, (name, value)| {
        let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        form + name + "=" + &value + "&"
    });
    let request = crate::http()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .header(
            "x-twilio-signature",
            STANDARD.encode(mac.finalize().into_bytes()),
        )
        .body(form.trim_end_matches('&').to_owned());
    request.send().await.unwrap().status()
}
