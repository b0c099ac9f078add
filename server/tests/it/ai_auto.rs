//! Answers that no agent approves: when the program gives them, and when a person takes over.

use crate::ai::{draft_in, drafts};
use frontdesk_server::config::Count;
use frontdesk_testkit::{Answers, Desk, ModelServer, TestServer, engines, eventually};
use serde_json::{Value, json};

pub(crate) async fn answering(desk: &Desk, turns: i64) {
    let mode = format!("/api/v1/ai/modes/{}", desk.inbox_id);
    desk.put(&mode, json!({ "mode": "auto" })).await.data(200);
    let replies = format!("/api/v1/ai/replies/{}", desk.inbox_id);
    let channels = [
        "chat", "email", "sms", "whatsapp", "telegram", "slack", "custom",
    ];
    let set = json!({ "max_turns": turns, "hand_off": "A colleague takes over.",
        "apology": "Sorry.", "channels": channels });
    desk.put(&replies, set).await.data(200);
    for (title, body, audience) in [
        ("Refunds for parcels", "Refunds take five days.", "public"),
        ("Margins of umbrellas", "Forty percent.", "internal"),
    ] {
        let it = json!({ "knowledge": { "title": title, "body": body, "audience": audience } });
        desk.post("/api/v1/knowledge", it).await.data(201);
    }
}

async fn thread(desk: &Desk, id: &str) -> Vec<Value> {
    let held = desk
        .get(&format!("/api/conversations/{id}"))
        .await
        .data(200);
    let mut messages = held["messages"].as_array().unwrap().clone();
    messages.sort_by_key(|it| it["seq"].as_i64());
    messages
}

/// What the program has said, once it has said so much.
pub(crate) async fn said(desk: &Desk, id: &str, count: usize) -> Vec<Value> {
    eventually(async || {
        let messages = thread(desk, id).await;
        let bot: Vec<Value> = messages
            .into_iter()
            .filter(|it| it["type"] == "bot")
            .collect();
        (bot.len() >= count).then_some(bot)
    })
    .await
}

async fn writes(server: &TestServer, desk: &Desk, (customer, id): (&str, &str), body: &str) {
    let said =
        json!({ "message": { "conversation_id": id, "body": body, "customer_id": customer } });
    desk.post("/api/messages", said).await.data(201);
    server.clock.advance_seconds(1);
}

