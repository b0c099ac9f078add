//! What is learnt from drafts and conversations: what became of drafts, knowledge that people approve, and
//! how conversations are sorted.

use crate::ai::{canned, draft_in};
use frontdesk_server::config::Count;
use frontdesk_testkit::{Answers, Desk, ModelServer, TestServer, engines};
use serde_json::{Value, json};

const REFUND: &str = "Refunds take five working days after your parcel is back.";

async fn drafted(desk: &Desk) -> (String, Value) {
    let (_, id) = desk
        .visitor("Grace Hopper", "When is the refund for my parcel?")
        .await;
    let path = format!("/api/v1/conversations/{id}/drafts");
    desk.post(&path, json!({})).await.data(201);
    let draft = draft_in(desk, &id, "ready").await;
    (id, draft)
}

async fn decide(desk: &Desk, draft: &Value, how: &str, mut body: Value) -> Value {
    let id = draft["id"].as_str().unwrap();
    body["version"] = draft["version"].clone();
    let path = format!("/api/v1/drafts/{id}/{how}");
    desk.post(&path, body).await.data(200)
}

#[tokio::test]
async fn what_became_of_drafts_is_added_up() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        canned(&desk, "Refunds", REFUND).await;
        let (first, draft) = drafted(&desk).await;
        let tag = desk
            .post("/api/tags", json!({ "tag": { "name": "money" } }))
            .await
            .data(201);
        let tags = format!("/api/conversations/{first}/tags");
        desk.post(&tags, json!({ "tag_id": tag["id"] })).await;
        decide(&desk, &draft, "approve", json!({})).await;

        let (_, draft) = drafted(&desk).await;
        let path = format!("/api/v1/drafts/{}", draft["id"].as_str().unwrap());
        let shorter = json!({ "draft": { "body": "Refunds take five working days.", "version": draft["version"] } });
        let edited = desk.put(&path, shorter).await.data(200);
        decide(&desk, &edited, "approve", json!({})).await;
        for reason in ["wrong", "wrong", "rude"] {
            let (_, draft) = drafted(&desk).await;
            let rejected = decide(&desk, &draft, "reject", json!({ "reason": reason })).await;
            assert_eq!(rejected["reason"], reason);
        }

        let learnt = desk.get("/api/v1/ai/learning").await.data(200);
        let total = &learnt["total"];
        assert_eq!(total["approved"], 2, "{learnt}");
        assert_eq!(total["unchanged"], 1);
        assert_eq!(total["rejected"], 3);
        assert!((total["acceptance"].as_f64().unwrap() - 0.4).abs() < 0.001);
        let edited = total["edited"].as_f64().unwrap();
        assert!(edited > 0.1 && edited < 0.4, "{edited}");
        assert!(total["seconds_saved"].as_i64().unwrap() > 15, "{total}");
        assert_eq!(
            learnt["reasons"][0],
            json!({ "reason": "wrong", "count": 2 })
        );
        assert_eq!(learnt["by_model"][0]["of"], "built-in");
        assert_eq!(learnt["by_inbox"].as_array().unwrap().len(), 1);
        assert_eq!(learnt["by_agent"][0]["approved"], 2);
        assert_eq!(learnt["by_topic"][0]["of"], "money");
        assert_eq!(learnt["by_topic"][0]["approved"], 1);
        let later = desk
            .get("/api/v1/ai/learning?since=2999-01-01T00:00:00Z")
            .await
            .data(200);
        assert_eq!(later["total"]["approved"], 0);
        desk.get("/api/v1/ai/learning?since=yesterday")
            .await
            .is(422);
        let other = server.company("Other").await;
        let theirs = other.get("/api/v1/ai/learning").await.data(200);
        assert_eq!(theirs["total"]["approved"], 0);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_solved_conversation_proposes_what_a_person_approves() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk
            .visitor("Grace Hopper", "Does the umbrella survive a storm?")
            .await;
        let path = format!("/api/v1/conversations/{id}/knowledge");
        let empty = json!({ "knowledge": {} });
        desk.post(&path, empty.clone()).await.is(409);
        desk.reply(
            &id,
            "Yes Mrs Hopper, up to eighty km/h. Your order 1002345 is on its way.",
        )
        .await;
        let proposed = desk.post(&path, empty).await.data(201);
        let entry = &proposed["entry"];
        assert_eq!(entry["state"], "proposed");
        assert_eq!(entry["title"], "Does the umbrella survive a storm?");
        let body = entry["body"].as_str().unwrap();
        assert!(
            !body.contains("Hopper") && !body.contains("1002345"),
            "{body}"
        );
        assert!(proposed["alike"].as_array().unwrap().is_empty());

        // Nothing rests on it until somebody has approved it.
        let (_, asked) = desk
            .visitor("Ada", "Will my umbrella survive the storm?")
            .await;
        let ask = format!("/api/v1/conversations/{asked}/drafts");
        desk.post(&ask, json!({})).await.data(201);
        draft_in(&desk, &asked, "failed").await;
        let waiting = desk.get("/api/v1/knowledge?state=proposed").await.is(200);
        assert_eq!(waiting["data"][0]["id"], entry["id"]);
        let path = format!("/api/v1/knowledge/{}", entry["id"].as_str().unwrap());
        let as_it_is = json!({ "knowledge": {} });
        let refused = desk.post(&format!("{path}/approve"), as_it_is).await;
        let refused = refused.is(409).to_string();
        assert!(refused.contains("general words"), "{refused}");
        let words =
            json!({ "knowledge": { "body": "Umbrellas survive storms up to eighty km/h." } });
        let active = desk
            .post(&format!("{path}/approve"), words.clone())
            .await
            .data(200);
        assert_eq!(active["state"], "active");
        assert_ne!(active["decided_by"], Value::Null);
        desk.post(&format!("{path}/approve"), words).await.is(409);
        let (_, asked) = desk
            .visitor("Linus", "Will my umbrella survive the storm?")
            .await;
        let ask = format!("/api/v1/conversations/{asked}/drafts");
        desk.post(&ask, json!({})).await.data(201);
        let draft = draft_in(&desk, &asked, "ready").await;
        assert_eq!(draft["body"], "Umbrellas survive storms up to eighty km/h.");

        // What is alike is named, and what is turned down answers nothing.
        desk.reply(&asked, "It does.").await;
        let path = format!("/api/v1/conversations/{asked}/knowledge");
        let again = desk.post(&path, json!({ "knowledge": {} })).await.data(201);
        assert_eq!(again["alike"][0]["id"], active["id"]);
        let path = format!(
            "/api/v1/knowledge/{}/reject",
            again["entry"]["id"].as_str().unwrap()
        );
        assert_eq!(
            desk.post(&path, json!({})).await.data(200)["state"],
            "rejected"
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn a_conversation_is_sorted_as_others_like_it_were() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let tag = desk
            .post("/api/tags", json!({ "tag": { "name": "refund" } }))
            .await
            .data(201);
        for name in ["Ada", "Linus", "Alan"] {
            let (_, id) = desk
                .visitor(name, "Where is the refund for my parcel?")
                .await;
            let path = format!("/api/conversations/{id}/tags");
            desk.post(&path, json!({ "tag_id": tag["id"] })).await;
        }
        let text = "This is unacceptable!! URGENT: where is the refund for my parcel?";
        let (_, id) = desk.visitor("Grace", text).await;
        let path = format!("/api/v1/conversations/{id}/suggestions");
        let found = desk.post(&path, json!({})).await.data(200);
        assert_eq!(found["by"], "built-in");
        assert_eq!(found["tags"][0]["id"], tag["id"], "{found}");
        assert!(found["tags"][0]["confidence"].as_f64().unwrap() > 0.4);
        assert_eq!(found["priority"]["name"], "high");
        assert_eq!(found["sentiment"]["name"], "negative");
        let held = desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        assert!(
            held["tags"].as_array().is_none_or(Vec::is_empty),
            "nothing is changed"
        );
        let other = server.company("Other").await;
        other.post(&path, json!({})).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_model_sorts_out_of_what_there_is() {
    for engine in engines() {
        let said = json!({
            "tags": [{ "value": "refund", "confidence": 0.9 }, { "value": "hack", "confidence": 1 }],
            "team": { "value": "Support", "confidence": 0.7 },
            "priority": { "value": "high", "confidence": 0.6 },
            "sentiment": { "value": "negative", "confidence": 0.8 },
        });
        let script = [
            Answers::Streams(said.to_string()),
            Answers::Streams("I would rather not.".to_owned()),
            Answers::Refuses(401, Vec::new(), String::new()),
        ];
        let model = ModelServer::start(script).await;
        let server = TestServer::start_with(engine, |config| {
            config.ai.base_url.clone_from(&model.url);
            config.ai.suggest_model = "small".to_owned();
            config.ai.retries = Count(0);
        })
        .await;
        let desk = server.company("Acme").await;
        desk.post("/api/tags", json!({ "tag": { "name": "refund" } }))
            .await
            .data(201);
        desk.post("/api/v1/teams", json!({ "team": { "name": "Support" } }))
            .await
            .data(201);
        let (_, id) = desk
            .visitor("Grace Hopper", "Refund! grace@example.com")
            .await;
        let path = format!("/api/v1/conversations/{id}/suggestions");
        let found = desk.post(&path, json!({})).await.data(200);
        assert_eq!(found["by"], "small");
        assert_eq!(found["tags"].as_array().unwrap().len(), 1, "{found}");
        assert_eq!(found["team"]["name"], "Support");
        assert_eq!(found["trouble"], Value::Null);
        let call = &model.asked()[0].body;
        assert_eq!(call["model"], "small");
        assert!(!call.to_string().contains("grace@example.com"));
        for why in ["something else", "401"] {
            let found = desk.post(&path, json!({})).await.data(200);
            assert_eq!(found["by"], "built-in");
            assert!(found["trouble"].as_str().unwrap().contains(why), "{found}");
        }
        let runs = desk.get("/api/v1/ai/runs").await.is(200);
        let runs = runs["data"].as_array().unwrap().clone();
        let outcomes: Vec<(&Value, &Value)> = runs
            .iter()
            .map(|it| (&it["task"], &it["outcome"]))
            .collect();
        let task = json!("suggest");
        let [failed, nothing, ready] = ["failed", "nothing", "ready"].map(|it| json!(it));
        assert!(outcomes.contains(&(&task, &failed)) && outcomes.contains(&(&task, &nothing)));
        assert!(outcomes.contains(&(&task, &ready)));
        server.stop().await;
    }
}
