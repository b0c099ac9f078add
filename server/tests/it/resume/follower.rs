//! A client that keeps a copy of the desk by its events.

use frontdesk_testkit::{Desk, Socket};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The copy, and the connection while there is one.
#[derive(Debug, Default)]
pub(super) struct Follower {
    pub(super) state: State,
    socket: Option<Socket>,
}

/// What a client knows.
#[derive(Debug, Default, PartialEq)]
pub(super) struct State {
    /// The number of the last event it took in.
    pub(super) cursor: i64,
    pub(super) conversations: BTreeMap<String, Conversation>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Conversation {
    pub(super) fields: Value,
    pub(super) tag_ids: Value,
    pub(super) archived: bool,
    /// By their order in the thread.
    pub(super) messages: BTreeMap<i64, Value>,
}

impl Follower {
    /// Joins with the cursor, and fetches what is too much for the join's reply.
    pub(super) async fn connect(&mut self, desk: &Desk) {
        if self.socket.is_some() {
            return;
        }
        let mut socket = desk.socket().await;
        let cursor = json!({ "cursor": self.state.cursor });
        let reply = socket.join(&topic(desk), cursor).await;
        assert_eq!(reply["status"], "ok", "{reply}");
        self.state.take_all(&reply["response"]["events"]);
        self.socket = Some(socket);
        if reply["response"]["more"] == true {
            self.catch_up(desk, 50).await;
        }
    }

    /// Loses the connection, with whatever was on its way.
    pub(super) fn cut(&mut self) {
        self.socket = None;
    }

    /// Hears everything up to now, when there is a connection.
    pub(super) async fn listen(&mut self, desk: &Desk) {
        let Some(socket) = &mut self.socket else {
            return;
        };
        let page = desk.get("/api/v1/events?after=0&limit=1").await.is(200);
        let newest = page["newest"].as_i64().unwrap();
        while self.state.cursor < newest {
            let event = socket.event(&topic(desk), "event").await;
            self.state.take(&event);
        }
    }

    /// Fetches one page.
    pub(super) async fn read_page(&mut self, desk: &Desk, limit: u64) -> bool {
        let after = self.state.cursor;
        let path = format!("/api/v1/events?after={after}&limit={limit}");
        let page = desk.get(&path).await.is(200);
        self.state.take_all(&page["data"]);
        page["more"] == true
    }

    /// Fetches page after page to the end.
    pub(super) async fn catch_up(&mut self, desk: &Desk, limit: u64) {
        while self.read_page(desk, limit).await {}
    }
}

fn topic(desk: &Desk) -> String {
    format!("notification:{}", desk.account_id)
}

impl State {
    fn take_all(&mut self, events: &Value) {
        for event in events.as_array().unwrap() {
            self.take(event);
        }
    }

    /// Takes the next event in. One that is known already may come again; none may be missing.
    fn take(&mut self, event: &Value) {
        let seq = event["seq"].as_i64().unwrap();
        if seq <= self.cursor {
            return;
        }
        assert_eq!(seq, self.cursor + 1, "an event is missing");
        self.cursor = seq;
        let Some(id) = event["conversation_id"].as_str() else {
            return;
        };
        if event["kind"] == "conversation.deleted" {
            self.conversations.remove(id);
            return;
        }
        // What an event tells of may be gone by the time it is read.
        if event["conversation"].is_null() {
            return;
        }
        let known = self.conversations.entry(id.to_owned()).or_default();
        known.fields = event["conversation"].clone();
        known.tag_ids = event["tag_ids"].clone();
        known.archived = !event["conversation"]["archived_at"].is_null();
        if event["kind"] == "message.deleted" {
            let gone = &event["message_id"];
            known.messages.retain(|_, message| message["id"] != *gone);
        } else if let Some(order) = event["message"]["seq"].as_i64() {
            known.messages.insert(order, event["message"].clone());
        }
    }
}
