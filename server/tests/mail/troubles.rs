//! What goes wrong with a mailbox is told, and mends itself once it can.

use crate::town::{SUPPORT, Town, conversations, is};
use serde_json::json;

#[tokio::test]
async fn a_wrong_password_is_told_and_the_right_one_is_enough() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = town.connect(&desk, "guessed").await;
    let shown = is(&desk, &id, "refused").await;
    let why = shown["reason"].as_str().unwrap();
    assert!(
        why.contains("does not take the user and the password"),
        "{why}"
    );
    town.alice_writes(SUPPORT, "Parcel", &[]);
    let mended = json!({ "connection": { "secrets": { "password": "s3cret" } } });
    let path = format!("/api/v1/connections/{id}");
    desk.put(&path, mended).await.data(200);
    is(&desk, &id, "working").await;
    conversations(&desk, 1).await;
    serving.stop();
}

#[tokio::test]
async fn a_server_that_goes_away_is_waited_for() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = town.connect(&desk, "s3cret").await;
    is(&desk, &id, "working").await;
    town.dovecot.stop().await;
    let shown = is(&desk, &id, "failing").await;
    assert!(shown["reason"].is_string(), "{shown}");
    // The post office keeps it until it can be delivered.
    town.alice_writes(SUPPORT, "Parcel", &[]);
    town.dovecot.start_again().await;
    is(&desk, &id, "working").await;
    conversations(&desk, 1).await;
    serving.stop();
}

#[tokio::test]
async fn a_certificate_of_somebody_else_is_not_trusted() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let mut settings = town.settings();
    // The certificate is not for this name of the same machine.
    settings["imap"]["host"] = json!("127.0.0.2");
    let connection = json!({ "connection": {
        "name": "Support", "kind": "email", "inbox_id": desk.inbox_id,
        "settings": settings, "secrets": { "password": "s3cret" } } });
    let made = desk.post("/api/v1/connections", connection).await.data(201);
    let shown = is(&desk, made["id"].as_str().unwrap(), "failing").await;
    assert!(shown["reason"].is_string(), "{shown}");
    serving.stop();
}
