//! What goes wrong with a mailbox is told, and mends itself once it can.

use crate::town::{ALICE, Lmtp, SUPPORT, Town, conversations, is, reaches};
use frontdesk_testkit::{Desk, Says, eventually};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

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

#[tokio::test]
async fn a_server_killed_before_the_answer_flags_the_mail_and_sends_it_no_second_time() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    town.sends_elsewhere(&desk).await;
    town.alice_writes(SUPPORT, "Parcel", &[]);
    let found = conversations(&desk, 1).await;
    // The mail is taken whole, and nobody hears so.
    town.elsewhere.says(".", Says::Waits);
    let reply = desk
        .reply(found[0]["id"].as_str().unwrap(), "On its way")
        .await;
    eventually(async || (!town.elsewhere.taken().is_empty()).then_some(())).await;
    drop(serving);
    let serving = town.serve();
    let desk = town.sign_in(&serving).await;
    let shown = reaches(&desk, &reply, "unknown").await;
    let why = shown["delivery_reason"].as_str().unwrap();
    assert!(why.contains("stopped while it was being sent"), "{why}");
    // What is written next goes out, so the first had its turn.
    let next = desk
        .reply(found[0]["id"].as_str().unwrap(), "Once more")
        .await;
    reaches(&desk, &next, "sent").await;
    assert_eq!(town.elsewhere.taken().len(), 2);
    serving.stop();
}

/// The id of a file that was brought.
async fn upload(desk: &Desk, bytes: Vec<u8>) -> String {
    let form = Form::new().part("file", Part::bytes(bytes).file_name("film.bin"));
    let request = desk.http.post(format!("{}/api/v1/upload", desk.url));
    let request = request.header("authorization", &desk.token).multipart(form);
    let said: Value = request.send().await.unwrap().json().await.unwrap();
    said["data"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_server_killed_within_a_mail_flags_it_and_sends_it_no_second_time() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    town.sends_elsewhere(&desk).await;
    town.alice_writes(SUPPORT, "Parcel", &[]);
    let found = conversations(&desk, 1).await;
    let id = found[0]["id"].as_str().unwrap();
    // The mail has begun, and the other side reads none of it: more than fits on the way.
    town.elsewhere.holds();
    let file = upload(&desk, vec![7; 12 * 1024 * 1024]).await;
    let message = json!({ "message": {
        "conversation_id": id, "body": "On its way", "file_ids": [file] } });
    let reply = desk.post("/api/messages", message).await.data(201);
    town.elsewhere.has_held(1).await;
    drop(serving);
    let serving = town.serve();
    let desk = town.sign_in(&serving).await;
    let shown = reaches(&desk, &reply, "unknown").await;
    let why = shown["delivery_reason"].as_str().unwrap();
    assert!(why.contains("stopped while it was being sent"), "{why}");
    let next = desk.reply(id, "Once more").await;
    reaches(&desk, &next, "sent").await;
    let taken = town.elsewhere.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].mail.contains("Once more"));
    serving.stop();
}

#[tokio::test]
async fn a_mail_too_large_to_read_holds_up_no_other() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = town.connect(&desk, "s3cret").await;
    is(&desk, &id, "working").await;
    let line = format!("{}\r\n", "x".repeat(998));
    let mail = |number: u32, text: &str| {
        format!(
            "Message-ID: <large-{number}@alice.test>\r\nFrom: Alice <{ALICE}>\r\nTo: {SUPPORT}\r\n\
            Subject: Number {number}\r\n\r\n{text}"
        )
    };
    let mut post = Lmtp::to(town.dovecot.lmtp);
    post.deliver(ALICE, SUPPORT, &mail(1, &line.repeat(43_000)));
    post.deliver(ALICE, SUPPORT, &mail(2, "Small.\r\n"));
    conversations(&desk, 1).await;
    let waits = eventually(async || {
        let waits = desk.get("/api/v1/quarantine").await.is(200)["data"].clone();
        (waits[0]["reason"] == "too_large").then_some(waits)
    })
    .await;
    assert_eq!(waits[0]["subject"], "Number 1");
    assert!(
        waits[0]["size"].as_u64().unwrap() > 40 * 1024 * 1024,
        "{waits}"
    );
    // Its header alone is no mail, whatever is tried.
    let path = format!(
        "/api/v1/quarantine/{}/retry",
        waits[0]["id"].as_str().unwrap()
    );
    let tried = desk.post(&path, json!({})).await.data(200);
    assert_eq!(tried["waits"], true);
    conversations(&desk, 1).await;
    serving.stop();
}
