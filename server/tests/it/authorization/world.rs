//! Two companies: one whose rows everybody tries to reach, and one from whose side it is tried.

use crate::people::colleague;
use frontdesk_db::queries::{accounts, audit};
use frontdesk_domain::account::User;
use frontdesk_domain::{AccountId, EventSeq, Role, Timestamp};
use frontdesk_testkit::{Desk, Engine, TestServer};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

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
    pub(crate) server: TestServer,
    pub(crate) desk: Desk,
    pub(crate) foreign: Desk,
    pub(crate) viewer: Desk,
    member: Desk,
    keys: HashMap<&'static str, String>,
}

/// The rows that were made for one line of the table, by name.
pub(crate) type Rows = HashMap<String, String>;

/// What is sent and what came back.
pub(crate) struct Heard {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl World {
    pub(crate) async fn new(engine: Engine) -> Self {
        let server = TestServer::start(engine).await;
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
            desk,
            foreign,
            keys,
        };
        world.business().await;
        world
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

    /// What the account has had written: its newest event and the length of its audit log.
    pub(crate) async fn written(&self) -> (EventSeq, usize) {
        let id: AccountId = self.desk.account_id.parse().unwrap();
        self.server
            .running()
            .db()
            .read(move |conn| {
                let (newest, _) = accounts::seqs(conn, id)?;
                let audit = audit::page(conn, id, None, 1_000_000)?.len();
                Ok::<_, frontdesk_db::DbError>((newest, audit))
            })
            .await
            .unwrap()
    }

    /// The text with every `$name` replaced by the row of that name.
    pub(crate) async fn filled(&self, rows: &mut Rows, text: &str) -> String {
        let mut pieces = text.split('$');
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
            let end = piece.find(|letter| !is_name(letter)).unwrap_or(piece.len());
            filled.push_str(&self.row(rows, &piece[..end]).await);
            filled.push_str(&piece[end..]);
        }
        filled
    }

