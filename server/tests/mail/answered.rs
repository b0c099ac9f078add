//! Alice is answered without an agent: once, in her thread, and not what her program says while she is away.

use crate::town::{ALICE, SUPPORT, Town, conversations, is};
use frontdesk_testkit::{Desk, eventually};
use serde_json::{Value, json};

const ANSWER: &str = "Refunds take five working days.";

/// Lets the inbox answer mail by itself, from what the company knows.
async fn answering(desk: &Desk) {
    let mode = format!("/api/v1/ai/modes/{}", desk.inbox_id);
    desk.put(&mode, json!({ "mode": "auto" })).await.data(200);
    let replies = format!("/api/v1/ai/replies/{}", desk.inbox_id);
    let channels = json!({ "channels": ["email"] });
    desk.put(&replies, channels).await.data(200);
    let known = json!({ "knowledge": {
        "title": "Refunds for parcels", "body": ANSWER, "audience": "public" } });
    desk.post("/api/v1/knowledge", known).await.data(201);
}

/// The messages of a conversation, once there are so many.
async fn thread(desk: &Desk, id: &str, count: usize) -> Vec<Value> {
    let path = format!("/api/conversations/{id}");
    eventually(async || {
        let shown = desk.get(&path).await.data(200);
        let messages = shown["messages"].as_array().unwrap().clone();
        (messages.len() >= count).then_some(messages)
    })
    .await
}

/// Waits until the program has decided about every message whether to answer it.
async fn decided(desk: &Desk) {
    eventually(async || {
        let waiting = desk.get("/api/v1/jobs?kind=reply").await.is(200);
        waiting["data"].as_array().unwrap().is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_mail_is_answered_once_until_a_person_takes_over() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let mailbox = town.connect(&desk, "s3cret").await;
    is(&desk, &mailbox, "working").await;
    answering(&desk).await;
    let question = [
        "--header",
        "Message-Id: <first@alice.test>",
        "--body",
        "When is the refund for my parcel?",
    ];
    town.alice_writes(SUPPORT, "Parcel", &question);
    let answered = town.mailbox("alice", 1).await.remove(0);
    for part in [
        ANSWER,
        "Auto-Submitted: auto-replied",
        "In-Reply-To: <first@alice.test>",
        "Subject: Re: Parcel",
    ] {
        assert!(answered.contains(part), "{part}: {answered}");
    }

    // Her program says that she is away.
    let found = conversations(&desk, 1).await;
    assert_eq!(found[0]["customer"]["email"], ALICE);
    let id = found[0]["id"].as_str().unwrap();
    let away = [
        "--header",
        "Auto-Submitted: auto-replied",
        "--header",
        "In-Reply-To: <first@alice.test>",
        "--body",
        "I am away. When is the refund for my parcel?",
    ];
    town.alice_writes(SUPPORT, "Re: Parcel", &away);
    thread(&desk, id, 3).await;
    decided(&desk).await;

    // A person takes over, and what she asks then is drafted for.
    desk.reply(id, "I am on it.").await;
    let again = [
        "--header",
        "In-Reply-To: <first@alice.test>",
        "--body",
        "And when is the refund for my other parcel?",
    ];
    town.alice_writes(SUPPORT, "Re: Parcel", &again);
    thread(&desk, id, 5).await;
    decided(&desk).await;
    let path = format!("/api/v1/drafts?conversation_id={id}");
    eventually(async || {
        let drafts = desk.get(&path).await.data(200);
        let mut drafts = drafts.as_array().unwrap().iter();
        drafts.any(|it| it["state"] == "ready").then_some(())
    })
    .await;
    let mails = town.mailbox("alice", 2).await;
    let is_programs = |it: &&String| it.contains("Auto-Submitted: auto-replied");
    assert_eq!(mails.iter().filter(is_programs).count(), 1, "{mails:?}");
    serving.stop();
}
