//! Two companies: one whose rows everybody tries to reach, and one from whose side it is tried.

use crate::people::colleague;
use frontdesk_db::Clock as _;
use frontdesk_db::queries::job_letters::{self, Count, Reach};

use frontdesk_db::queries::events::{self, Event};
use frontdesk_db::queries::{accounts, audit, jobs};
use frontdesk_domain::{AccountId, EventSeq, JobState, Role, Timestamp};
use frontdesk_testkit::{Answers, Desk, Engine, ModelServer, TestServer, eventually};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use std::collections::HashMap;

/// In what customers may see of themselves.
pub(crate) const CANARY: &str = "canary-7f3a";
/// In what only the account's own people may see. It holds the other one, too.
pub(crate) const SECRET: &str = "secret-canary-7f3a";

/// Somebody who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    Nobody,
    /// Somebody who brings a customer's id where a token belongs.
    Customer,
    Viewer,
    Member,
    Admin,
    ReadKey,
    WriteKey,
    AdminKey,
    /// The admin of the other company.
    Foreign,
    /// The same with a key that may do everything.
    ForeignKey,
}

pub(crate) struct World {
    /// What writes texts, where a route asks for one.
    _model: ModelServer,
    pub(crate) server: TestServer,
    pub(crate) desk: Desk,
    pub(crate) foreign: Desk,
    pub(crate) viewer: Desk,
    member: Desk,
    keys: HashMap<&'static str, String>,
}

/// What is sent and what came back.
pub(crate) struct Heard {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl World {
    pub(crate) async fn new(engine: Engine) -> Self {
        let model = ModelServer::start([Answers::Streams("x".to_owned())]).await;
        let server = TestServer::start_with(engine, |config| {
            config.ai.base_url.clone_from(&model.url);
        })
        .await;
        let desk = server.company("Acme").await;
        let foreign = server.company("Globex").await;
        let mut keys = HashMap::new();
        for scope in ["read", "write", "admin"] {
            keys.insert(scope, key(&desk, scope).await);
        }
        keys.insert("foreign", key(&foreign, "admin").await);
        let world = Self {
            viewer: colleague(&server, &desk, "vera", Role::Viewer).await,
            member: colleague(&server, &desk, "max", Role::Member).await,
            server,
            _model: model,
            desk,
            foreign,
            keys,
        };
        world.business().await;
        world.drafts_on_request().await;
        world
    }

    /// Nothing is written by itself, half a second of the clock after a customer wrote.
    async fn drafts_on_request(&self) {
        for desk in [&self.desk, &self.foreign] {
            let path = format!("/api/v1/ai/modes/{}", desk.inbox_id);
            desk.put(&path, json!({ "mode": "request" })).await.is(200);
        }
    }

    async fn business(&self) {
        let context = json!({ "business_name": SECRET });
        self.desk
            .post("/api/business_context", context)
            .await
            .is(201);
        let account = json!({ "account": { "company_logo_url": CANARY } });
        self.desk.put("/api/accounts/me", account).await.is(200);
    }

    /// What stands in the `Authorization` header.
    fn credential(&self, caller: Caller) -> Option<String> {
        let bearer = |key: &str| Some(format!("Bearer {}", self.keys[key]));
        match caller {
            Caller::Nobody => None,
            Caller::Customer => Some(uuid::Uuid::new_v4().to_string()),
            Caller::Viewer => Some(self.viewer.token.clone()),
            Caller::Member => Some(self.member.token.clone()),
            Caller::Admin => Some(self.desk.token.clone()),
            Caller::ReadKey => bearer("read"),
            Caller::WriteKey => bearer("write"),
            Caller::AdminKey => bearer("admin"),
            Caller::Foreign => Some(self.foreign.token.clone()),
            Caller::ForeignKey => bearer("foreign"),
        }
    }

    /// What a socket brings: a token, or nothing.
    pub(crate) fn socket_params(&self, caller: Caller) -> String {
        match caller {
            Caller::Nobody | Caller::Customer => format!("account_id={}", self.desk.account_id),
            signed_in => {
                let token = self.credential(signed_in).unwrap();
                format!("token={}", token.trim_start_matches("Bearer "))
            }
        }
    }

    /// Asks as this caller.
    pub(crate) async fn ask(&self, caller: Caller, method: &str, path: &str, send: &str) -> Heard {
        let (query, body) = match send {
            query if query.starts_with('?') => (query, ""),
            body => ("", body),
        };
        let method: Method = method.parse().unwrap();
        let url = format!("{}{path}{query}", self.server.url);
        let mut request = self.server.http.request(method, url);
        if let Some(credential) = self.credential(caller) {
            request = request.header("authorization", credential);
        }
        if body == "multipart" {
            request = request.multipart(upload(&self.desk));
        } else if !body.is_empty() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_owned());
        }
        let response = request.send().await.unwrap();
        Heard {
            status: response.status().as_u16(),
            text: response.text().await.unwrap(),
        }
    }

    /// What the account has had written, once nothing goes on writing by itself: its newest event and
    /// the length of its audit log.
    pub(crate) async fn written(&self) -> (EventSeq, usize) {
        let id: AccountId = self.desk.account_id.parse().unwrap();
        let db = self.server.running().db();
        let now = self.server.clock.now();
        eventually(|| async {
            db.read(move |conn| {
                let waiting = job_letters::counts(conn, Reach::Account(id))?;
                if waiting.iter().any(|count| goes_on(count, now)) {
                    return Ok(None);
                }
                let (newest, _) = accounts::seqs(conn, id)?;
                let audit = audit::page(conn, id, None, 1_000_000)?.len();
                Ok::<_, frontdesk_db::DbError>(Some((newest, audit)))
            })
            .await
            .unwrap()
        })
        .await
    }

    /// What happened after an event.
    pub(crate) async fn events_since(&self, seq: EventSeq) -> Vec<Event> {
        let id: AccountId = self.desk.account_id.parse().unwrap();
        let db = self.server.running().db();
        let found = db.read(move |conn| events::since(conn, id, seq, 100)).await;
        found.unwrap()
    }
}

/// Whether these jobs write by themselves. What becomes of a message is written when it has gone or
/// could not go; the next try of one that could not comes with a time that does not come here.
fn goes_on(jobs: &Count, now: Timestamp) -> bool {
    match jobs.queue.as_str() {
        "bulk" | jobs::SUGGEST => true,
        jobs::DELIVER => jobs.state != JobState::Dead && jobs.oldest.is_some_and(|it| it <= now),
        _ => false,
    }
}

async fn key(desk: &Desk, scope: &str) -> String {
    let made = json!({ "label": scope, "scope": scope });
    let made = desk.post("/api/personal_api_keys", made).await.data(201);
    made["value"].as_str().unwrap().to_owned()
}

fn upload(desk: &Desk) -> Form {
    let part = Part::bytes(b"hello".to_vec()).file_name("hello.txt");
    let part = part.mime_str("text/plain").unwrap();
    Form::new()
        .text("account_id", desk.account_id.clone())
        .part("file", part)
}
