//! A workspace of Slack's to call: it knows people and channels, takes messages and lists them, holds a
//! file, opens lines it writes to, and fails as it is told to. Every call is compared with Slack's own description of its methods.

mod described;
mod files;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use frontdesk_testkit::eventually;
use futures_util::{SinkExt, StreamExt};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

pub(super) const BOT_TOKEN: &str = "xoxb-not-a-real-token";
pub(super) const APP_TOKEN: &str = "xapp-not-a-real-token";
pub(super) const SIGNING_SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

/// What the next message is answered.
#[derive(Debug, Clone)]
pub(super) enum Says {
    /// All is well but for this, as Slack puts it: status 200.
    Error(&'static str),
    Status(u16),
    /// 429, and so many seconds of patience.
    Wait(u64),
    /// It takes the message, and breaks the line before it has answered.
    Nothing,
}

/// The workspace. It ends when it is dropped.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) url: String,
    shared: Arc<Shared>,
    _serving: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Shared {
    methods: Value,
    /// What was called, and with what.
    calls: Mutex<Vec<(String, Value)>>,
    says: Mutex<VecDeque<Says>>,
    posted: Mutex<Vec<Value>>,
    /// The bytes that were brought, by the file they are of.
    brought: Mutex<HashMap<String, Bytes>>,
    lacks_scope: AtomicBool,
    /// The token of the bot.
    token: Mutex<String>,
    /// What renews it, and how often it was renewed.
    renews: Mutex<(String, u32)>,
    /// What was said to one alone.
    answers: Mutex<Vec<Value>>,
    /// What people wrote, for who asks.
    written: Mutex<Vec<Value>>,
    /// The address of the one who works at the desk.
    agent: Mutex<String>,
    line: Arc<Line>,
    /// What is not as the methods are described.
    faults: Mutex<Vec<String>>,
}

impl Workspace {
    pub(super) async fn start() -> Self {
        Self::start_behind(|service| service).await
    }

    /// The same with something before it.
    pub(super) async fn start_behind(front: impl FnOnce(Router) -> Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let methods: Value = serde_json::from_str(include_str!("slack_methods.json")).unwrap();
        let shared = Arc::new(Shared {
            methods: methods["methods"].clone(),
            token: Mutex::new(BOT_TOKEN.to_owned()),
            ..Shared::default()
        });
        let lines = TcpListener::bind("127.0.0.1:0").await.unwrap();
        *shared.line.url.lock() = format!("ws://{}", lines.local_addr().unwrap());
        let line = Arc::clone(&shared.line);
        let router = Router::new()
            .route("/api/{method}", any(called))
            .route("/files/{name}", get(files::file))
            .route("/upload/{id}", post(files::carried))
            .route("/answers", post(answered))
            .with_state(Arc::clone(&shared));
        let router = front(router);
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        serving.spawn(async move { line.serve(lines).await });
        Self {
            url,
            shared,
            _serving: serving,
        }
    }

    pub(super) fn says(&self, says: Says) {
        self.shared.says.lock().push_back(says);
    }

    /// The messages it took, in their order.
    pub(super) fn posted(&self) -> Vec<Value> {
        assert_eq!(*self.shared.faults.lock(), [""; 0]);
        self.shared.posted.lock().clone()
    }

    /// A message as it is shown now.
    pub(super) fn shown(&self, ts: &str) -> Value {
        let posted = self.posted();
        posted.into_iter().find(|it| it["ts"] == ts).unwrap()
    }

    /// What was said to one alone, once it is so much.
    pub(super) async fn has_answered(&self, count: usize) -> Vec<Value> {
        eventually(async || {
            let answers = self.shared.answers.lock().clone();
            (answers.len() >= count).then_some(answers)
        })
        .await
    }

    /// The token of the bot, as it is now.
    pub(super) fn token(&self) -> String {
        self.shared.token.lock().clone()
    }

