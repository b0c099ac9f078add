//! Replies that go out by the clock.

use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/scheduled_replies";

/// An hour after the clock of a test server begins.
const LATER: &str = "2026-11-18T12:06:40Z";
const HOUR: i64 = 3_600;

async fn later(desk: &Desk, conversation: &str, body: &str) -> Value {
    let it = json!({ "scheduled_reply": {
        "conversation_id": conversation, "body": body, "send_at": LATER,
    } });
    desk.post(PATH, it).await.data(201)
}

async fn listed(desk: &Desk) -> Vec<Value> {
    let found = desk.get(PATH).await.data(200);
    found.as_array().unwrap().clone()
}

async fn texts(desk: &Desk, conversation: &str) -> Vec<String> {
    let path = format!("/api/conversations/{conversation}");
    let found = desk.get(&path).await.data(200);
    let messages = found["messages"].as_array().unwrap().iter();
    messages
        .map(|it| it["body"].as_str().unwrap().to_owned())
        .collect()
}

fn path(reply: &Value) -> String {
    format!("{PATH}/{}", reply["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_reply_goes_out_at_its_time_and_once() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let mut desk = server.company("Acme").await;
        let (_, conversation) = desk.visitor("Ana", "Hello").await;
        let reply = later(&desk, &conversation, "Good morning").await;
        assert_eq!(reply["state"], "waiting");
        assert_eq!(listed(&desk).await, std::slice::from_ref(&reply));
        server.clock.advance_seconds(HOUR - 60);
        desk.sign_in().await;
        assert_eq!(texts(&desk, &conversation).await, ["Hello"]);
        server.clock.advance_seconds(120);
        let sent = eventually(async || {
            let all = texts(&desk, &conversation).await;
            (all.len() > 1).then_some(all)
        })
        .await;
        assert_eq!(sent, ["Hello", "Good morning"]);
        assert!(listed(&desk).await.is_empty());
        desk.get(&path(&reply)).await.is(404);
        server.clock.advance_seconds(HOUR);
        desk.sign_in().await;
        assert_eq!(texts(&desk, &conversation).await.len(), 2);
    }
}

#[tokio::test]
async fn a_customer_who_writes_first_holds_it_and_its_writer_is_told() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let mut desk = server.company("Acme").await;
        let (customer, conversation) = desk.visitor("Ana", "Hello").await;
        let reply = later(&desk, &conversation, "Did it work?").await;
        let taken_back = later(&desk, &conversation, "Second").await;
        desk.delete(&path(&taken_back)).await.is(204);
        let mut page = desk.visitor_socket().await;
        let topic = format!("conversation:{conversation}");
        let joining = json!({ "customer_id": customer });
        assert_eq!(page.join(&topic, joining).await["status"], "ok");
        let wrote = json!({ "body": "It works now", "customer_id": customer });
        page.push(&topic, "shout", wrote).await;
        eventually(async || {
            let all = texts(&desk, &conversation).await;
            all.contains(&"It works now".to_owned()).then_some(())
        })
        .await;
        let held = desk.get(&path(&reply)).await.data(200);
        assert_eq!(held["state"], "held");
        assert_eq!(held["reason"], "the customer wrote first");
        let told = texts(&desk, &conversation).await;
        assert_eq!(
            told.last().unwrap(),
            "A reply that was to go out later is held: the customer wrote first."
        );
        server.clock.advance_seconds(2 * HOUR);
        desk.sign_in().await;
        // Somebody who has read it sends it off again, at another time.
        let passed = json!({ "scheduled_reply": { "body": "Glad to hear" } });
        desk.put(&path(&reply), passed).await.is(422);
        let again = json!({ "scheduled_reply": {
            "body": "Glad to hear", "send_at": "2026-11-18T15:00:00Z",
        } });
        let again = desk.put(&path(&reply), again).await.data(200);
        assert_eq!(again["state"], "waiting");
        server.clock.advance_seconds(4 * HOUR);
        desk.sign_in().await;
        let sent = eventually(async || {
            let all = texts(&desk, &conversation).await;
            all.contains(&"Glad to hear".to_owned()).then_some(all)
        })
        .await;
        assert!(!sent.contains(&"Did it work?".to_owned()));
    }
}

#[tokio::test]
async fn what_is_stale_or_past_or_nothing_is_refused() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, conversation) = desk.visitor("Ana", "Hello").await;
        for (field, value, status) in [
            ("send_at", json!("2026-11-01T00:00:00Z"), 422),
            ("send_at", json!("2029-11-01T00:00:00Z"), 422),
            ("send_at", json!("soon"), 422),
            ("send_at", json!(null), 422),
            ("body", json!(" "), 422),
            ("conversation_id", json!(null), 422),
            ("seen_seq", json!(0), 409),
        ] {
            let mut it = json!({ "conversation_id": conversation, "body": "Hi", "send_at": LATER });
            it[field] = value.clone();
            let answer = desk.post(PATH, json!({ "scheduled_reply": it })).await;
            assert_eq!(answer.status.as_u16(), status, "{field} {value}");
        }
        assert!(listed(&desk).await.is_empty());
    }
}
