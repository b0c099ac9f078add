//! Drafts that a model writes: what it is told, what becomes of what it says, and what happens when its
//! service does not do what it should.

use crate::ai::{canned, draft_in, drafting, drafts, runs};
use frontdesk_server::config::{Config, Count, ModelKey, Patience};
use frontdesk_server::vault::Secret;
use frontdesk_testkit::{Answers, Desk, Engine, ModelServer, TestServer, engines, eventually};
use serde_json::{Value, json};
use std::time::Duration;

const REFUND: &str = "Refunds take five working days after your parcel is back.";
const KEY: &str = "sk-a-key-nobody-sees";

/// A server with this model, and a desk that drafts when asked.
pub(crate) async fn desk_of(
    engine: Engine,
    model: &ModelServer,
    change: impl FnOnce(&mut Config),
) -> (TestServer, Desk) {
    let server = TestServer::start_with(engine, |config| {
        config.ai.base_url.clone_from(&model.url);
        config.ai.key = ModelKey::Given(Secret::new(KEY));
        change(config);
    })
    .await;
    let desk = server.company("Acme").await;
    canned(&desk, "Refunds", REFUND).await;
    (server, desk)
}

pub(crate) async fn ask(desk: &Desk, text: &str) -> (String, Value) {
    let (_, id) = desk.visitor("Grace Hopper", text).await;
    let path = format!("/api/v1/conversations/{id}/drafts");
    let asked = desk.post(&path, json!({})).await.data(201);
    (id, asked)
}

pub(crate) fn streams(text: &str) -> Answers {
    Answers::Streams(text.to_owned())
}

