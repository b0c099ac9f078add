//! A bot of Telegram's, told by requests or asking.

mod described;

use super::{connect, conversations, reaches};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::any;
use axum::{Json, Router};
use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinSet;

pub(super) const TOKEN: &str = "5550001:not-a-real-token";
pub(super) const SECRET: &str = "a-secret-of-the-desk";

/// A Telegram to call. It ends when it is dropped.
#[derive(Debug)]
pub(super) struct Telegram {
    pub(super) url: String,
    shared: Arc<Shared>,
    _serving: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Shared {
    calls: Mutex<Vec<(String, Value)>>,
    /// What is not as the methods are described.
    faults: Mutex<Vec<String>>,
    /// What there is to be asked for.
    updates: Mutex<Vec<Value>>,
    nudge: Notify,
    /// It takes files, and answers as if it were broken.
    loses_answers: AtomicBool,
}

impl Telegram {
    pub(super) async fn start() -> Self {
        Self::start_behind(|service| service).await
    }

    /// The same with something before it.
    pub(super) async fn start_behind(front: impl FnOnce(Router) -> Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::<Shared>::default();
        let router = Router::new()
            .route("/{bot}/{method}", any(called))
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

    /// What a method was called with, each time.
    pub(super) fn calls(&self, method: &str) -> Vec<Value> {
        assert_eq!(*self.shared.faults.lock(), [""; 0]);
        let calls = self.shared.calls.lock();
        let of_it = calls.iter().filter(|(called, _)| called == method);
        of_it.map(|(_, said)| said.clone()).collect()
    }

    pub(super) fn loses_answers(&self) {
        self.shared.loses_answers.store(true, Ordering::Relaxed);
    }

    pub(super) fn tells(&self, update: Value) {
        self.shared.updates.lock().push(update);
        self.shared.nudge.notify_one();
    }
}

async fn called(
    State(shared): State<Arc<Shared>>,
    Path((bot, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    assert_eq!(bot, format!("bot{TOKEN}"));
    let said = match headers.get(CONTENT_TYPE).map(|it| it.to_str().unwrap()) {
        Some(kind) if kind.starts_with("multipart/") => form(kind, body.clone()).await,
        _ => serde_json::from_slice(&body).unwrap_or_default(),
    };
    let faults = described::faults(&method, &said);
    shared.faults.lock().extend(faults);
    shared.calls.lock().push((method.clone(), said.clone()));
    let answer = match method.as_str() {
        "getUpdates" => json!({ "ok": true, "result": shared.updates(&said).await }),
        "sendMessage" => {
            let number = 900 + shared.calls.lock().len();
            json!({ "ok": true, "result": {
                "message_id": number, "chat": { "id": said["chat_id"] } } })
        }
        "sendDocument" | "sendMediaGroup" if shared.loses_answers.load(Ordering::Relaxed) => {
            return (StatusCode::BAD_GATEWAY, Json(Value::Null));
        }
        "sendDocument" => json!({ "ok": true, "result": {
            "message_id": 800, "chat": { "id": 42 } } }),
        "sendMediaGroup" => json!({ "ok": true, "result": [
            { "message_id": 801, "chat": { "id": 42 } }, { "message_id": 802, "chat": { "id": 42 } }] }),
        _ => json!({ "ok": true, "result": true }),
    };
    (StatusCode::OK, Json(answer))
}

/// The fields of a form; of a file, its name and its words.
async fn form(kind: &str, body: Bytes) -> Value {
    let request = Request::builder()
        .header(CONTENT_TYPE, kind)
        .body(Body::from(body));
    let mut parts = Multipart::from_request(request.unwrap(), &())
        .await
        .unwrap();
    let mut said = json!({});
    while let Some(part) = parts.next_field().await.unwrap() {
        let name = part.name().unwrap().to_owned();
        let filename = part.file_name().map(str::to_owned);
        let text = part.text().await.unwrap();
        said[name] = match filename {
            Some(filename) => json!([filename, text]),
            None => json!(text),
        };
    }
    said
}

impl Shared {
    /// What comes after an offset, once there is something.
    async fn updates(&self, said: &Value) -> Vec<Value> {
        loop {
            let after = said["offset"].as_i64().unwrap();
            let there = self.updates.lock().clone();
            let new: Vec<Value> = there
                .into_iter()
                .filter(|it| it["update_id"].as_i64().unwrap() >= after)
                .collect();
            if !new.is_empty() {
                return new;
            }
            self.nudge.notified().await;
        }
    }
}

/// Ada writes, or writes anew, to the bot.
pub(super) fn update(id: i64, kind: &str, number: i64, text: &str) -> Value {
    json!({ "update_id": id, kind: { "message_id": number, "date": 1_795_000_000,
        "edit_date": 1_795_000_000 + id, "chat": { "id": 42, "type": "private" },
        "from": { "id": 42, "first_name": "Ada" }, "text": text } })
}

pub(super) async fn posts(hook: &str, secret: &str, update: &Value) -> u16 {
    let request = frontdesk_testkit::http()
        .post(hook)
        .header("x-telegram-bot-api-secret-token", secret)
        .json(update);
    request.send().await.unwrap().status().as_u16()
}

/// Connects the bot, and says where Telegram posts.
pub(super) async fn by_bot(desk: &Desk, telegram: &Telegram) -> String {
    let settings = json!({ "base_url": telegram.url });
    let secrets = json!({ "bot_token": TOKEN, "webhook_secret": SECRET });
    connect(desk, "telegram", settings, secrets).await
}

/// The texts of the one conversation, once they are these.
async fn reads(desk: &Desk, wanted: &[&str]) -> Value {
    eventually(async || {
        let talk = conversations(desk).await.into_iter().next()?;
        let bodies: Vec<&str> = talk["messages"]
            .as_array()?
            .iter()
            .filter_map(|it| it["body"].as_str())
            .collect();
        (bodies == wanted).then(|| talk.clone())
    })
    .await
}

#[tokio::test]
async fn a_bot_is_told_where_to_post_and_asked_when_it_is_not() {
    for engine in engines() {
        let telegram = Telegram::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_bot(&desk, &telegram).await;
        let announced = eventually(async || telegram.calls("setWebhook").pop()).await;
        assert_eq!(announced["url"], hook.as_str());
        assert_eq!(announced["secret_token"], SECRET);
        assert_eq!(
            posts(&hook, "guessed", &update(1, "message", 7, "Hi")).await,
            403
        );
        for (id, kind, number, text) in [
            (1, "message", 7, "Hi"),
            (1, "message", 7, "Hi"),
            (3, "edited_message", 7, "Hello there"),
            (2, "edited_message", 7, "Hello"),
            (4, "message", 8, "Anybody?"),
        ] {
            assert_eq!(
                posts(&hook, SECRET, &update(id, kind, number, text)).await,
                204
            );
        }
        let talk = reads(&desk, &["Hello there", "Anybody?"]).await;
        let reply = desk.reply(talk["id"].as_str().unwrap(), "Yes").await;
        reaches(&desk, &reply, "sent").await;
        assert_eq!(telegram.calls("sendMessage")[0]["chat_id"], 42);
        assert_eq!(telegram.calls("getUpdates"), [Value::Null; 0]);
        // Without a secret of ours the bot asks, and says so first.
        let path = format!("/api/v1/connections/{}", hook.rsplit('/').next().unwrap());
        let asking = json!({ "connection": { "secrets": { "bot_token": TOKEN } } });
        desk.put(&path, asking).await.is(200);
        telegram.tells(update(5, "message", 9, "Still there?"));
        reads(&desk, &["Hello there", "Anybody?", "Yes", "Still there?"]).await;
        assert_eq!(telegram.calls("deleteWebhook").len(), 1);
        assert_eq!(telegram.calls("setWebhook").len(), 1);
        server.stop().await;
    }
}
