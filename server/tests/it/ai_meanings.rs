//! Knowledge that is found by what it means: in other words than the question's, for whom it is meant, and
//! not at all where the model for it fails.

use crate::ai::{draft_in, drafting};
use crate::ai_auto::{answering, said};
use frontdesk_server::config::{Config, Count};
use frontdesk_testkit::{
    Answers, Desk, Engine, Means, ModelServer, TestServer, engines, eventually,
};
use serde_json::{Value, json};
use std::cell::Cell;

/// So often it is looked before time goes on.
const LOOKS: u32 = 100;

const QUESTION: &str = "How am I reimbursed? Write to grace@example.com";

async fn desk_of(
    engine: Engine,
    model: &ModelServer,
    change: impl FnOnce(&mut Config),
) -> (TestServer, Desk) {
    let server = TestServer::start_with(engine, |config| {
        config.ai.base_url.clone_from(&model.url);
        config.ai.embed_model = "meaning-small".to_owned();
        config.ai.retries = Count(0);
        change(config);
    })
    .await;
    let desk = server.company("Acme").await;
    (server, desk)
}

/// A service that writes this, and knows which words mean the same.
async fn knowing(text: &str) -> ModelServer {
    let model = ModelServer::start([Answers::Streams(text.to_owned())]).await;
    model.means(Means::alike(&[&["money back", "reimburs"], &["parcel"]]));
    model
}

async fn knows(desk: &Desk, title: &str, body: &str, audience: &str) -> Value {
    let it = json!({ "knowledge": { "title": title, "body": body, "audience": audience } });
    desk.post("/api/v1/knowledge", it).await.data(201)
}

/// The ledger's lines about meanings, once so many of them came to this.
async fn lines(desk: &Desk, outcome: &str, count: usize) -> Vec<Value> {
    eventually(async || {
        let page = desk.get("/api/v1/ai/runs?limit=50").await.is(200);
        let of_it = page["data"].as_array().unwrap().iter();
        let of_it = of_it.filter(|it| it["task"] == "embed" && it["outcome"] == outcome);
        let found: Vec<Value> = of_it.cloned().collect();
        (found.len() >= count).then_some(found)
    })
    .await
}

