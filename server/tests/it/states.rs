//! How a conversation comes back: a snooze ends, a closing is taken back.

use frontdesk_testkit::{TestServer, engines};
use serde_json::{Value, json};

#[tokio::test]
async fn a_snooze_ends_at_its_time_and_with_the_customers_word() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, id) = desk.visitor("Grace", "Hello").await;
        let path = format!("/api/conversations/{id}");
        let until = frontdesk_testkit::START.plus_seconds(600).to_utc_stamp();
        let snooze = json!({ "conversation": { "status": "snoozed", "snoozed_until": until } });
        let snoozed = desk.put(&path, snooze.clone()).await.data(200);
        assert_eq!(
            (&snoozed["status"], &snoozed["closed_at"]),
            (&json!("snoozed"), &Value::Null)
        );
        server.clock.advance_seconds(601);
        frontdesk_testkit::eventually(|| async {
            let shown = desk.get(&path).await.is(200);
            (shown["data"]["status"] == "open").then_some(())
        })
        .await;
        let later = frontdesk_testkit::START.plus_seconds(9_000).to_utc_stamp();
        let snooze = json!({ "conversation": { "status": "snoozed", "snoozed_until": later } });
        desk.put(&path, snooze).await.data(200);
        let said = json!({ "message": {
            "conversation_id": id, "body": "Still there?", "customer_id": customer,
        } });
        desk.post("/api/messages", said).await.data(201);
        assert_eq!(desk.get(&path).await.data(200)["status"], "open");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_closing_taken_back_leaves_its_customer_waiting_as_before() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "Hello").await;
        let path = format!("/api/conversations/{id}");
        let since = desk.get(&path).await.data(200)["waiting_since"].clone();
        assert!(since.is_string(), "{since}");
        let closing = json!({ "conversation": { "status": "closed" } });
        let closed = desk.put(&path, closing).await.data(200);
        assert_eq!(closed["waiting_since"], Value::Null);
        let unclear = json!({ "conversation": { "status": "open", "waiting_since": "long ago" } });
        desk.put(&path, unclear).await.is(422);
        let undoing = json!({ "conversation": { "status": "open", "waiting_since": since } });
        let open = desk.put(&path, undoing).await.data(200);
        assert_eq!(open["status"], "open");
        assert_eq!(open["waiting_since"], since);
        server.stop().await;
    }
}
