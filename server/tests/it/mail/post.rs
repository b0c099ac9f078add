//! A mailbox whose mail a program on the machine brings.

use frontdesk_domain::{AccountId, ConnectionId, ConversationId};
use frontdesk_server::pipe::{Envelope, Spool};
use frontdesk_testkit::{Desk, TestServer, eventually};
use serde_json::{Value, json};

/// A mail from Ada to support, with a copy to somebody.
pub(crate) fn letter(id: &str, subject: &str, text: &str) -> String {
    let text = text.replace('\n', "\r\n");
    format!(
        "Message-ID: <{id}>\r\nDate: Fri, 27 Nov 2026 10:00:00 +0000\r\nFrom: Ada <ada@example.com>\r\n\
        To: support@example.com\r\nCc: cc@example.com\r\nSubject: {subject}\r\n\r\n{text}\r\n"
    )
}

pub(crate) struct Post<'s> {
    server: &'s TestServer,
    pub(crate) desk: Desk,
    spool: Spool,
    connection_id: ConnectionId,
}

impl<'s> Post<'s> {
    /// A desk with the mailbox support@example.com.
    pub(crate) async fn open(server: &'s TestServer) -> Self {
        let desk = server.company("Acme").await;
        let connection = json!({ "connection": {
            "name": "Support", "kind": "email", "inbox_id": desk.inbox_id,
            "settings": { "address": "support@example.com" } } });
        let made = desk.post("/api/v1/connections", connection).await.data(201);
        let spool = Spool::at(server.data());
        eventually(async || {
            let known = spool.mailboxes().unwrap().unwrap_or_default();
            (!known.is_empty()).then_some(())
        })
        .await;
        Self {
            server,
            spool,
            connection_id: made["id"].as_str().unwrap().parse().unwrap(),
            desk,
        }
    }

    /// Sets the mailbox to something else.
    pub(crate) async fn set(&self, settings: Value) {
        let path = format!("/api/v1/connections/{}", self.connection_id);
        let changed = json!({ "connection": { "settings": settings } });
        self.desk.put(&path, changed).await.data(200);
    }

    /// The same with secrets.
    pub(crate) async fn set_all(&self, settings: Value, secrets: Value) {
        let path = format!("/api/v1/connections/{}", self.connection_id);
        let changed = json!({ "connection": { "settings": settings, "secrets": secrets } });
        self.desk.put(&path, changed).await.data(200);
    }

    /// What trying the mailbox out shows.
    pub(crate) async fn test(&self) -> Value {
        let path = format!("/api/v1/connections/{}/test", self.connection_id);
        self.desk.post(&path, json!({})).await.data(200)
    }

    /// Where a provider posts.
    pub(crate) fn hook(&self) -> String {
        format!("{}/api/hooks/{}/mime", self.server.url, self.connection_id)
    }

    pub(crate) fn account_id(&self) -> AccountId {
        self.desk.account_id.parse().unwrap()
    }

    /// Hands a mail over, and waits until it was taken in.
    pub(crate) async fn brings(&self, mail: &str) {
        self.brings_all(&[mail.to_owned()]).await;
    }

    /// Hands mails over in this order, and waits until all were taken in.
    pub(crate) async fn brings_all(&self, mails: &[String]) {
        let envelope = Envelope {
            account_id: self.account_id(),
            connection_id: self.connection_id,
            recipients: Vec::new(),
        };
        for mail in mails {
            self.spool.put(&envelope, mail.as_bytes()).unwrap();
        }
        let waiting = self.server.data().join("mail/waiting");
        eventually(async || {
            let empty = std::fs::read_dir(&waiting).unwrap().next().is_none();
            empty.then_some(())
        })
        .await;
    }

    /// The conversations, of which there must be so many.
    pub(crate) async fn conversations(&self, count: usize) -> Vec<Value> {
        let listed = self.desk.get("/api/conversations").await.is(200);
        let found = listed["data"].as_array().unwrap().clone();
        assert_eq!(found.len(), count, "{listed:#}");
        found
    }

    /// The messages of a conversation, of which there must be so many.
    pub(crate) async fn messages(&self, conversation: &Value, count: usize) -> Vec<Value> {
        let shown = self.show(conversation).await;
        let found = shown["messages"].as_array().unwrap().clone();
        assert_eq!(found.len(), count, "{found:#?}");
        found
    }

    /// What a message is as a mail.
    pub(crate) async fn as_mail(&self, message: &Value) -> Value {
        let id = message["id"].as_str().unwrap();
        let path = format!("/api/v1/messages/{id}/mail");
        self.desk.get(&path).await.data(200)
    }

    /// The text of every message there is.
    pub(crate) async fn all_bodies(&self) -> Vec<String> {
        let exported = self.lines_of("/api/v1/export").await;
        let messages = exported.iter().filter(|line| line["type"] == "message");
        messages
            .map(|line| line["value"]["body"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The lines of an export.
    pub(crate) async fn lines_of(&self, path: &str) -> Vec<Value> {
        let request = self.desk.http.get(format!("{}{path}", self.desk.url));
        let request = request.header("authorization", &self.desk.token);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let archive = answer.bytes().await.unwrap();
        crate::exports::lines(&crate::exports::unpacked(&archive))
    }

    /// The mails that wait, of which there must be so many.
    pub(crate) async fn waiting(&self, count: usize) -> Vec<Value> {
        let listed = self.desk.get("/api/v1/quarantine").await.is(200);
        let found = listed["data"].as_array().unwrap().clone();
        assert_eq!(found.len(), count, "{listed:#}");
        found
    }

    pub(crate) async fn status(&self, conversation: &Value) -> String {
        let shown = self.show(conversation).await;
        shown["status"].as_str().unwrap().to_owned()
    }

    async fn show(&self, conversation: &Value) -> Value {
        self.desk.get(&path(conversation)).await.data(200)
    }

    pub(crate) async fn close(&self, conversation: &Value) {
        let closed = json!({ "conversation": { "status": "closed" } });
        self.desk.put(&path(conversation), closed).await.data(200);
    }

    /// The address that answers to a conversation go to.
    pub(crate) fn reply_address(&self, conversation: &Value) -> String {
        let id: ConversationId = conversation["id"].as_str().unwrap().parse().unwrap();
        let running = self.server.running();
        running.reply_address(self.account_id(), id, "support@example.com")
    }
}

fn path(conversation: &Value) -> String {
    format!(
        "/api/conversations/{}",
        conversation["id"].as_str().unwrap()
    )
}