#[tokio::test]
async fn knowledge_is_found_that_says_it_in_other_words() {
    for engine in engines() {
        let model = knowing("Within five days [1].").await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        drafting(&desk).await;
        knows(
            &desk,
            "Getting your money back",
            "Within five days.",
            "public",
        )
        .await;
        knows(&desk, "Parcels", "They leave at noon.", "public").await;
        let learnt = lines(&desk, "ready", 1).await;
        assert_eq!(learnt[0]["conversation_id"], Value::Null);
        assert_eq!(learnt[0]["model"], "meaning-small");
        eventually(async || {
            let texts = model.asked_meanings();
            let texts = texts.iter().filter_map(|it| it.body["input"].as_array());
            (texts.map(Vec::len).sum::<usize>() >= 2).then_some(())
        })
        .await;
        let (_, id) = desk.visitor("Grace", QUESTION).await;
        server.clock.advance_seconds(1);
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["body"], "Within five days.");
        assert_eq!(draft["sources"][0]["title"], "Getting your money back");
        // What the customer wrote is asked about without what belongs to the customer.
        let asked = model.asked_meanings();
        let question = asked.last().unwrap().body["input"][0].clone();
        assert_eq!(question, "How am I reimbursed? Write to [email 1]");
        let told = desk
            .get(&format!("/api/v1/conversations/{id}/drafts/prompt"))
            .await
            .data(200);
        assert_eq!(told["embedded"], question);
        assert_eq!(told["messages"], model.asked()[0].body["messages"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_changed_is_asked_about_again_and_what_is_internal_stays_inside() {
    for engine in engines() {
        let model = knowing("Within five days [1].").await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        answering(&desk, 3).await;
        let entry = knows(&desk, "Getting money", "For the team.", "internal").await;
        lines(&desk, "ready", 1).await;
        server.clock.advance_seconds(1);
        let path = format!("/api/v1/knowledge/{}", entry["id"].as_str().unwrap());
        let body = "We give money back within five days.";
        let changed = json!({ "knowledge": { "body": body } });
        desk.put(&path, changed).await.data(200);
        let calls = eventually(async || {
            let asked = model.asked_meanings();
            let last = asked.last()?.body["input"].to_string();
            last.contains(body).then_some(asked.len())
        });
        let calls = calls.await;
        lines(&desk, "ready", calls).await;
        // It answers an agent's draft, and no customer by itself.
        let (_, id) = desk.visitor("Grace", QUESTION).await;
        server.clock.advance_seconds(1);
        let bot = said(&desk, &id, 1).await;
        assert_eq!(bot[0]["body"], "A colleague takes over.");
        let asked = format!("/api/v1/conversations/{id}/drafts");
        desk.post(&asked, json!({})).await.data(201);
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["sources"][0]["title"], "Getting money");
        assert_eq!(draft["sources"][0]["internal"], true);
        server.stop().await;
    }
}

#[tokio::test]
async fn where_the_model_fails_the_words_alone_serve() {
    for engine in engines() {
        let model = knowing("Within five days [1].").await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        drafting(&desk).await;
        knows(
            &desk,
            "Money back for parcels",
            "Within five days.",
            "public",
        )
        .await;
        lines(&desk, "ready", 1).await;
        model.means(Means::Refuses(500, String::new()));
        let (_, id) = desk
            .visitor("Grace", "Is there money back for parcels?")
            .await;
        server.clock.advance_seconds(1);
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["sources"][0]["title"], "Money back for parcels");
        let failed = lines(&desk, "failed", 1).await;
        let why = failed[0]["reason"].as_str().unwrap();
        assert!(why.contains("500"), "{why}");
        // A service that cannot do it at all answers with a page, and drafts are made nonetheless.
        model.means(Means::Refuses(200, "<html>".to_owned()));
        for name in ["Ada", "Bob", "Eve", "Kim", "Lin"] {
            let (_, id) = desk.visitor(name, "Is there money back for parcels?").await;
            server.clock.advance_seconds(1);
            draft_in(&desk, &id, "ready").await;
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn entries_wait_while_the_service_is_down_and_for_the_next_month() {
    for engine in engines() {
        let model = knowing("Within five days [1].").await;
        model.means(Means::Refuses(503, String::new()));
        let (server, mut desk) = desk_of(engine, &model, |config| {
            config.ai.monthly_tokens = Count(5);
        })
        .await;
        knows(&desk, "Money back", "Within five days.", "public").await;
        lines(&desk, "failed", 1).await;
        model.means(Means::alike(&[&["money back"]]));
        let looks = Cell::new(0_u32);
        eventually(async || {
            // A failure that is noted only after the clock was set counts its rest from then on.
            if looks.get().is_multiple_of(LOOKS) {
                server.clock.advance_seconds(60);
            }
            looks.set(looks.get() + 1);
            let page = desk.get("/api/v1/ai/runs").await.is(200);
            (page["data"][0]["outcome"] == "ready").then_some(())
        })
        .await;
        // That was all of this month's tokens.
        let asked = model.asked_meanings().len();
        knows(&desk, "Parcels", "They leave at noon.", "public").await;
        drafting(&desk).await;
        desk.visitor("Grace", "Is there money back?").await;
        eventually(async || {
            server.clock.advance_seconds(1);
            let page = desk.get("/api/v1/ai/runs").await.is(200);
            (page["data"][0]["task"] == "draft").then_some(())
        })
        .await;
        assert_eq!(model.asked_meanings().len(), asked);
        server.clock.advance_seconds(31 * 24 * 3_600);
        desk.sign_in().await;
        let more = eventually(async || {
            let found = model.asked_meanings();
            (found.len() > asked).then_some(found)
        });
        let texts = more.await.last().unwrap().body["input"].to_string();
        assert!(texts.contains("They leave at noon."), "{texts}");
        server.stop().await;
    }
}
