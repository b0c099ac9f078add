//! What must hold after everything.

use super::place::Thread;
use super::writers::Writer;
use crate::Desk;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Checks threads, events and counts against what the writers know; says how many messages
/// there are.
pub async fn check(desk: &Desk, threads: &[Thread], writers: &[Writer]) -> usize {
    let messages = check_threads(desk, threads, writers).await;
    events_agree(desk, &messages).await;
    counts_agree(desk, threads.len(), messages.len()).await;
    messages.len()
}

/// Checks these threads alone, where there are others; their messages.
pub async fn check_threads(desk: &Desk, threads: &[Thread], writers: &[Writer]) -> Vec<Value> {
    let mut messages = Vec::new();
    for thread in threads {
        let shown = desk.get(&format!("/api/conversations/{}", thread.id)).await;
        let shown = shown.data(200)["messages"].as_array().unwrap().clone();
        let order: Vec<i64> = shown.iter().map(|it| it["seq"].as_i64().unwrap()).collect();
        assert!(order.is_sorted_by(|one, next| one < next), "{order:?}");
        messages.extend(shown);
    }
    once_each(&messages, threads.len(), writers);
    messages
}

/// Every acknowledged message is there once, an unsure one at most once, and nothing else.
fn once_each(messages: &[Value], firsts: usize, writers: &[Writer]) {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for message in messages {
        *times.entry(message["body"].as_str().unwrap()).or_default() += 1;
    }
    assert_eq!(times.remove("First"), Some(firsts));
    for writer in writers {
        for body in &writer.acknowledged {
            assert_eq!(times.remove(body.as_str()), Some(1), "{body}");
        }
        for body in &writer.unsure {
            assert!(
                matches!(times.remove(body.as_str()), None | Some(1)),
                "{body}"
            );
        }
    }
    assert!(times.is_empty(), "nobody wrote {times:?}");
}

/// Every number is there once, and so is the event of every message.
async fn events_agree(desk: &Desk, messages: &[Value]) {
    let events = desk.events().await;
    for (at, event) in events.iter().enumerate() {
        assert_eq!(event["seq"], json!(at + 1));
    }
    let mut told = BTreeSet::new();
    for event in events
        .iter()
        .filter(|event| event["kind"] == "message.created")
    {
        let id = event["message_id"].as_str().unwrap();
        assert!(told.insert(id), "{id} was told twice");
    }
    let stored: BTreeSet<&str> = messages
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(told, stored);
}

/// The counts the server keeps equal a recount of what it lists.
async fn counts_agree(desk: &Desk, conversations: usize, messages: usize) {
    let list = desk.get("/api/conversations").await.is(200);
    let all = list["data"].as_array().unwrap();
    assert_eq!(
        (all.len(), &list["total"]),
        (conversations, &json!(conversations))
    );
    let count = desk.get("/api/conversations/count").await.data(200);
    assert_eq!(count["count"], json!(conversations));
    let unread = desk.get("/api/conversations/unread").await.data(200);
    let recount = all.iter().filter(|it| it["read"] == false).count();
    assert_eq!(unread["conversations"]["unread"], json!(recount));
    let count = desk.get("/api/messages/count").await.data(200);
    assert_eq!(count["count"], json!(messages));
}
