//! Drafts the server makes by itself or when asked: from what, for whom, and how they end.

use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use serde_json::{Value, json};

const REFUND: &str = "Refunds take five working days after your parcel is back.";

/// Has the desk's first inbox make drafts by itself.
pub(crate) async fn drafting(desk: &Desk) {
    let path = format!("/api/v1/ai/modes/{}", desk.inbox_id);
    let set = desk.put(&path, json!({ "mode": "draft" })).await.data(200);
    assert_eq!(set["mode"], "draft");
}

pub(crate) async fn canned(desk: &Desk, name: &str, content: &str) {
    let it = json!({ "canned_response": { "name": name, "content": content } });
    desk.post("/api/canned_responses", it).await.data(201);
}

pub(crate) async fn drafts(desk: &Desk, conversation: &str) -> Vec<Value> {
    let path = format!("/api/v1/drafts?conversation_id={conversation}");
    let found = desk.get(&path).await.data(200);
    found.as_array().unwrap().clone()
}

/// The conversation's newest draft, once it is in a state.
pub(crate) async fn draft_in(desk: &Desk, conversation: &str, state: &str) -> Value {
    eventually(async || {
        let there = drafts(desk, conversation).await;
        there.into_iter().find(|it| it["state"] == state)
    })
    .await
}

/// The ledger, once it has so many lines.
pub(crate) async fn runs(desk: &Desk, count: usize) -> Vec<Value> {
    eventually(async || {
        let page = desk.get("/api/v1/ai/runs").await.is(200);
        let lines = page["data"].as_array().unwrap().clone();
        (lines.len() >= count).then_some(lines)
    })
    .await
}

/// A new customer's first message, and the pause after which it is answered.
async fn asks(server: &TestServer, desk: &Desk, name: &str, body: &str) -> (String, String) {
    let asked = desk.visitor(name, body).await;
    server.clock.advance_seconds(1);
    asked
}

async fn writes(
    server: &TestServer,
    desk: &Desk,
    (customer, conversation): (&str, &str),
    body: &str,
) {
    let said = json!({ "message": {
        "conversation_id": conversation, "body": body, "customer_id": customer,
    } });
    desk.post("/api/messages", said).await.data(201);
    server.clock.advance_seconds(1);
}

#[tokio::test]
async fn a_draft_waits_before_anybody_opens_the_conversation() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        drafting(&desk).await;
        canned(&desk, "Refunds", REFUND).await;
        canned(
            &desk,
            "Password",
            "Choose Forgot password and follow the link.",
        )
        .await;
        let (_, id) = asks(&server, &desk, "Grace", "When is the refund for my parcel?").await;
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["body"], REFUND);
        assert_eq!(draft["origin"], "built-in");
        assert_eq!(draft["sources"][0]["kind"], "canned_response");
        assert_eq!(draft["sources"][0]["title"], "Refunds");
        let runs = runs(&desk, 1).await;
        assert_eq!(runs[0]["outcome"], "ready");
        assert_eq!(runs[0]["draft_id"], draft["id"]);
        assert_eq!(runs[0]["inbox_id"], desk.inbox_id.as_str());
        assert!(!runs[0].to_string().contains("Refunds"), "ids, no words");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_draft_becomes_stale_and_is_made_anew_when_the_customer_writes() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        drafting(&desk).await;
        canned(&desk, "Refunds", REFUND).await;
        canned(&desk, "Password reset", "Choose Forgot password.").await;
        let (customer, id) = asks(&server, &desk, "Grace", "Where is my parcel refund?").await;
        let first = draft_in(&desk, &id, "ready").await;
        desk.reply(&id, "I will look.").await;
        server.clock.advance_seconds(1);
        draft_in(&desk, &id, "stale").await;
        let approve = format!("/api/v1/drafts/{}/approve", first["id"].as_str().unwrap());
        desk.post(&approve, json!({ "version": first["version"] }))
            .await
            .is(409);
        writes(
            &server,
            &desk,
            (&customer, &id),
            "And how do I reset my password?",
        )
        .await;
        let second = draft_in(&desk, &id, "ready").await;
        assert_ne!(second["id"], first["id"]);
        assert_eq!(second["body"], "Choose Forgot password.");
        server.stop().await;
    }
}

#[tokio::test]
async fn nothing_that_fits_is_no_draft_and_said() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        drafting(&desk).await;
        canned(&desk, "Refunds", REFUND).await;
        let (_, id) = asks(&server, &desk, "Grace", "Do you sell blue umbrellas?").await;
        let lines = runs(&desk, 1).await;
        assert_eq!(lines[0]["outcome"], "nothing");
        assert_eq!(
            lines[0]["reason"],
            "No canned response, no knowledge and no earlier answer fits."
        );
        assert!(drafts(&desk, &id).await.is_empty());

        // Who asks is told in the draft that was asked for.
        let path = format!("/api/v1/conversations/{id}/drafts");
        let asked = desk.post(&path, json!({})).await.data(201);
        assert_eq!(asked["state"], "generating");
        let failed = draft_in(&desk, &id, "failed").await;
        assert_eq!(failed["id"], asked["id"]);
        assert_eq!(failed["reason"], lines[0]["reason"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_mode_says_who_begins() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let modes = desk.get("/api/v1/ai/modes").await.data(200);
        assert_eq!(modes[0]["inbox_id"], desk.inbox_id.as_str());
        assert_eq!(
            modes[0]["mode"], "draft",
            "what holds where nobody said anything"
        );
        let path = format!("/api/v1/ai/modes/{}", desk.inbox_id);
        desk.put(&path, json!({ "mode": "request" }))
            .await
            .data(200);
        canned(&desk, "Refunds", REFUND).await;
        let (_, id) = asks(&server, &desk, "Grace", "Where is my parcel refund?").await;
        let ask = format!("/api/v1/conversations/{id}/drafts");
        desk.post(&ask, json!({})).await.data(201);
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["body"], REFUND);
        assert_eq!(drafts(&desk, &id).await.len(), 1);

        desk.put(&path, json!({ "mode": "off" })).await.data(200);
        let refused = desk.post(&ask, json!({})).await.is(409);
        assert!(refused.to_string().contains("switched off"), "{refused}");
        desk.put(&path, json!({ "mode": "sometimes" }))
            .await
            .is(422);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_earlier_answer_helps_unless_it_belongs_to_one_person() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        drafting(&desk).await;
        let (_, told) = asks(
            &server,
            &desk,
            "Grace",
            "Does the blue umbrella survive a storm?",
        )
        .await;
        desk.reply(&told, "Yes, it holds up to eighty km/h.").await;
        let (_, private) = asks(
            &server,
            &desk,
            "Ada",
            "Does my blue umbrella order arrive before the storm?",
        )
        .await;
        desk.reply(&private, "Yes Ada, order 100234 arrives.").await;
        let (_, id) = asks(
            &server,
            &desk,
            "Linus",
            "Is the blue umbrella made for a storm?",
        )
        .await;
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["body"], "Yes, it holds up to eighty km/h.");
        assert_eq!(draft["sources"][0]["kind"], "message");
        assert_eq!(draft["sources"][0]["conversation_id"], told.as_str());

        // Another company's answers are not ours.
        let other = server.company("Other").await;
        drafting(&other).await;
        asks(
            &server,
            &other,
            "Mallory",
            "Is the blue umbrella made for a storm?",
        )
        .await;
        assert_eq!(runs(&other, 1).await[0]["outcome"], "nothing");
        server.stop().await;
    }
}