    /// The id of a row, which is made when it is first asked for.
    pub(crate) fn row<'a>(
        &'a self,
        rows: &'a mut Rows,
        name: &'a str,
    ) -> Pin<Box<dyn Future<Output = String> + 'a>> {
        Box::pin(async move {
            if let Some(known) = rows.get(name) {
                return known.clone();
            }
            let made = self.make(rows, name).await;
            rows.insert(name.to_owned(), made.clone());
            made
        })
    }

    async fn make(&self, rows: &mut Rows, name: &str) -> String {
        let fresh = format!("{SECRET} {}", uuid::Uuid::new_v4());
        let desk = &self.desk;
        match name {
            "any" => uuid::Uuid::new_v4().to_string(),
            "fresh" => uuid::Uuid::new_v4().to_string(),
            "account" => desk.account_id.clone(),
            "email" => desk.email.clone(),
            "inbox" => desk.inbox_id.clone(),
            "customer" | "conversation" => self.visitor(rows, name).await,
            "second_customer" => desk.visitor(CANARY, CANARY).await.0,
            "second_conversation" => {
                let customer = self.row(rows, "customer").await;
                desk.writes_first(&customer, CANARY).await
            }
            "message" => {
                let id = self.row(rows, "conversation").await;
                id_of(&desk.reply(&id, CANARY).await)
            }
            "note" => {
                let id = self.row(rows, "customer").await;
                self.post(
                    "/api/notes",
                    json!({ "note": { "customer_id": id, "body": SECRET } }),
                )
                .await
            }
            "tag" => {
                self.post("/api/tags", json!({ "tag": { "name": fresh } }))
                    .await
            }
            "issue" => {
                self.post("/api/issues", json!({ "issue": { "title": fresh } }))
                    .await
            }
            "company" => {
                self.post("/api/companies", json!({ "company": { "name": fresh } }))
                    .await
            }
            "canned" => {
                let it = json!({ "canned_response": { "name": fresh, "content": SECRET } });
                self.post("/api/canned_responses", it).await
            }
            "team" => {
                self.post("/api/v1/teams", json!({ "team": { "name": fresh } }))
                    .await
            }
            "second_inbox" => {
                self.post("/api/inboxes", json!({ "inbox": { "name": fresh } }))
                    .await
            }
            "subscription" => {
                let it = json!({ "event_subscription": { "webhook_url": format!("https://a.test/{SECRET}") } });
                self.post("/api/event_subscriptions", it).await
            }
            "forwarding" => {
                let it = json!({ "forwarding_address": { "forwarding_email_address": format!("{SECRET}@a.test") } });
                self.post("/api/forwarding_addresses", it).await
            }
            "key" => {
                self.post("/api/personal_api_keys", json!({ "label": SECRET }))
                    .await
            }
            "draft" => {
                let id = self.row(rows, "conversation").await;
                let it = json!({ "draft": { "conversation_id": id, "body": SECRET } });
                self.post("/api/v1/drafts", it).await
            }
            "merge" => {
                let from = self.row(rows, "customer").await;
                let into = self.row(rows, "second_customer").await;
                let path = format!("/api/v1/customers/{from}/merge");
                let made = desk.post(&path, json!({ "into_id": into })).await;
                id_of(&made.data(200))
            }
            "visit" => {
                let it = json!({ "browser_session": { "account_id": desk.account_id } });
                self.post("/api/browser_sessions", it).await
            }
            "file" => self.file(rows).await,
            "file_name" => {
                self.row(rows, "file").await;
                rows["file_name"].clone()
            }
            "session" => self.another_session().await,
            "user" => self.spare_user().await.to_string(),
            other => panic!("no row is called {other}: teach World::make to make one"),
        }
    }

    /// A customer with a conversation in which something is private.
    async fn visitor(&self, rows: &mut Rows, name: &str) -> String {
        let (customer, conversation) = self.desk.visitor(CANARY, CANARY).await;
        let note = json!({ "message": {
            "conversation_id": conversation, "body": SECRET, "private": true,
        } });
        self.desk.post("/api/messages", note).await.is(201);
        rows.insert("customer".to_owned(), customer);
        rows.insert("conversation".to_owned(), conversation);
        rows[name].clone()
    }

    async fn post(&self, path: &str, body: Value) -> String {
        id_of(&self.desk.post(path, body).await.data(201))
    }

    async fn file(&self, rows: &mut Rows) -> String {
        let sent = self
            .ask(Caller::Nobody, "POST", "/api/upload", "multipart")
            .await;
        let file: Value = serde_json::from_str(&sent.text).unwrap();
        let url = file["data"]["file_url"].as_str().unwrap().to_owned();
        let name = url.rsplit('/').next().unwrap().to_owned();
        rows.insert("file_name".to_owned(), name);
        id_of(&file["data"])
    }

    async fn another_session(&self) -> String {
        let mut again = self.desk.clone();
        again.sign_in().await;
        let sessions = again.get("/api/v1/sessions").await.data(200);
        let current = sessions
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["current"] == true);
        id_of(current.unwrap())
    }

    /// A colleague who cannot sign in, which spares the time of making a password.
    async fn spare_user(&self) -> i64 {
        let user = User {
            id: frontdesk_domain::UserId(0),
            account_id: self.desk.account_id.parse().unwrap(),
            email: format!("{}@a.test", uuid::Uuid::new_v4()),
            role: Role::Member,
            visibility: frontdesk_domain::Visibility::All,
            availability: frontdesk_domain::Availability::Online,
            full_name: Some(SECRET.to_owned()),
            display_name: None,
            profile_photo_url: None,
            disabled_at: None,
            archived_at: None,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        };
        let insert = frontdesk_db::queries::users::insert;
        let db = self.server.running().db();
        db.write(user.account_id, move |unit| {
            insert(unit, &user, "no password")
        })
        .await
        .unwrap()
        .0
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

fn id_of(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}
