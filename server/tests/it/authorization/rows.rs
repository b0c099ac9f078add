//! The rows that the routes are tried on, made when a line of the table asks for them by name.

use super::world::{CANARY, Caller, SECRET, World};
use frontdesk_db::DbError;
use frontdesk_db::queries::job_letters::{self, Reach, Wanted};
use frontdesk_db::queries::webhook_calls::{self, NewCall};
use frontdesk_db::queries::{ai_sorting, event_subscriptions, jobs, mails, quarantine};
use frontdesk_domain::account::User;
use frontdesk_domain::json::Json;
use frontdesk_domain::mail::{Mail, MailBody, Quarantined};
use frontdesk_domain::sorting::Sorted;
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{
    AccountId, Availability, CallId, ConversationId, MailDirection, MailWay, MessageId,
    QuarantineId, QuarantineReason, Role, Timestamp, UserId, Visibility, WebhookEvent,
};
use frontdesk_jobs::NewJob;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// The rows that were made for one line of the table, by name.
pub(crate) type Rows = HashMap<String, String>;

impl World {
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
        let desk = &self.desk;
        match name {
            "any" | "fresh" => uuid::Uuid::new_v4().to_string(),
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
                let it = json!({ "note": { "customer_id": id, "body": SECRET } });
                self.post("/api/notes", it).await
            }
            "hold" => {
                let id = self.row(rows, "conversation").await;
                let it = json!({ "conversation_id": id, "reason": SECRET });
                self.post("/api/v1/legal_holds", it).await
            }
            "draft" => {
                let id = self.row(rows, "conversation").await;
                let it = json!({ "draft": { "conversation_id": id, "body": SECRET } });
                self.post("/api/v1/drafts", it).await
            }
            "proposal" => self.proposal(rows).await,
            "sorted_conversation" => self.sorted_conversation(rows).await,
            "scheduled_reply" => self.scheduled_reply(rows).await,
            "run" => {
                let id = self.row(rows, "conversation").await;
                let change = json!({ "update": { "priority": "priority" } });
                let it = json!({ "ids": [id], "change": change });
                self.post("/api/v1/bulk/runs", it).await
            }
            "connection" => {
                let inbox_id = self.row(rows, "second_inbox").await;
                let it = json!({ "connection": {
                    "inbox_id": inbox_id, "kind": "email", "name": SECRET,
                    "settings": { "address": "support@acme.test", "name": SECRET },
                    "secrets": { "password": SECRET },
                } });
                self.post("/api/v1/connections", it).await
            }
            "slack_app" => self.slack_app(rows).await,
            "google_connection" => self.google_connection(rows).await,
            "merge" => self.merge(rows).await,
            "file" => self.file(rows).await,
            "file_name" => {
                self.row(rows, "file").await;
                rows["file_name"].clone()
            }
            "job" => self.job().await,
            "waiting_mail" => self.waiting_mail(rows).await,
            "mailed" => self.mailed(rows).await,
            "delivery" => self.delivery(rows).await,
            "session" => self.another_session().await,
            "user" => self.spare_user().await.to_string(),
            alone => {
                let (path, body) = self.alone(alone);
                self.post(path, body).await
            }
        }
    }

    async fn scheduled_reply(&self, rows: &mut Rows) -> String {
        let id = self.row(rows, "conversation").await;
        let it = json!({ "scheduled_reply": {
            "conversation_id": id, "body": SECRET, "send_at": "2027-01-01T00:00:00Z",
        } });
        self.post("/api/v1/scheduled_replies", it).await
    }

    /// How to make a row that hangs on no other.
    fn alone(&self, name: &str) -> (&'static str, Value) {
        let fresh = format!("{SECRET} {}", uuid::Uuid::new_v4());
        match name {
            "tag" => ("/api/tags", json!({ "tag": { "name": fresh } })),
            "issue" => ("/api/issues", json!({ "issue": { "title": fresh } })),
            "company" => ("/api/companies", json!({ "company": { "name": fresh } })),
            "canned" => (
                "/api/canned_responses",
                json!({ "canned_response": { "name": fresh, "content": SECRET } }),
            ),
            "shared_view" => {
                let it = json!({ "name": fresh, "query": "status:open", "scope": "shared" });
                ("/api/v1/views", json!({ "view": it }))
            }
            "team" => ("/api/v1/teams", json!({ "team": { "name": fresh } })),
            "rule" => {
                let it = json!({ "days": 36_000, "how": "delete" });
                ("/api/v1/retention_rules", it)
            }
            "second_inbox" => ("/api/inboxes", json!({ "inbox": { "name": fresh } })),
            "subscription" => {
                let url = format!("https://a.test/{SECRET}");
                let it = json!({ "event_subscription": { "webhook_url": url } });
                ("/api/event_subscriptions", it)
            }
            "forwarding" => {
                let address = format!("{SECRET}@a.test");
                let it = json!({ "forwarding_address": { "forwarding_email_address": address } });
                ("/api/forwarding_addresses", it)
            }
            "knowledge" => {
                let it = json!({ "title": fresh, "body": SECRET });
                ("/api/v1/knowledge", json!({ "knowledge": it }))
            }
            "knowledge_source" => {
                let url = format!("https://a.test/{}.md", uuid::Uuid::new_v4());
                let it = json!({ "name": SECRET, "url": url });
                ("/api/v1/knowledge/sources", json!({ "source": it }))
            }
            "key" => ("/api/personal_api_keys", json!({ "label": SECRET })),
            "visit" => {
                let account = &self.desk.account_id;
                let it = json!({ "browser_session": { "account_id": account } });
                ("/api/browser_sessions", it)
            }
            other => panic!("no row is called {other}: teach World::make to make one"),
        }
    }

    /// An app of Slack's that is in no workspace yet.
    async fn slack_app(&self, rows: &mut Rows) -> String {
        let inbox_id = self.row(rows, "second_inbox").await;
        let it = json!({ "connection": {
            "inbox_id": inbox_id, "kind": "slack", "name": SECRET,
            "settings": { "client_id": "1.2" },
            "secrets": { "client_secret": SECRET, "signing_secret": SECRET },
        } });
        self.post("/api/v1/connections", it).await
    }

    async fn proposal(&self, rows: &mut Rows) -> String {
        let id = self.row(rows, "conversation").await;
        let it = json!({ "knowledge": { "title": SECRET, "body": SECRET } });
        let path = format!("/api/v1/conversations/{id}/knowledge");
        id_of(&self.desk.post(&path, it).await.data(201)["entry"])
    }

    async fn merge(&self, rows: &mut Rows) -> String {
        let from = self.row(rows, "customer").await;
        let into = self.row(rows, "second_customer").await;
        let path = format!("/api/v1/customers/{from}/merge");
        let made = self.desk.post(&path, json!({ "into_id": into })).await;
        id_of(&made.data(200))
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

    /// A job of the account that waits for years.
    async fn job(&self) -> String {
        let account_id: AccountId = self.desk.account_id.parse().unwrap();
        let job = NewJob {
            after: Duration::from_secs(9 * 365 * 24 * 3600),
            key: None,
            ..jobs::deliver(account_id, ConversationId::random())
        };
        let made = self.server.running().db().write(account_id, move |unit| {
            jobs::enqueue(unit, &job)?;
            let reach = Reach::Account(account_id);
            job_letters::page(unit.conn(), reach, &Wanted::default(), 1)
        });
        made.await.map_err(|error: DbError| error).unwrap()[0]
            .id
            .to_string()
    }

    /// A mailbox at Google. It is off: one that is read would tell how it is.
    async fn google_connection(&self, rows: &mut Rows) -> String {
        let inbox_id = self.row(rows, "second_inbox").await;
        let it = json!({ "connection": {
            "inbox_id": inbox_id, "kind": "email", "name": SECRET, "enabled": false,
            "settings": { "address": "mail@acme.test", "gmail": { "client_id": "client" } },
            "secrets": { "client_secret": SECRET },
        } });
        self.post("/api/v1/connections", it).await
    }

    /// A conversation that was sorted by itself.
    async fn sorted_conversation(&self, rows: &mut Rows) -> String {
        let account_id: AccountId = self.desk.account_id.parse().unwrap();
        let id: ConversationId = self.row(rows, "conversation").await.parse().unwrap();
        let done = json!({
            "by": SECRET, "tags": [], "team": null, "priority": null, "sentiment": null, "trouble": null,
        });
        let made = self.server.running().db().write(account_id, move |unit| {
            let it = Sorted {
                conversation_id: id,
                account_id,
                done: Json(done.to_string()),
                sorted_at: unit.now(),
                undone_at: None,
            };
            ai_sorting::insert(unit, &it)
        });
        made.await.map_err(|error: DbError| error).unwrap();
        id.to_string()
    }

    /// A mail that could not be taken in.
    async fn waiting_mail(&self, rows: &mut Rows) -> String {
        let connection_id = self.row(rows, "connection").await.parse().unwrap();
        let account_id: AccountId = self.desk.account_id.parse().unwrap();
        let made = self.server.running().db().write(account_id, move |unit| {
            let it = Quarantined {
                id: QuarantineId::random(),
                account_id,
                connection_id: Some(connection_id),
                reason: QuarantineReason::NoSender,
                explanation: SECRET.to_owned(),
                way: MailWay::Pipe,
                recipients: Vec::new(),
                sender: None,
                subject: Some(SECRET.to_owned()),
                size: 1,
                fingerprint: String::new(),
                created_at: unit.now(),
                tried_at: None,
            };
            quarantine::insert(unit, &it, SECRET.as_bytes())?;
            Ok::<_, DbError>(it.id)
        });
        made.await.unwrap().to_string()
    }

    /// A message that is a mail.
    async fn mailed(&self, rows: &mut Rows) -> String {
        let account_id: AccountId = self.desk.account_id.parse().unwrap();
        let message_id: MessageId = self.row(rows, "message").await.parse().unwrap();
        let made = self.server.running().db().write(account_id, move |unit| {
            let it = Mail {
                message_id,
                account_id,
                connection_id: None,
                direction: MailDirection::In,
                mail_id: None,
                theirs: String::new(),
                topic: String::new(),
                details: Json(json!({ "subject": SECRET }).to_string()),
                created_at: unit.now(),
            };
            mails::insert(unit, &it, &MailBody::default())
        });
        made.await.map_err(|error: DbError| error).unwrap();
        message_id.to_string()
    }

    /// A call, of a webhook that is on, that found nothing to tell.
    async fn delivery(&self, rows: &mut Rows) -> String {
        let account_id: AccountId = self.desk.account_id.parse().unwrap();
        let call = NewCall {
            id: CallId::random(),
            subscription_id: self.row(rows, "subscription").await.parse().unwrap(),
            event: WebhookEvent::ConversationCreated,
            conversation_id: ConversationId::random(),
            message_id: None,
        };
        let id = call.id;
        let made = self.server.running().db().write(account_id, move |unit| {
            webhook_calls::insert(unit, account_id, &call)?;
            webhook_calls::skip(unit, account_id, call.id)?;
            let found = event_subscriptions::by_id(unit.conn(), account_id, call.subscription_id)?;
            let on = Subscription {
                verified: true,
                ..found.unwrap()
            };
            event_subscriptions::update(unit, &on)
        });
        made.await.map_err(|error: DbError| error).unwrap();
        id.to_string()
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
            id: UserId(0),
            account_id: self.desk.account_id.parse().unwrap(),
            email: format!("{}@a.test", uuid::Uuid::new_v4()),
            role: Role::Member,
            visibility: Visibility::All,
            availability: Availability::Online,
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

fn id_of(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}
