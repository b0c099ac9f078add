//! What an inbox's policy sorts by itself: only what is certain enough, only before a person is on it, said
//! in the thread and in the audit log, and taken back as one.

use frontdesk_db::DbError;
use frontdesk_db::queries::ai_sorting;
use frontdesk_domain::json::Json;
use frontdesk_domain::sorting::Sorted;
use frontdesk_domain::{AccountId, ConversationId};
use frontdesk_server::config::Count;
use frontdesk_testkit::{Answers, Desk, ModelServer, TestServer, engines, eventually};
use serde_json::{Value, json};

const SAID: &str = r#"{"tags":[{"value":"refund","confidence":0.93},{"value":"vip","confidence":0.6}],
    "team":{"value":"Billing","confidence":0.8},"priority":{"value":"urgent","confidence":0.97}}"#;

async fn desk_of(
    engine: frontdesk_testkit::Engine,
    answer: Answers,
) -> (ModelServer, TestServer, Desk) {
    let model = ModelServer::start([answer]).await;
    let server = TestServer::start_with(engine, |config| {
        config.ai.base_url.clone_from(&model.url);
        config.ai.retries = Count(0);
    })
    .await;
    let desk = server.company("Acme").await;
    let mode = format!("/api/v1/ai/modes/{}", desk.inbox_id);
    desk.put(&mode, json!({ "mode": "request" }))
        .await
        .data(200);
    for name in ["refund", "vip"] {
        let tag = json!({ "tag": { "name": name } });
        desk.post("/api/tags", tag).await.data(201);
    }
    let team = json!({ "team": { "name": "Billing" } });
    desk.post("/api/v1/teams", team).await.data(201);
    (model, server, desk)
}

async fn policy(desk: &Desk, change: Value) -> Value {
    let path = format!("/api/v1/ai/sorting/{}", desk.inbox_id);
    desk.put(&path, change).await.data(200)
}

async fn held(desk: &Desk, id: &str) -> Value {
    desk.get(&format!("/api/v1/conversations/{id}"))
        .await
        .data(200)
}

fn tags(held: &Value) -> Vec<&str> {
    let tags = held["tags"].as_array().unwrap();
    tags.iter().map(|it| it["name"].as_str().unwrap()).collect()
}

/// What was sorted in a conversation, once something was.
async fn sorted(server: &TestServer, desk: &Desk, id: &str) -> Value {
    let path = format!("/api/v1/conversations/{id}/sorting");
    eventually(async || {
        server.clock.advance_seconds(1);
        let found = desk.get(&path).await;
        (found.status == 200).then(|| found.data(200))
    })
    .await
}