#[tokio::test]
async fn a_model_writes_a_draft_that_names_its_sources() {
    for engine in engines() {
        let said = "Liebe [name 1], es dauert fünf Tage [1]. Grüße 🙂";
        let model = ModelServer::start([streams(said)]).await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        let text = "Grace here, grace@example.com, card 4111 1111 1111 1111. When is the refund for my parcel?";
        let (id, asked) = ask(&desk, text).await;
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["id"], asked["id"]);
        assert_eq!(draft["body"], "Liebe Grace, es dauert fünf Tage. Grüße 🙂");
        assert_eq!(draft["origin"], "gpt-4o-mini");
        assert_eq!(draft["sources"][0]["title"], "Refunds");
        assert_eq!(draft["sources"].as_array().unwrap().len(), 1);

        let calls = model.asked();
        assert_eq!(calls.len(), 1);
        assert!(calls[0].head.starts_with("POST /v1/chat/completions "));
        assert!(calls[0].head.contains(&format!("Bearer {KEY}")));
        let told = calls[0].body.to_string();
        assert_eq!(calls[0].body["stream"], true);
        assert!(told.contains(REFUND));
        for secret in ["Grace", "Hopper", "example.com", "4111"] {
            assert!(!told.contains(secret), "{secret} left the house: {told}");
        }
        let runs = runs(&desk, 1).await;
        assert_eq!(runs[0]["outcome"], "ready");
        assert_eq!(runs[0]["model"], "gpt-4o-mini");
        assert_eq!(runs[0]["tokens_in"], 100);
        assert_eq!(runs[0]["tokens_out"], 20);
        assert_eq!(runs[0]["prompt_hash"].as_str().unwrap().len(), 64);

        // What would be sent is what was sent.
        let path = format!("/api/v1/conversations/{id}/drafts/prompt");
        let shown = desk.get(&path).await.data(200);
        assert_eq!(shown["messages"], calls[0].body["messages"]);
        assert_eq!(shown["hash"], runs[0]["prompt_hash"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_a_model_makes_up_is_no_draft() {
    let cases = [
        ("Five days, I think.", "rests on no source"),
        ("NO_ANSWER", "do not answer"),
        ("See https://evil.test/refund [1]", "a link or an address"),
        ("", "wrote nothing"),
    ];
    for (said, why) in cases {
        let model = ModelServer::start([streams(said)]).await;
        let (server, desk) = desk_of(Engine::Sqlite, &model, |_| {}).await;
        let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
        let failed = draft_in(&desk, &id, "failed").await;
        assert!(failed["reason"].as_str().unwrap().contains(why), "{failed}");
        assert_eq!(failed["body"], Value::Null);
        assert_eq!(runs(&desk, 1).await[0]["outcome"], "nothing");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_service_that_is_busy_is_asked_again_and_one_that_refuses_is_not() {
    let busy = Answers::Refuses(429, vec![("retry-after-ms", "5".to_owned())], String::new());
    let down = Answers::Refuses(
        500,
        vec![("retry-after-ms", "5".to_owned())],
        "<html>".to_owned(),
    );
    let model = ModelServer::start([busy, down, streams("Five days [1].")]).await;
    let (server, desk) = desk_of(Engine::Sqlite, &model, |_| {}).await;
    let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
    assert_eq!(draft_in(&desk, &id, "ready").await["body"], "Five days.");
    assert_eq!(model.asked().len(), 3);
    server.stop().await;

    let body = json!({ "error": { "message": "no such key", "code": "invalid_api_key" } });
    let model = ModelServer::start([Answers::Refuses(401, Vec::new(), body.to_string())]).await;
    let (server, desk) = desk_of(Engine::Sqlite, &model, |_| {}).await;
    let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
    let failed = draft_in(&desk, &id, "failed").await;
    assert!(
        failed["reason"].as_str().unwrap().contains("401"),
        "{failed}"
    );
    assert_eq!(model.asked().len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn half_a_reply_is_never_a_draft() {
    let odd = |bytes: &[u8]| Answers::Bytes(bytes.to_vec());
    let cases = [
        (Answers::Breaks("Five days [1]".to_owned()), "broke off"),
        (Answers::Stalls("Five days [1]".to_owned()), "stalled"),
        (odd(b"data: {\"choices\": oh\n\n"), "cannot be read"),
        (
            odd(b"data: {\"choices\":[{\"delta\":{\"content\":\"\xff\"}}]}\n\n"),
            "cannot be read",
        ),
        (
            odd(b"data: {\"error\":{\"message\":\"overloaded\"}}\n\n"),
            "overloaded",
        ),
    ];
    for (answer, why) in cases {
        let model = ModelServer::start([answer]).await;
        let (server, desk) = desk_of(Engine::Sqlite, &model, |config| {
            config.ai.timeout = Patience(Duration::from_millis(300));
        })
        .await;
        let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
        let failed = draft_in(&desk, &id, "failed").await;
        assert!(
            failed["reason"].as_str().unwrap().contains(why),
            "{why}: {failed}"
        );
        assert_eq!(
            model.asked().len(),
            1,
            "what began to come is not asked for again"
        );
        assert_eq!(runs(&desk, 1).await[0]["outcome"], "failed");
        server.stop().await;
    }
}

#[tokio::test]
async fn drafts_pile_up_while_the_service_is_down_and_come_when_it_is_back() {
    let down = Answers::Refuses(503, vec![("retry-after-ms", "1".to_owned())], String::new());
    let script = std::iter::repeat_n(down, 4).chain([streams("Five days [1].")]);
    let model = ModelServer::start(script).await;
    let (server, desk) = desk_of(Engine::Sqlite, &model, |config| {
        config.ai.retries = Count(1);
    })
    .await;
    drafting(&desk).await;
    let mut asked = Vec::new();
    for _ in 0..2 {
        asked.push(
            desk.visitor("Grace", "When is the refund for my parcel?")
                .await
                .1,
        );
    }
    server.clock.advance_seconds(1);
    runs(&desk, 2).await;
    for id in asked {
        let draft = eventually(async || {
            server.clock.advance_seconds(10);
            let there = drafts(&desk, &id).await;
            there.into_iter().find(|it| it["state"] == "ready")
        });
        assert_eq!(draft.await["body"], "Five days.");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_budget_is_kept_and_older_names_are_understood() {
    let newer = json!({ "error": { "message": "use the other", "param": "max_tokens" } });
    let refuses = Answers::Refuses(400, Vec::new(), newer.to_string());
    let at_once = Answers::AtOnce("Five days [1].".to_owned());
    let model = ModelServer::start([refuses, at_once]).await;
    let (server, desk) = desk_of(Engine::Sqlite, &model, |config| {
        config.ai.monthly_tokens = Count(120);
    })
    .await;
    let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
    draft_in(&desk, &id, "ready").await;
    let calls = model.asked();
    assert_eq!(calls[0].body["max_tokens"], 500);
    assert_eq!(calls[1].body["max_completion_tokens"], 500);
    assert!(calls[1].body.get("max_tokens").is_none());
    let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
    let failed = draft_in(&desk, &id, "failed").await;
    assert!(
        failed["reason"]
            .as_str()
            .unwrap()
            .contains("tokens of this month")
    );
    assert_eq!(model.asked().len(), 2);
    server.stop().await;
}

#[tokio::test]
async fn what_the_customer_said_at_other_times_is_told_and_is_no_source() {
    for engine in engines() {
        let model = ModelServer::start([streams("Five days [1].")]).await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        let (customer, _) = desk.visitor("Grace", "My umbrella 12345678 is torn.").await;
        let (other, _) = desk.visitor("Ada", "My canoe leaks.").await;
        assert_ne!(customer, other);
        let started = json!({ "conversation": {
            "customer_id": customer, "inbox_id": desk.inbox_id, "status": "open" } });
        let started = desk.post("/api/conversations", started).await.data(201);
        let id = started["id"].as_str().unwrap();
        let said = json!({ "message": { "conversation_id": id, "customer_id": customer,
            "body": "When is the refund for my parcel?" } });
        desk.post("/api/messages", said).await.data(201);
        let path = format!("/api/v1/conversations/{id}/drafts");
        desk.post(&path, json!({})).await.data(201);
        draft_in(&desk, id, "ready").await;
        let asked = model.asked().pop().unwrap();
        let told = asked.body["messages"].as_array().unwrap().clone();
        assert_eq!(told.len(), 3);
        let earlier = told[1]["content"].as_str().unwrap();
        assert!(
            earlier.contains("My umbrella [number 1] is torn."),
            "{earlier}"
        );
        assert!(
            !asked.body.to_string().contains("canoe"),
            "it is somebody else's"
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn a_question_that_is_too_long_is_asked_once_more_and_shorter() {
    let error = json!({ "error": { "message": "too long", "code": "context_length_exceeded" } });
    let too_long = Answers::Refuses(400, Vec::new(), error.to_string());
    for engine in engines() {
        let model = ModelServer::start([too_long.clone(), streams("Five days [1].")]).await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        let (customer, id) = desk.visitor("Grace", "An umbrella is torn.").await;
        for n in 0..6 {
            let body = format!("When is the refund for my parcel, once more? {n}");
            let said = json!({ "message": {
                "conversation_id": id, "customer_id": customer, "body": body } });
            desk.post("/api/messages", said).await.data(201);
        }
        let path = format!("/api/v1/conversations/{id}/drafts");
        desk.post(&path, json!({})).await.data(201);
        assert_eq!(draft_in(&desk, &id, "ready").await["body"], "Five days.");
        let told: Vec<String> = model.asked().iter().map(|it| it.body.to_string()).collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("umbrella") && !told[1].contains("umbrella"));
        assert!(told[1].contains("once more? 5"), "{}", told[1]);

        // What is still too long is a failure that says so.
        model.becomes([too_long.clone()]);
        let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
        let failed = draft_in(&desk, &id, "failed").await;
        assert!(
            failed["reason"].as_str().unwrap().contains("too long"),
            "{failed}"
        );
        assert_eq!(model.asked().len(), 4);
        server.stop().await;
    }
}