    /// Renews no token any more.
    pub(super) fn forgets_refresh_tokens(&self) {
        self.shared.renews.lock().0.clear();
    }

    /// Says something over the line that stands, once one does.
    pub(super) fn tells(&self, frame: &Value) {
        self.shared.line.frames.lock().push_back(frame.to_string());
        self.shared.line.nudge.notify_one();
    }

    /// Breaks the line that stands without a word.
    pub(super) fn cuts(&self) {
        self.shared.line.frames.lock().push_back(CUT.to_owned());
        self.shared.line.nudge.notify_one();
    }

    /// The envelopes that were answered, in their order.
    pub(super) fn answered(&self) -> Vec<String> {
        self.shared.line.answered.lock().clone()
    }

    /// Gives the address of the one who works at the desk, Grace.
    pub(super) fn is_called(&self, email: &str) {
        *self.shared.agent.lock() = email.to_owned();
    }

    /// Somebody writes, and nobody is told.
    pub(super) fn writes(&self, message: Value) {
        self.shared.written.lock().push(message);
    }

    /// Somebody there deletes what the app posted.
    pub(super) fn loses_posts(&self) {
        self.shared.posted.lock().clear();
    }

    /// What somebody wrote becomes another, and nobody is told.
    pub(super) fn rewrites(&self, message: &Value) {
        let mut written = self.shared.written.lock();
        let held = written.iter_mut().find(|it| it["ts"] == message["ts"]);
        *held.unwrap() = message.clone();
    }

    /// How often a method was called.
    pub(super) fn count(&self, method: &str) -> usize {
        let calls = self.shared.calls.lock();
        calls.iter().filter(|(called, _)| called == method).count()
    }
}

/// The line the workspace writes to.
#[derive(Debug, Default)]
struct Line {
    url: Mutex<String>,
    frames: Mutex<VecDeque<String>>,
    nudge: Notify,
    answered: Mutex<Vec<String>>,
    /// What was said and is not answered: it is said again over the next line.
    unanswered: Mutex<VecDeque<String>>,
}

const CUT: &str = "cut";

impl Line {
    /// Takes one line after another; the newest is written to.
    async fn serve(self: Arc<Self>, listener: TcpListener) {
        let mut standing = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            standing.abort_all();
            let line = Arc::clone(&self);
            standing.spawn(async move { line.talk(stream).await });
        }
    }

    async fn talk(&self, stream: TcpStream) {
        let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else {
            return;
        };
        let hello = json!({ "type": "hello", "num_connections": 1 }).to_string();
        if socket.send(Message::text(hello)).await.is_err() {
            return;
        }
        self.frames.lock().extend(self.unanswered.lock().drain(..));
        loop {
            let next = self.frames.lock().pop_front();
            match next {
                Some(frame) if frame == CUT => return,
                Some(frame) => {
                    if named(&frame).is_some() {
                        self.unanswered.lock().push_back(frame.clone());
                    }
                    if socket.send(Message::text(frame)).await.is_err() {
                        return;
                    }
                }
                None => tokio::select! {
                    () = self.nudge.notified() => {}
                    said = socket.next() => match said {
                        Some(Ok(Message::Text(text))) => {
                            let answered = named(&text);
                            self.unanswered.lock().retain(|it| named(it) != answered);
                            self.answered.lock().push(answered.unwrap());
                        }
                        Some(Ok(_)) => {}
                        Some(Err(_)) | None => return,
                    },
                },
            }
        }
    }
}

/// The envelope of a frame or of an answer.
fn named(text: &str) -> Option<String> {
    let said: Value = serde_json::from_str(text).unwrap();
    said["envelope_id"].as_str().map(str::to_owned)
}

fn is_let_in(headers: &HeaderMap, token: &str) -> bool {
    let wanted = format!("Bearer {token}");
    let given = headers.get(header::AUTHORIZATION);
    given.is_some_and(|it| it.as_bytes() == wanted.as_bytes())
}

