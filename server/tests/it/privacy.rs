//! Erasing a customer over the API, keeping rules, and what a legal hold keeps.

use frontdesk_db::DbError;
use frontdesk_db::queries::jobs;
use frontdesk_domain::ConversationId;
use frontdesk_jobs::NewJob;
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};
use std::time::Duration;

/// A customer called Canary with a conversation, a note and an answer in it.
async fn canary(desk: &Desk) -> (String, String) {
    let customer = desk.post(
        "/api/customers",
        json!({ "customer": {
        "account_id": desk.account_id, "name": "Canary Bird", "email": "canary@example.org" } }),
    );
    let customer = customer.await.data(201)["id"].as_str().unwrap().to_owned();
    let conversation = desk.post("/api/conversations", json!({ "conversation": {
        "account_id": desk.account_id, "customer_id": customer }, "message": { "body": "canary song" } }));
    let conversation = conversation.await.data(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let reply = json!({ "message": { "body": "dear canary", "conversation_id": conversation } });
    desk.post("/api/messages", reply).await.data(201);
    let note = json!({ "note": { "body": "canary note", "customer_id": customer } });
    desk.post("/api/notes", note).await.data(201);
    (customer, conversation)
}

async fn kinds_since(desk: &Desk, after: i64) -> Vec<String> {
    let events = desk
        .get(&format!("/api/v1/events?after={after}"))
        .await
        .is(200);
    let events = events["data"].as_array().unwrap().clone();
    events
        .iter()
        .map(|it| it["kind"].as_str().unwrap().to_owned())
        .collect()
}

async fn newest(desk: &Desk) -> i64 {
    let page = desk.get("/api/v1/events?after=0").await.is(200);
    page["data"].as_array().unwrap().last().unwrap()["seq"]
        .as_i64()
        .unwrap()
}

async fn found(desk: &Desk, words: &str) -> usize {
    let found = desk.get(&format!("/api/v1/search?q={words}")).await.is(200);
    found["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn an_erased_customer_is_nowhere() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, conversation) = canary(&desk).await;
        let before = newest(&desk).await;
        let path = format!("/api/v1/customers/{customer}/erase");
        let report = desk.post(&path, json!({ "how": "delete" })).await.data(200);
        let erased = &report["erased"];
        assert_eq!(
            (
                &erased["conversations"],
                &erased["messages"],
                &erased["notes"]
            ),
            (&json!(1), &json!(2), &json!(1))
        );
        let kinds = kinds_since(&desk, before).await;
        assert_eq!(kinds, ["customer.deleted", "conversation.deleted"]);
        assert_eq!(
            desk.get(&format!("/api/conversations/{conversation}"))
                .await
                .status,
            404
        );
        assert_eq!(
            desk.get(&format!("/api/customers/{customer}")).await.status,
            404
        );
        assert_eq!(found(&desk, "canary").await, 0);
        let reports = desk.get("/api/v1/erasures").await.data(200);
        assert_eq!(reports[0]["id"], report["id"]);
        assert_eq!(reports[0]["erased"], report["erased"]);
        let audit = desk.get("/api/v1/audit").await.is(200).to_string();
        assert!(
            audit.contains("customer.erased") && !audit.to_lowercase().contains("canary@"),
            "{audit}"
        );
        let again = desk.post(&path, json!({ "how": "delete" })).await;
        assert_eq!(again.status, 404);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_anonymised_customer_leaves_conversations_without_words() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, conversation) = canary(&desk).await;
        let path = format!("/api/v1/customers/{customer}/erase");
        desk.post(&path, json!({ "how": "anonymise" }))
            .await
            .data(200);
        let kept = desk
            .get(&format!("/api/conversations/{conversation}"))
            .await
            .data(200);
        let bodies: Vec<&Value> = kept["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["body"])
            .collect();
        assert_eq!(bodies, ["[erased]", "[erased]"]);
        assert_eq!(kept["customer"]["name"], "Erased customer");
        assert!(
            !kept.to_string().to_lowercase().contains("canary"),
            "{kept}"
        );
        let customers = desk.get("/api/customers").await.data(200).to_string();
        assert!(!customers.to_lowercase().contains("canary"), "{customers}");
        assert_eq!(found(&desk, "canary").await, 0);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_legal_hold_goes_before_everything() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, conversation) = canary(&desk).await;
        let hold = json!({ "conversation_id": conversation, "reason": "case 12/26" });
        let hold = desk.post("/api/v1/legal_holds", hold).await.data(201);
        let erase = format!("/api/v1/customers/{customer}/erase");
        assert_eq!(
            desk.post(&erase, json!({ "how": "delete" })).await.status,
            409
        );
        assert_eq!(
            desk.delete(&format!("/api/conversations/{conversation}"))
                .await
                .status,
            409
        );
        assert_eq!(
            desk.delete(&format!("/api/customers/{customer}"))
                .await
                .status,
            409
        );
        let id = hold["id"].as_str().unwrap();
        assert_eq!(
            desk.delete(&format!("/api/v1/legal_holds/{id}"))
                .await
                .status,
            204
        );
        desk.post(&erase, json!({ "how": "delete" }))
            .await
            .data(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_rule_says_what_it_reaches_and_nothing_goes_before_its_time() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let mut desk = server.company("Acme").await;
        let (_, conversation) = canary(&desk).await;
        let wrong = json!({ "days": 0, "how": "delete" });
        assert_eq!(
            desk.post("/api/v1/retention_rules", wrong).await.status,
            422
        );
        let rule = json!({ "days": 30, "status": "open", "how": "anonymise" });
        let rule = desk.post("/api/v1/retention_rules", rule).await.data(201);
        assert_eq!(rule["reached"], 0);
        server.clock.advance_seconds(31 * 24 * 3600);
        desk.sign_in().await;
        let rules = desk.get("/api/v1/retention_rules").await.data(200);
        assert_eq!(rules[0]["reached"], 1);
        server.running().keep_retention().await.unwrap();
        let rules = desk.get("/api/v1/retention_rules").await.data(200);
        assert_eq!(rules[0]["reached"], 0);
        let kept = desk
            .get(&format!("/api/conversations/{conversation}"))
            .await
            .data(200);
        assert_eq!(kept["messages"][0]["body"], "[erased]");
        let id = rule["id"].as_str().unwrap();
        assert_eq!(
            desk.delete(&format!("/api/v1/retention_rules/{id}"))
                .await
                .status,
            204
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn no_job_names_what_was_erased() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, conversation) = desk.visitor("Grace", "Hello").await;
        let account_id = crate::office::account(&desk);
        let about: ConversationId = conversation.parse().unwrap();
        for id in [about, ConversationId::random()] {
            let later = NewJob {
                after: Duration::from_secs(3600),
                ..jobs::deliver(account_id, id)
            };
            let put: Result<_, DbError> = server
                .running()
                .db()
                .write(account_id, move |unit| jobs::enqueue(unit, &later))
                .await;
            put.unwrap();
        }
        let path = format!("/api/v1/customers/{customer}/erase");
        desk.post(&path, json!({ "how": "anonymise" }))
            .await
            .data(200);
        let left = desk.get("/api/v1/jobs?kind=deliver").await.is(200)["data"].clone();
        assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
        assert!(!left.to_string().contains(&conversation), "{left}");
        server.stop().await;
    }
}
