//! Outgoing webhooks, against a real receiver: proof, signature, what is told and what is not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use frontdesk_connectors::verify::hmac_sha256;
use frontdesk_testkit::{Desk, Got, Receiver, TestServer, engines};
use serde_json::{Value, json};

/// A webhook at the receiver's address.
pub(crate) async fn subscribed(desk: &Desk, receiver: &Receiver, scope: &str) -> Value {
    let wish = json!({ "event_subscription": {
        "webhook_url": format!("{}/hook", receiver.url), "scope": scope,
    } });
    let made = desk.post("/api/event_subscriptions", wish).await.data(201);
    assert_eq!(made["verified"], true, "{made}");
    made
}

/// The log of a webhook, oldest first.
pub(crate) async fn log(desk: &Desk, id: &str) -> Vec<Value> {
    let path = format!("/api/v1/event_subscriptions/{id}/deliveries");
    let page = desk.get(&path).await.is(200);
    let mut lines = page["data"].as_array().unwrap().clone();
    lines.reverse();
    lines
}

/// As a receiver does it: see docs/WEBHOOKS.md.
fn is_signed(secret: &str, got: &Got) -> bool {
    let key = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap())
        .unwrap();
    let (id, time) = (got.header("webhook-id"), got.header("webhook-timestamp"));
    let mac = hmac_sha256(&key, format!("{id}.{time}.{}", got.body).as_bytes());
    got.header("webhook-signature") == format!("v1,{}", STANDARD.encode(mac))
}

#[tokio::test]
async fn a_receiver_that_proved_itself_is_told_with_a_signature() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (desk, receiver) = (server.company("Acme").await, Receiver::start().await);
        let made = subscribed(&desk, &receiver, "").await;
        let secret = made["secret"].as_str().unwrap();
        let (_, id) = desk.visitor("Grace", "Hello").await;
        let got = receiver.has_got(2).await;
        let events: Vec<Value> = got.iter().map(|it| it.json()["event"].clone()).collect();
        assert_eq!(events, ["conversation:created", "message:created"]);
        assert!(
            got.iter()
                .all(|it| is_signed(secret, it) && it.path == "/hook")
        );
        assert_eq!(got[0].json()["payload"]["id"], id.as_str());
        let message = &got[1].json()["payload"];
        assert_eq!(
            (&message["body"], &message["object"]),
            (&json!("Hello"), &json!("message"))
        );

        let subscription = made["id"].as_str().unwrap();
        let path = format!("/api/event_subscriptions/{subscription}");
        assert!(
            desk.get(&path).await.data(200).get("secret").is_none(),
            "it is shown once"
        );
        let path = format!("/api/v1/event_subscriptions/{subscription}/secret");
        let renewed = desk.post(&path, json!({})).await.data(200);
        desk.reply(&id, "Hi").await;
        let next = receiver.has_got(3).await.pop().unwrap();
        assert!(is_signed(renewed["secret"].as_str().unwrap(), &next));
        assert!(!is_signed(secret, &next));
        server.stop().await;
    }
}

#[tokio::test]
async fn other_events_are_told_by_scope_and_silent_messages_never() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let (plain, curious) = (Receiver::start().await, Receiver::start().await);
        subscribed(&desk, &plain, "").await;
        subscribed(&desk, &curious, "conversation:updated").await;
        let (_, id) = desk.visitor("Grace", "Hello").await;
        plain.has_got(2).await;
        let silent = json!({ "message": {
            "conversation_id": id, "body": "by a program", "metadata": { "disable_webhook_events": true },
        } });
        desk.post("/api/messages", silent).await.is(201);
        desk.reply(&id, "last").await;
        let bodies = |got: &[Got]| {
            let of = |it: &Got| it.json()["payload"]["body"].as_str().map(str::to_owned);
            got.iter().filter_map(of).collect::<Vec<_>>()
        };
        let got = plain.has_got(3).await;
        assert_eq!(bodies(&got), ["Hello", "last"]);
        assert!(
            got.iter()
                .all(|it| it.json()["event"] != "conversation:updated")
        );
        let got = curious.has_got(4).await;
        let updates = got
            .iter()
            .filter(|it| it.json()["event"] == "conversation:updated");
        assert_eq!(updates.count(), 1, "the first reply took the conversation");
        server.stop().await;
    }
}

#[tokio::test]
async fn an_address_that_proves_nothing_is_kept_and_told_of_nothing() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (desk, other) = (server.company("Acme").await, Receiver::start().await);
        // The desk's own server does not know the challenge.
        let wish = json!({ "event_subscription": { "webhook_url": format!("{}/x", server.url) } });
        let made = desk.post("/api/event_subscriptions", wish).await.data(201);
        assert_eq!(made["verified"], false);
        assert_eq!(made["problem"], "it answered 404");
        desk.visitor("Grace", "Hello").await;
        let id = made["id"].as_str().unwrap();
        let path = format!("/api/event_subscriptions/{id}");
        let moved = json!({ "event_subscription": { "webhook_url": other.url } });
        let moved = desk.put(&path, moved).await.data(200);
        assert_eq!(moved["verified"], true);
        desk.visitor("Ada", "Hello again").await;
        let got = other.has_got(2).await;
        assert_eq!(got[1].json()["payload"]["body"], "Hello again");
        assert_eq!(log(&desk, id).await.len(), 2, "what was before is not told");
        server.stop().await;
    }
}

#[tokio::test]
async fn addresses_of_this_machine_are_refused_unless_they_are_allowed() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (desk, receiver) = (server.company("Acme").await, Receiver::start().await);
        let wish = json!({ "event_subscription": { "webhook_url": receiver.url } });
        let refused = desk.post("/api/event_subscriptions", wish).await.is(422);
        let problem = refused["error"]["errors"]["webhook_url"][0]
            .as_str()
            .unwrap();
        assert!(problem.contains("this machine itself"), "{problem}");
        server.stop().await;
    }
}