#[tokio::test]
async fn the_program_answers_from_a_public_source_and_shows_that_it_writes() {
    for engine in engines() {
        let model = ModelServer::start([Answers::Streams("Five days [1].".to_owned())]).await;
        let server = TestServer::start_with(engine, |config| {
            config.ai.base_url.clone_from(&model.url);
        })
        .await;
        let desk = server.company("Acme").await;
        answering(&desk, 3).await;
        let (customer, id) = desk
            .visitor("Grace", "When is the refund for my parcel?")
            .await;
        let mut socket = desk.visitor_socket().await;
        let topic = format!("conversation:{id}");
        let joined = socket
            .join(&topic, json!({ "customer_id": customer }))
            .await;
        assert_eq!(joined["status"], "ok", "{joined}");
        server.clock.advance_seconds(1);
        let begun = socket.event(&topic, "typing").await;
        assert_eq!(begun, json!({ "typing": true, "type": "ai" }));
        let ended = socket.event(&topic, "typing").await;
        assert_eq!(ended, json!({ "typing": false, "type": "ai" }));
        let mut heard = socket.event(&topic, "shout").await;
        if heard["type"] != "bot" {
            // The question itself may reach a socket that has just joined.
            heard = socket.event(&topic, "shout").await;
        }
        assert_eq!(heard["body"], "Five days.");
        assert_eq!(heard["type"], "bot");
        assert_eq!(heard["source"], "chat");
        assert_eq!(heard["metadata"], json!({ "llm_generated": true }));
        for nobody in ["user_id", "customer_id"] {
            assert_eq!(heard[nobody], Value::Null);
        }
        let held = desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        assert_eq!(
            (&held["read"], &held["assignee_id"]),
            (&json!(false), &Value::Null)
        );
        // What it rests on can be seen, and that nobody approved it.
        let draft = draft_in(&desk, &id, "approved").await;
        assert_eq!(draft["sources"][0]["title"], "Refunds for parcels");
        assert_eq!(draft["decided_by"], Value::Null);
        let runs = desk.get("/api/v1/ai/runs").await.is(200);
        assert_eq!(runs["data"][0]["outcome"], "sent");
        drop(socket);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_cannot_be_answered_goes_to_a_person_once() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        answering(&desk, 3).await;
        let team = desk
            .post("/api/v1/teams", json!({ "team": { "name": "Support" } }))
            .await
            .data(201);
        let replies = format!("/api/v1/ai/replies/{}", desk.inbox_id);
        desk.put(&replies, json!({ "team_id": team["id"] }))
            .await
            .data(200);
        // The only text about it is for the company.
        let (customer, id) = desk
            .visitor("Grace", "What are the margins of umbrellas?")
            .await;
        server.clock.advance_seconds(1);
        let bot = said(&desk, &id, 1).await;
        assert_eq!(bot[0]["body"], "A colleague takes over.");
        assert_eq!(bot[0]["metadata"]["handed_off"], true);
        let held = desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        assert_eq!(held["team_id"], team["id"]);
        // From now on it is a person's, who gets drafts.
        writes(
            &server,
            &desk,
            (&customer, &id),
            "And when is the refund for my parcel?",
        )
        .await;
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["body"], "Refunds take five days.");
        assert_eq!(said(&desk, &id, 1).await.len(), 1);
        server.stop().await;
    }
}

#[tokio::test]
async fn who_asks_for_a_person_or_asks_too_often_gets_one() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        answering(&desk, 1).await;
        let (_, id) = desk
            .visitor("Grace", "Can I talk to a human about my parcel refund?")
            .await;
        server.clock.advance_seconds(1);
        assert_eq!(
            said(&desk, &id, 1).await[0]["body"],
            "A colleague takes over."
        );

        let (customer, id) = desk
            .visitor("Ada", "When is the refund for my parcel?")
            .await;
        server.clock.advance_seconds(1);
        assert_eq!(
            said(&desk, &id, 1).await[0]["body"],
            "Refunds take five days."
        );
        writes(
            &server,
            &desk,
            (&customer, &id),
            "And the refund for my other parcel?",
        )
        .await;
        let bot = said(&desk, &id, 2).await;
        assert_eq!(bot[1]["body"], "A colleague takes over.");
        draft_in(&desk, &id, "ready").await;
        server.stop().await;
    }
}

