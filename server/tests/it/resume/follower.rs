//! A client that keeps a copy of the desk by its events.

use frontdesk_domain::UserId;
use frontdesk_domain::actor::View;
use frontdesk_testkit::{Desk, Socket};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The copy, and the connection while there is one.
#[derive(Debug)]
pub(super) struct Follower {
    pub(super) state: State,
    /// Which conversations any event named, and what the reader may be shown.
    pub(super) named: BTreeSet<String>,
    view: View,
    socket: Option<Socket>,
    /// Conversations that came into view, whose threads are still to be fetched.
    wanted: BTreeSet<String>,
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
    /// A client that knows nothing yet, of somebody with this view.
    pub(super) fn new(view: &View) -> Self {
        Self {
            state: State::default(),
            named: BTreeSet::new(),
            view: view.clone(),
            socket: None,
            wanted: BTreeSet::new(),
        }
    }

    /// What its reader may see.
    pub(super) fn view(&self) -> &View {
        &self.view
    }

    /// Joins with the cursor, and fetches what is too much for the join's reply.
    pub(super) async fn connect(&mut self, desk: &Desk) {
        if self.socket.is_some() {
            return;
        }
        let mut socket = desk.socket().await;
        let cursor = json!({ "cursor": self.state.cursor });
        let reply = socket.join(&topic(desk), cursor).await;
        assert_eq!(reply["status"], "ok", "{reply}");
        self.take_all(desk, &reply["response"]["events"]).await;
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
        let Some(mut socket) = self.socket.take() else {
            return;
        };
        let newest = newest(desk).await;
        while self.state.cursor < newest {
            let event = socket.event(&topic(desk), "event").await;
            self.take_all(desk, &json!([event])).await;
        }
        self.socket = Some(socket);
    }

    /// Fetches one page.
    pub(super) async fn read_page(&mut self, desk: &Desk, limit: u64) -> bool {
        let after = self.state.cursor;
        let path = format!("/api/v1/events?after={after}&limit={limit}");
        let page = desk.get(&path).await.is(200);
        self.take_all(desk, &page["data"]).await;
        page["more"] == true
    }

    /// Fetches page after page to the end.
    pub(super) async fn catch_up(&mut self, desk: &Desk, limit: u64) {
        while self.read_page(desk, limit).await {}
    }

    /// Takes events in, and fetches the threads of what came into view with them.
    pub(super) async fn take_all(&mut self, desk: &Desk, events: &Value) {
        for event in events.as_array().unwrap() {
            self.look(event);
            self.state.take(event);
        }
        for id in std::mem::take(&mut self.wanted) {
            let path = format!("/api/conversations/{id}");
            let answer = desk.get(&path).await;
            match answer.status.as_u16() {
                200 => self.state.take_thread(id, &answer.body["data"]),
                // It has left the view again, which an event to come will tell.
                _ => drop(self.state.conversations.remove(&id)),
            }
        }
    }

    /// Notes what an event names; what it shows must be for this reader.
    fn look(&mut self, event: &Value) {
        let Some(id) = event["conversation_id"].as_str() else {
            let shown = ["conversation", "message", "message_id"].map(|it| &event[it]);
            assert_eq!(shown, [&Value::Null; 3], "more than a number: {event}");
            return;
        };
        self.named.insert(id.to_owned());
        let held = &event["conversation"];
        if held.is_null() {
            return;
        }
        assert!(sees(&self.view, held), "not for this reader: {event}");
        let is_new =
            event["kind"] == "conversation.created" || !self.state.conversations.contains_key(id);
        if self.view != View::All && is_new {
            self.wanted.insert(id.to_owned());
        }
    }
}

/// Whether a conversation as it is shown belongs to a view.
pub(super) fn sees(view: &View, conversation: &Value) -> bool {
    let inbox = conversation["inbox_id"].as_str().map(str::parse);
    let assignee = conversation["assignee_id"].as_i64().map(UserId);
    view.shows(inbox.map(Result::unwrap), assignee)
}

/// The number of the account's newest event.
pub(super) async fn newest(desk: &Desk) -> i64 {
    let page = desk.get("/api/v1/events?after=0&limit=1").await.is(200);
    page["newest"].as_i64().unwrap()
}

pub(super) fn topic(desk: &Desk) -> String {
    format!("notification:{}", desk.account_id)
}

impl State {
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
        known.tag_ids = sorted(event["tag_ids"].as_array().unwrap().clone());
        known.archived = !event["conversation"]["archived_at"].is_null();
        if event["kind"] == "message.deleted" {
            let gone = &event["message_id"];
            known.messages.retain(|_, message| message["id"] != *gone);
        } else if let Some(order) = event["message"]["seq"].as_i64() {
            known.messages.insert(order, event["message"].clone());
        }
    }

    /// Takes a whole thread in, in the place of what was known of it.
    fn take_thread(&mut self, id: String, shown: &Value) {
        let mut fields = shown.clone();
        for beside in ["customer", "messages", "tags", "mentions"] {
            fields.as_object_mut().unwrap().remove(beside);
        }
        let tags = shown["tags"].as_array().unwrap().iter();
        let messages = shown["messages"].as_array().unwrap().iter();
        let known = Conversation {
            archived: !shown["archived_at"].is_null(),
            fields,
            tag_ids: sorted(tags.map(|tag| tag["id"].clone()).collect()),
            messages: messages
                .map(|message| (message["seq"].as_i64().unwrap(), message.clone()))
                .collect(),
        };
        self.conversations.insert(id, known);
    }
}

fn sorted(mut ids: Vec<Value>) -> Value {
    ids.sort_by_key(Value::to_string);
    json!(ids)
}
