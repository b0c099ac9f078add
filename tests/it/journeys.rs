//! Whole working days: agents with the program, customers, and a line that fails them.
//!
//! Every run has a few; `FRONTDESK_JOURNEY_ROUNDS=20` makes as many of those that are random.

mod approval;
mod channels;
mod conflicts;
mod crash;
mod cuts;
mod disk;
mod drafts;
mod files;
mod lines;
mod model;
mod outage;
mod private;
mod slow;
mod stale;
mod templates;
mod together;

use crate::bed::Bed;
use crate::window::{Window, wait_until};
use frontdesk_server::seed::EMAIL;
use frontdesk_testkit::{Desk, setting};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;

/// The server, as one who asks it directly.
struct Server<'a> {
    bed: &'a Bed,
    desk: Desk,
}

/// A customer and what they wrote about.
struct Customer {
    id: String,
    conversation: String,
    name: String,
}

impl<'a> Server<'a> {
    fn of(bed: &'a Bed) -> Self {
        Self {
            desk: bed.api(EMAIL),
            bed,
        }
    }

    /// A customer who writes for the first time.
    fn customer(&self, name: &str) -> Customer {
        let words = format!("A question of {name}");
        let (id, conversation) = self.bed.block_on(self.desk.visitor(name, &words));
        Customer {
            id,
            conversation,
            name: name.to_owned(),
        }
    }

    /// The customer writes again.
    fn writes(&self, customer: &Customer, body: &str) {
        let message = json!({
            "conversation_id": customer.conversation, "customer_id": customer.id, "body": body,
        });
        self.post("/api/v1/messages", json!({ "message": message }), 201);
    }

    /// Somebody changes the conversation past every program.
    fn changes(&self, customer: &Customer, change: &Value) {
        let path = format!("/api/v1/conversations/{}", customer.conversation);
        let body = json!({ "conversation": change });
        self.bed.block_on(self.desk.put(&path, body)).data(200);
    }

    fn deletes(&self, customer: &Customer) {
        let path = format!("/api/v1/conversations/{}", customer.conversation);
        let answer = self
            .bed
            .block_on(self.desk.request(Method::DELETE, &path, None));
        answer.is(204);
    }

    fn post(&self, path: &str, body: Value, status: u16) -> Value {
        self.bed.block_on(self.desk.post(path, body)).is(status)
    }

    fn put(&self, path: &str, body: Value) -> Value {
        self.bed.block_on(self.desk.put(path, body)).is(200)
    }

    fn get(&self, path: &str) -> Value {
        self.bed.block_on(self.desk.get(path)).is(200)
    }

    /// The conversation as it is.
    fn conversation(&self, customer: &Customer) -> Value {
        let path = format!("/api/v1/conversations/{}", customer.conversation);
        self.get(&path)["data"].clone()
    }

    /// What agents wrote in it, in order.
    fn written(&self, customer: &Customer) -> Vec<String> {
        let conversation = self.conversation(customer);
        let messages = conversation["messages"].as_array().unwrap();
        let by_agents = messages.iter().filter(|it| it["user_id"].is_i64());
        by_agents
            .map(|it| it["body"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Waits until agents have written just this.
    fn wait_written(&self, customer: &Customer, expected: &[&str]) {
        wait_until(
            || format!("{expected:?}, found {:?}", self.written(customer)),
            || self.written(customer) == expected,
        );
    }
}

/// How often something random is done: so often, or as often as it is asked for.
fn rounds(usual: u64) -> u64 {
    setting("FRONTDESK_JOURNEY_ROUNDS").unwrap_or(usual)
}

/// Opens the inbox and waits until it knows what the server knows.
fn open(home: &Path) -> Window {
    let window = Window::open(home, &[], 120, 35);
    window.wait_for("● live");
    window
}

/// Begins an answer to the customer.
fn answer(window: &mut Window, customer: &Customer, body: &str) {
    window.find(&customer.name);
    window.send("r");
    window.wait_for("Reply by");
    window.send(body);
    window.wait_for(body);
}

/// Leaves a note for colleagues.
fn note(window: &mut Window, body: &str) {
    window.send("c");
    window.wait_for("Note");
    window.send(body);
    window.wait_for(body);
    window.send("\x13");
    window.wait_for("Note added.");
}