#[tokio::test]
async fn what_is_certain_enough_is_done_said_and_taken_back() {
    for engine in engines() {
        let (model, server, desk) = desk_of(engine, Answers::AtOnce(SAID.to_owned())).await;
        let set = policy(&desk, json!({ "tags": 0.9, "team": 0.8 })).await;
        assert_eq!(
            (&set["tags"], &set["priority"]),
            (&json!(0.9), &Value::Null)
        );
        let set = policy(&desk, json!({ "priority": 0.9 })).await;
        assert_eq!((&set["tags"], &set["priority"]), (&json!(0.9), &json!(0.9)));
        let (customer, id) = desk.visitor("Grace", "Where is my money?").await;
        let done = sorted(&server, &desk, &id).await;
        assert_eq!(done["by"], "gpt-4o-mini");
        assert_eq!(done["tags"][0]["name"], "refund");
        assert_eq!(done["tags"].as_array().unwrap().len(), 1, "vip is a guess");
        let now = held(&desk, &id).await;
        assert_eq!(tags(&now), ["refund"]);
        assert_eq!(now["team_id"], done["team"]["id"]);
        assert_eq!(now["priority"], "priority");
        let told =
            "Sorted by the inbox's policy: tag refund 93%, team Billing 80%, priority urgent 97%";
        let lines = now["messages"].as_array().unwrap().iter();
        let line = lines.clone().find(|it| it["body"] == told).unwrap();
        assert_eq!(
            (&line["type"], &line["private"]),
            (&json!("system"), &json!(true))
        );

        // Once for each conversation: whatever the customer writes then, nothing is asked.
        let again = json!({ "message": { "conversation_id": id, "body": "Hello?", "customer_id": customer } });
        desk.post("/api/messages", again).await.data(201);
        server.clock.advance_seconds(5);

        // What an agent changed stays as the agent wants it.
        let change = json!({ "conversation": { "priority": "not_priority" } });
        let path = format!("/api/v1/conversations/{id}");
        desk.put(&path, change).await.data(200);
        let undo = format!("/api/v1/conversations/{id}/sorting/undo");
        let undone = desk.post(&undo, json!({})).await.data(200);
        assert!(undone["undone_at"].is_string());
        let now = held(&desk, &id).await;
        assert!(tags(&now).is_empty());
        assert_eq!(
            (&now["team_id"], &now["priority"]),
            (&Value::Null, &json!("not_priority"))
        );
        desk.post(&undo, json!({})).await.is(409);
        let log = desk.get("/api/v1/audit").await.is(200).to_string();
        for action in [
            "ai_sorting.changed",
            "conversation.sorted",
            "conversation.sorting_undone",
        ] {
            assert!(log.contains(action), "{action}: {log}");
        }
        let (_, other) = desk.visitor("Ada", "And mine?").await;
        sorted(&server, &desk, &other).await;
        assert_eq!(model.asked().len(), 2, "one question for each conversation");
        server.stop().await;
    }
}

#[tokio::test]
async fn nothing_is_sorted_where_nobody_said_so_or_somebody_is_on_it() {
    for engine in engines() {
        let (model, server, desk) = desk_of(
            engine,
            Answers::Waits(Box::new(Answers::AtOnce(SAID.to_owned()))),
        )
        .await;
        let (_, before) = desk.visitor("Grace", "Where is my money?").await;
        policy(&desk, json!({ "tags": 0.9 })).await;
        let (_, taken) = desk.visitor("Ada", "Where is mine?").await;
        eventually(async || {
            server.clock.advance_seconds(1);
            (!model.asked().is_empty()).then_some(())
        })
        .await;
        // While the model thinks, an agent answers.
        desk.reply(&taken, "I am on it.").await;
        model.release();
        let (_, last) = desk.visitor("Linus", "And mine?").await;
        eventually(async || {
            server.clock.advance_seconds(1);
            (model.asked().len() == 2).then_some(())
        })
        .await;
        model.release();
        sorted(&server, &desk, &last).await;
        for id in [before, taken] {
            let path = format!("/api/v1/conversations/{id}/sorting");
            desk.get(&path).await.is(404);
            desk.post(&format!("{path}/undo"), json!({})).await.is(404);
            assert!(tags(&held(&desk, &id).await).is_empty());
        }
        let path = format!("/api/v1/ai/sorting/{}", desk.inbox_id);
        for wrong in [0.4, 1.1] {
            desk.put(&path, json!({ "tags": wrong })).await.is(422);
        }
        let other = server.company("Other").await;
        other.get(&path).await.is(404);
        other.put(&path, json!({ "tags": 0.9 })).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_record_that_says_nothing_is_an_error_and_not_missing() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "Where is my money?").await;
        let conversation_id: ConversationId = id.parse().unwrap();
        let account_id: AccountId = desk.account_id.parse().unwrap();
        let kept = server.running().db().write(account_id, move |unit| {
            let it = Sorted {
                conversation_id,
                account_id,
                done: Json("{}".to_owned()),
                sorted_at: unit.now(),
                undone_at: None,
            };
            ai_sorting::insert(unit, &it)
        });
        kept.await.map_err(|error: DbError| error).unwrap();
        let path = format!("/api/v1/conversations/{id}/sorting");
        desk.get(&path).await.is(500);
        desk.post(&format!("{path}/undo"), json!({})).await.is(500);
        server.stop().await;
    }
}