async fn called(
    State(shared): State<Arc<Shared>>,
    Path(method): Path<String>,
    verb: Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let token = match method.as_str() {
        "apps.connections.open" => APP_TOKEN.to_owned(),
        _ => shared.token.lock().clone(),
    };
    // Who has no token yet proves itself otherwise.
    if method != "oauth.v2.access" && !is_let_in(&headers, &token) {
        return Json(json!({ "ok": false, "error": "invalid_auth" })).into_response();
    }
    let args = described::args(&query.unwrap_or_default(), &headers, &body);
    shared.compare(&method, &verb, &args);
    let said = Value::Object(args.clone());
    shared.calls.lock().push((method.clone(), said.clone()));
    match method.as_str() {
        "auth.test" => Json(json!({ "ok": true, "team": "Acme", "team_id": "T1", "user": "desk" }))
            .into_response(),
        "users.info" => Json(shared.user(&said)).into_response(),
        "conversations.info" => {
            Json(json!({ "ok": true, "channel": { "id": said["channel"], "name": "acme-and-us" } }))
                .into_response()
        }
        "conversations.replies" | "conversations.history" => {
            Json(shared.listed(&said)).into_response()
        }
        "apps.connections.open" => {
            Json(json!({ "ok": true, "url": *shared.line.url.lock() })).into_response()
        }
        "users.conversations" => {
            Json(json!({ "ok": true, "channels": [{ "id": "C1" }] })).into_response()
        }
        "chat.postMessage" => shared.take(said),
        "files.getUploadURLExternal" if shared.lacks_scope.load(Ordering::Relaxed) => {
            let said = json!({ "ok": false, "error": "missing_scope", "needed": "files:write" });
            Json(said).into_response()
        }
        "files.getUploadURLExternal" => Json(shared.reserve(&said, &headers)).into_response(),
        "files.completeUploadExternal" => shared.show(&said),
        "oauth.v2.access" => Json(shared.grant(&said)).into_response(),
        "chat.update" => Json(shared.change(&said)).into_response(),
        "chat.delete" => Json(shared.remove(&said)).into_response(),
        _ => Json(json!({ "ok": false, "error": "unknown_method" })).into_response(),
    }
}

impl Shared {
    fn user(&self, said: &Value) -> Value {
        let mail = |name: &str| format!("{name}@customer.test");
        let (name, real, email, confirmed) = match said["user"].as_str().unwrap() {
            "U1" => ("ada", "Ada Lovelace", mail("ada"), true),
            "U2" => ("grace", "Grace Hopper", mail("grace"), false),
            "U4" => ("desk", "Grace of the desk", self.agent.lock().clone(), true),
            _ => return json!({ "ok": false, "error": "user_not_found" }),
        };
        let profile = json!({ "display_name": name, "real_name": real, "email": email });
        json!({ "ok": true, "user": { "id": said["user"], "profile": profile, "is_email_confirmed": confirmed } })
    }

    fn take(&self, mut message: Value) -> Response {
        let says = self.says.lock().pop_front();
        match says {
            Some(Says::Error(error)) => {
                return Json(json!({ "ok": false, "error": error })).into_response();
            }
            Some(Says::Status(status)) => {
                return StatusCode::from_u16(status).unwrap().into_response();
            }
            Some(Says::Wait(seconds)) => {
                let body = Json(json!({ "ok": false, "error": "ratelimited" }));
                let headers = [(header::RETRY_AFTER, seconds.to_string())];
                return (StatusCode::TOO_MANY_REQUESTS, headers, body).into_response();
            }
            Some(Says::Nothing) | None => {}
        }
        let ts = {
            let mut posted = self.posted.lock();
            let ts = format!("1795000100.{:06}", posted.len() + 1);
            message["ts"] = json!(ts);
            posted.push(message.clone());
            ts
        };
        if matches!(says, Some(Says::Nothing)) {
            // A body that ends before its length: the caller hears that the line broke.
            let broken = axum::body::Body::from_stream(futures_util::stream::once(async {
                Err::<Bytes, _>(std::io::Error::other("cut"))
            }));
            return (StatusCode::OK, broken).into_response();
        }
        if message["files"].is_array() {
            return Json(json!({ "ok": true, "files": message["files"] })).into_response();
        }
        Json(json!({ "ok": true, "channel": message["channel"], "ts": ts })).into_response()
    }

