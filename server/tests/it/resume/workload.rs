//! What happens on a desk, drawn by chance.

use super::Reader;
use super::follower::sees;
use frontdesk_domain::actor::View;
use frontdesk_testkit::Chance;
use frontdesk_testkit::Desk;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Those who work and write.
pub(super) struct Workload {
    desk: Desk,
    tags: Vec<String>,
    threads: Vec<Thread>,
    /// Whose conversations may become, and in which inboxes they may be.
    assignees: Vec<Value>,
    inboxes: Vec<String>,
    reader: View,
    /// The conversations that the reader saw at some time.
    pub(super) seen: BTreeSet<String>,
}

struct Thread {
    id: String,
    customer_id: String,
    /// What agents wrote; what customers wrote stays as it is.
    replies: Vec<String>,
}

impl Workload {
    /// The work of a desk with two inboxes, watched by a reader.
    pub(super) async fn new(desk: &Desk, reader: &Reader) -> Self {
        let mut tags = Vec::new();
        for name in ["refund", "bug"] {
            let tag = desk
                .post("/api/tags", json!({ "tag": { "name": name } }))
                .await;
            tags.push(tag.data(201)["id"].as_str().unwrap().to_owned());
        }
        let mut workload = Self {
            desk: desk.clone(),
            tags,
            threads: Vec::new(),
            assignees: vec![json!(null), json!(desk.user_id), json!(reader.desk.user_id)],
            inboxes: vec![desk.inbox_id.clone(), reader.second_inbox.clone()],
            reader: reader.view.clone(),
            seen: BTreeSet::new(),
        };
        workload.visitor_comes().await;
        workload
    }

    /// One thing happens.
    pub(super) async fn step(&mut self, chance: &mut Chance) {
        if self.threads.is_empty() {
            return self.visitor_comes().await;
        }
        let at = chance.below(self.threads.len());
        match chance.below(12) {
            0 => self.visitor_comes().await,
            1 => self.customer_writes(at).await,
            2 | 3 => self.agent_writes(at, chance).await,
            4 => self.customer_reads(at).await,
            5 => self.tag(at, chance).await,
            6 => self.reply_goes_or_changes(at, chance).await,
            7 if chance.below(4) == 0 => self.conversation_goes(at, chance).await,
            _ => self.conversation_changes(at, chance).await,
        }
    }

    async fn visitor_comes(&mut self) {
        let (customer_id, id) = self.desk.visitor("Grace", "Hello").await;
        let path = format!("/api/conversations/{id}");
        let started = self.desk.get(&path).await.data(200);
        self.note(&started);
        self.threads.push(Thread {
            id,
            customer_id,
            replies: Vec::new(),
        });
    }

    async fn customer_writes(&self, at: usize) {
        let thread = &self.threads[at];
        let message = json!({
            "conversation_id": thread.id,
            "customer_id": thread.customer_id,
            "body": "Any news?",
        });
        self.store(message).await;
    }

    async fn agent_writes(&mut self, at: usize, chance: &mut Chance) {
        let private = chance.below(3) == 0;
        let message = json!({
            "conversation_id": self.threads[at].id,
            "body": "We look into it.",
            "private": private,
        });
        let reply = self.store(message).await;
        self.threads[at].replies.push(reply);
    }

    async fn store(&self, message: Value) -> String {
        let message = json!({ "message": message });
        let made = self.desk.post("/api/messages", message).await.data(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// The visitor's page says that what the agent wrote was seen, and waits until it is stored.
    async fn customer_reads(&self, at: usize) {
        let thread = &self.threads[at];
        let topic = format!("conversation:{}", thread.id);
        let mut page = self.desk.visitor_socket().await;
        let joining = json!({ "customer_id": thread.customer_id });
        assert_eq!(page.join(&topic, joining).await["status"], "ok");
        page.push(&topic, "messages:seen", json!({})).await;
        let ping = page.push(&topic, "ping", json!({})).await;
        page.reply(&ping).await;
    }

    async fn tag(&self, at: usize, chance: &mut Chance) {
        let (id, tag) = (&self.threads[at].id, chance.one_of(&self.tags));
        let path = format!("/api/conversations/{id}/tags");
        if chance.below(2) == 0 {
            self.desk
                .post(&path, json!({ "tag_id": tag }))
                .await
                .is(200);
        } else {
            self.desk.delete(&format!("{path}/{tag}")).await;
        }
    }

    async fn reply_goes_or_changes(&mut self, at: usize, chance: &mut Chance) {
        let replies = &mut self.threads[at].replies;
        if replies.is_empty() {
            return;
        }
        let index = chance.below(replies.len());
        let path = format!("/api/messages/{}", replies[index]);
        if chance.below(2) == 0 {
            replies.remove(index);
            assert_eq!(self.desk.delete(&path).await.status, 204);
        } else {
            let change = json!({ "message": { "body": "Corrected." } });
            self.desk.put(&path, change).await.is(200);
        }
    }

    async fn conversation_goes(&mut self, at: usize, chance: &mut Chance) {
        let path = format!("/api/conversations/{}", self.threads.remove(at).id);
        if chance.below(2) == 0 {
            assert_eq!(self.desk.delete(&path).await.status, 204);
        } else {
            let archive = format!("{path}/archive");
            self.desk.post(&archive, json!({})).await.is(200);
        }
    }

    /// Notes whether the reader sees a conversation where it is now.
    fn note(&mut self, conversation: &Value) {
        if sees(&self.reader, conversation) {
            let id = conversation["id"].as_str().unwrap();
            self.seen.insert(id.to_owned());
        }
    }

    async fn conversation_changes(&mut self, at: usize, chance: &mut Chance) {
        let changes = [
            json!({ "status": "closed" }),
            json!({ "status": "open" }),
            json!({ "status": "snoozed", "snoozed_until_reply": true }),
            json!({ "priority": "priority" }),
            json!({ "priority": "not_priority", "read": true }),
            json!({ "assignee_id": chance.one_of(&self.assignees) }),
            json!({ "assignee_id": chance.one_of(&self.assignees) }),
            json!({ "inbox_id": chance.one_of(&self.inboxes) }),
            json!({ "inbox_id": chance.one_of(&self.inboxes) }),
            json!({ "read": false, "subject": "Late parcel" }),
            json!({ "metadata": { "step": chance.below(100) } }),
        ];
        let path = format!("/api/conversations/{}", self.threads[at].id);
        let change = json!({ "conversation": chance.one_of(&changes) });
        let changed = self.desk.put(&path, change).await.data(200);
        self.note(&changed);
    }
}