#[tokio::test]
async fn an_agent_who_takes_over_ends_it_also_in_the_middle() {
    for engine in engines() {
        let slow = Answers::Streams("Five days [1].".to_owned());
        let model = ModelServer::start([Answers::Waits(Box::new(slow.clone())), slow]).await;
        let server = TestServer::start_with(engine, |config| {
            config.ai.base_url.clone_from(&model.url);
        })
        .await;
        let desk = server.company("Acme").await;
        answering(&desk, 3).await;
        let (customer, id) = desk
            .visitor("Grace", "When is the refund for my parcel?")
            .await;
        server.clock.advance_seconds(1);
        eventually(async || (!model.asked().is_empty()).then_some(())).await;
        desk.reply(&id, "I am on it.").await;
        model.release();
        let outdated = eventually(async || {
            let runs = desk.get("/api/v1/ai/runs").await.is(200);
            let lines = runs["data"].as_array().unwrap().clone();
            lines.into_iter().find(|it| it["outcome"] == "outdated")
        });
        outdated.await;
        writes(
            &server,
            &desk,
            (&customer, &id),
            "Thanks. When is the refund for my parcel, though?",
        )
        .await;
        // Its draft waits a moment, as everywhere.
        let ready = eventually(async || {
            server.clock.advance_seconds(1);
            let there = drafts(&desk, &id).await;
            there.into_iter().find(|it| it["state"] == "ready")
        });
        ready.await;
        let bot = thread(&desk, &id)
            .await
            .into_iter()
            .filter(|it| it["type"] == "bot");
        assert_eq!(bot.count(), 0);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_service_that_fails_is_an_apology_and_then_a_person_s_work() {
    for engine in engines() {
        let down = Answers::Refuses(503, Vec::new(), String::new());
        let model = ModelServer::start([down]).await;
        let server = TestServer::start_with(engine, |config| {
            config.ai.base_url.clone_from(&model.url);
            config.ai.retries = Count(0);
        })
        .await;
        let desk = server.company("Acme").await;
        answering(&desk, 3).await;
        // Also while it rests nobody who chats waits for it.
        for _ in 0..6 {
            let (_, id) = desk
                .visitor("Grace", "When is the refund for my parcel?")
                .await;
            server.clock.advance_seconds(1);
            let bot = said(&desk, &id, 1).await;
            assert_eq!(bot[0]["body"], "Sorry.");
            assert_eq!(
                bot[0]["metadata"],
                json!({ "llm_generated": true, "fallback": true })
            );
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn a_topic_may_be_handled_otherwise_than_its_inbox() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        answering(&desk, 3).await;
        let tag = desk
            .post("/api/tags", json!({ "tag": { "name": "legal" } }))
            .await
            .data(201);
        let path = format!("/api/v1/ai/topics/{}", desk.inbox_id);
        let off = json!({ "topics": [{ "tag_id": tag["id"], "mode": "off" }] });
        let set = desk.put(&path, off).await.data(200);
        assert_eq!(set[0]["mode"], "off");
        let (customer, id) = desk.visitor("Grace", "Hello").await;
        let tags = format!("/api/conversations/{id}/tags");
        desk.post(&tags, json!({ "tag_id": tag["id"] })).await;
        writes(
            &server,
            &desk,
            (&customer, &id),
            "When is the refund for my parcel?",
        )
        .await;
        let refused = format!("/api/v1/conversations/{id}/drafts");
        desk.post(&refused, json!({})).await.is(409);
        // Another one, without the tag, is answered: the jobs have run.
        let (_, other) = desk
            .visitor("Ada", "When is the refund for my parcel?")
            .await;
        server.clock.advance_seconds(1);
        said(&desk, &other, 1).await;
        let wrong = json!({ "topics": [{ "tag_id": uuid(), "mode": "off" }] });
        desk.put(&path, wrong).await.is(422);
        let foreign = server.company("Other").await;
        foreign.put(&path, json!({ "topics": [] })).await.is(404);
        assert!(
            drafts(&desk, &id)
                .await
                .iter()
                .all(|it| it["body"] != "Refunds take five days.")
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn an_inbox_names_the_channels_on_which_it_answers() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let path = format!("/api/v1/ai/replies/{}", desk.inbox_id);
        let channels = async || desk.get(&path).await.data(200)["channels"].clone();
        assert_eq!(channels().await, json!(["chat"]));
        for (said, kept) in [
            (json!(["sms", "chat", "sms"]), json!(["chat", "sms"])),
            (json!([]), json!([])),
            (Value::Null, json!(["chat"])),
        ] {
            desk.put(&path, json!({ "channels": said })).await.data(200);
            assert_eq!(channels().await, kept);
        }
        let refused = desk.put(&path, json!({ "channels": ["mattermost"] }));
        let why = refused.await.is(422).to_string();
        assert!(why.contains("channels"), "{why}");
        let long = json!({ "hand_off": "x".repeat(1_601) });
        desk.put(&path, long).await.is(422);
        server.stop().await;
    }
}

fn uuid() -> String {
    frontdesk_domain::TagId::random().to_string()
}