    /// Lets an app in by a code, or renews its token; either works once.
    fn grant(&self, said: &Value) -> Value {
        let text = |name: &str| said[name].as_str().unwrap_or_default();
        if (text("client_id"), text("client_secret")) != ("1.2", "hush") {
            return json!({ "ok": false, "error": "bad_client_secret" });
        }
        let mut renews = self.renews.lock();
        let (kind, team) = text("code").split_once('-').unwrap_or_default();
        let is_renewal = text("grant_type") == "refresh_token";
        match kind {
            _ if is_renewal && (renews.0.is_empty() || renews.0 != text("refresh_token")) => {
                return json!({ "ok": false, "error": "invalid_refresh_token" });
            }
            "code" => {
                return json!({ "ok": true, "access_token": BOT_TOKEN,
                    "team": { "id": team, "name": format!("Team {team}") } });
            }
            "dying" => {}
            _ if is_renewal => {}
            _ => return json!({ "ok": false, "error": "invalid_code" }),
        }
        renews.1 += 1;
        renews.0 = format!("xoxe-{}", renews.1);
        let token = format!("xoxe.xoxb-{}", renews.1);
        self.token.lock().clone_from(&token);
        json!({ "ok": true, "access_token": token, "refresh_token": renews.0, "expires_in": 43200,
            "team": { "id": "T1", "name": "Team T1" } })
    }

    /// A message of ours becomes another.
    fn change(&self, said: &Value) -> Value {
        let mut posted = self.posted.lock();
        let mut ours = posted.iter_mut();
        let held = ours.find(|it| it["ts"] == said["ts"] && it["channel"] == said["channel"]);
        let Some(held) = held else {
            return json!({ "ok": false, "error": "message_not_found" });
        };
        for field in ["text", "blocks"] {
            held[field] = said[field].clone();
        }
        json!({ "ok": true, "channel": said["channel"], "ts": said["ts"] })
    }

    /// A message of ours goes.
    fn remove(&self, said: &Value) -> Value {
        let mut posted = self.posted.lock();
        let before = posted.len();
        posted.retain(|it| it["ts"] != said["ts"] || it["channel"] != said["channel"]);
        match posted.len() < before {
            true => json!({ "ok": true, "channel": said["channel"], "ts": said["ts"] }),
            false => json!({ "ok": false, "error": "message_not_found" }),
        }
    }

    fn listed(&self, said: &Value) -> Value {
        let (posted, written) = (self.posted.lock(), self.written.lock());
        let oldest = said["oldest"].as_str().unwrap_or_default();
        let is_there = |it: &&Value| {
            let is_thread =
                said["ts"].is_null() || it["thread_ts"] == said["ts"] || it["ts"] == said["ts"];
            let is_new = it["ts"].as_str().unwrap() >= oldest;
            it["channel"] == said["channel"] && is_thread && is_new
        };
        let found: Vec<&Value> = posted.iter().chain(&*written).filter(is_there).collect();
        json!({ "ok": true, "messages": found })
    }
}

/// Whoever has the address of an answer may write there; our token has no business here.
async fn answered(State(shared): State<Arc<Shared>>, headers: HeaderMap, Json(said): Json<Value>) {
    if headers.contains_key(header::AUTHORIZATION) {
        let fault = "the token was shown to an address of answers";
        shared.faults.lock().push(fault.to_owned());
    }
    shared.answers.lock().push(said);
}
