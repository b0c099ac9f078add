//! Jobs as admins deal with them, and what the timetable does.

use crate::office::account;
use frontdesk_db::DbError;
use frontdesk_db::queries::jobs;
use frontdesk_domain::ConversationId;
use frontdesk_jobs::NewJob;
use frontdesk_server::config::Age;
use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use serde_json::{Value, json};
use std::time::Duration;

/// A job of the desk's account that no program can run as it is.
async fn broken(server: &TestServer, desk: &Desk) {
    let account_id = account(desk);
    let job = NewJob {
        payload: r#"{"conversation_id":"nonsense"}"#.to_owned(),
        ..jobs::deliver(account_id, ConversationId::random())
    };
    let db = server.running().db();
    db.write(account_id, move |unit| jobs::enqueue(unit, &job))
        .await
        .map_err(|error: DbError| error)
        .unwrap();
}

/// Waits until the account's job has failed so often and waits for its next try.
pub(crate) async fn put_off(desk: &Desk, tries: u64) {
    eventually(async || {
        let page = desk.get("/api/v1/jobs?state=ready").await.is(200);
        // A draft may wait beside it, which has not been tried.
        let mut jobs = page["data"].as_array()?.iter();
        let is_it = |job: &Value| job["attempts"] == tries && job["error"].is_string();
        jobs.any(is_it).then_some(())
    })
    .await;
}

async fn dead(desk: &Desk) -> Value {
    eventually(async || {
        let page = desk.get("/api/v1/jobs?state=dead").await.is(200);
        page["data"].get(0).cloned()
    })
    .await
}

#[tokio::test]
async fn a_dead_letter_is_read_mended_and_sent_again() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (desk, other) = (server.company("Acme").await, server.company("Globex").await);
        broken(&server, &desk).await;
        let letter = dead(&desk).await;
        assert_eq!(
            (&letter["kind"], &letter["attempts"]),
            (&json!("deliver"), &json!(1))
        );
        assert!(
            letter["error"]
                .as_str()
                .unwrap()
                .contains("the payload does not fit")
        );
        let path = format!("/api/v1/jobs/{}", letter["id"]);
        assert_eq!(desk.get(&path).await.data(200), letter);
        assert_eq!(other.get(&path).await.status, 404);
        assert_eq!(other.get("/api/v1/jobs").await.is(200)["data"], json!([]));

        let wrong = json!({ "payload": { "conversation_id": 7 } });
        desk.put(&path, wrong).await.is(422);
        let right = json!({ "payload": { "conversation_id": ConversationId::random() } });
        other.put(&path, right.clone()).await.is(404);
        desk.put(&path, right).await.data(200);
        let stats = desk.get("/api/v1/jobs/stats").await.data(200);
        assert_eq!(
            (&stats[0]["state"], &stats[0]["count"]),
            (&json!("dead"), &json!(1))
        );
        other
            .post(&format!("{path}/retry"), json!({}))
            .await
            .is(404);
        desk.post(&format!("{path}/retry"), json!({}))
            .await
            .data(200);
        eventually(async || (desk.get(&path).await.status == 404).then_some(())).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn a_dead_letter_can_be_thrown_away() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        broken(&server, &desk).await;
        let path = format!("/api/v1/jobs/{}", dead(&desk).await["id"]);
        assert_eq!(desk.delete(&path).await.status, 204);
        assert_eq!(desk.get(&path).await.status, 404);
        assert_eq!(desk.delete(&path).await.status, 404);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_was_closed_long_ago_is_archived_where_that_is_wished() {
    for engine in engines() {
        let wish = |config: &mut frontdesk_server::config::Config| {
            config.retention.archive_closed = Age::After(Duration::from_secs(24 * 3600));
        };
        let server = TestServer::start_with(engine, wish).await;
        let mut desk = server.company("Acme").await;
        let (_, old) = desk.visitor("Grace", "Hello").await;
        let (_, open) = desk.visitor("Ada", "Hello").await;
        let close = json!({ "conversation": { "status": "closed" } });
        desk.put(&format!("/api/conversations/{old}"), close)
            .await
            .data(200);
        server.clock.advance_seconds(25 * 3600);
        desk.sign_in().await;
        let left = eventually(async || {
            let all = desk.get("/api/conversations").await.is(200);
            let ids: Vec<Value> = all["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["id"].clone())
                .collect();
            (ids.len() == 1).then_some(ids)
        })
        .await;
        assert_eq!(left, [json!(open)]);
        server.stop().await;
    }
}

/// The reminders in a conversation.
async fn reminders(desk: &Desk, id: &str) -> Vec<String> {
    let shown = desk
        .get(&format!("/api/conversations/{id}"))
        .await
        .data(200);
    let messages = shown["messages"].as_array().unwrap();
    let lines = messages
        .iter()
        .filter(|it| it["metadata"]["reminder"] == true);
    lines
        .map(|it| it["body"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn who_lets_a_customer_wait_is_reminded_as_often_as_the_account_wants() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let mut desk = server.company("Acme").await;
        let settings = json!({ "account": { "settings": {
            "conversation_reminders_enabled": true,
            "conversation_reminder_hours_interval": 2,
            "max_num_conversation_reminders": 2,
        } } });
        desk.put("/api/accounts/me", settings).await.data(200);
        let (_, waiting) = desk.visitor("Grace", "Hello").await;
        let (_, answered) = desk.visitor("Ada", "Hello").await;
        desk.reply(&answered, "Hi").await;
        for count in 1..=2 {
            server.clock.advance_seconds(2 * 3600 + 60);
            desk.sign_in().await;
            eventually(async || (reminders(&desk, &waiting).await.len() == count).then_some(()))
                .await;
        }
        let lines = reminders(&desk, &waiting).await;
        assert_eq!(
            lines[0],
            "The customer has waited for 2 h. Reminder 1 of 2."
        );
        assert_eq!(
            lines[1],
            "The customer has waited for 4 h. Reminder 2 of 2."
        );

        // Another customer's wait shows that the timetable went on.
        let (_, later) = desk.visitor("Lin", "Hello").await;
        server.clock.advance_seconds(2 * 3600 + 60);
        desk.sign_in().await;
        eventually(async || (reminders(&desk, &later).await.len() == 1).then_some(())).await;
        assert_eq!(reminders(&desk, &waiting).await.len(), 2);
        assert!(reminders(&desk, &answered).await.is_empty());
        server.stop().await;
    }
}
