//! A server that is held for longer than anybody waits: another one takes its database over and
//! does its work, and the first one has no more say in it when it wakes.

use crate::cluster::Cluster;
use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{Answered, Desk, Receiver, Serving, Shell, eventually};
use futures_util::future::join_all;
use rustix::process::{Signal, kill_process};
use serde_json::{Value, json};
use std::path::Path;

#[tokio::test]
async fn a_server_that_is_held_is_taken_over_and_has_no_say_when_it_wakes() {
    let cluster = Cluster::new();
    let url = cluster.url().await;
    let mut place = Place::on_postgres(calling(), &url);
    place.start();
    place.sign_in().await;
    let threads = place.threads(2).await;
    let aside = place.threads(1).await.remove(0);
    let mut writers = Writer::patient_crew(&threads);
    let held = place.desk.clone();
    join_all(writers.iter_mut().map(|writer| writer.insist(&held, 5))).await;
    // A job is under way, and waits for an answer.
    let receiver = Receiver::start().await;
    let hook = subscribed(&held, &receiver).await;
    receiver.answer([Answered::Silence]);
    held.reply(&aside.id, "Told").await;
    receiver.has_got(1).await;
    let pid = place.serving().pid();
    kill_process(pid, Signal::STOP).unwrap();

    let (first, _) = place.beside();
    let (_folder, second) = beside(&first.data(), &url).await;
    let desk = Desk {
        url: second.url.clone(),
        ..held.clone()
    };
    let calls = receiver.has_got(2).await;
    let id = calls[0].header("webhook-id");
    assert_eq!(calls[1].header("webhook-id"), id, "the job runs again");
    let settled = eventually(async || {
        let line = line(&desk, &hook, id).await;
        (line["state"] == "delivered").then_some(line)
    })
    .await;
    join_all(writers.iter_mut().map(|writer| writer.insist(&desk, 5))).await;

    // It wakes while the others go on, and has to find out by itself.
    kill_process(pid, Signal::CONT).unwrap();
    let late = try_to_write(&held, &aside.id).await;
    assert!(late.is_none_or(|status| status == 503), "{late:?}");
    let (code, log) = place.ended().await;
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains("has taken the database over"), "{log}");
    join_all(writers.iter_mut().map(|writer| writer.insist(&desk, 5))).await;

    assert_eq!(line(&desk, &hook, id).await, settled);
    let shown = desk.get(&format!("/api/conversations/{}", aside.id)).await;
    let messages = shown.data(200)["messages"].clone();
    assert_eq!(messages.as_array().unwrap().len(), 2, "{messages}");
    ledger::check_threads(&desk, &threads, &writers).await;
    let (code, log) = second.stop();
    assert_eq!(code, Some(0), "{log}");
}

/// A shell whose server may call receivers on this machine.
pub(crate) fn calling() -> Shell {
    Shell::new().knowing("FRONTDESK_OUTGOING_ALLOW", "127.0.0.0/8")
}

/// Another server on the same database, with the key of the first: from another machine, as it were.
async fn beside(first: &Path, url: &str) -> (Shell, Serving) {
    let second = calling();
    std::fs::create_dir(second.data()).unwrap();
    let key = "secret.key";
    std::fs::copy(first.join(key), second.data().join(key)).unwrap();
    let url = url.to_owned();
    let started = tokio::task::spawn_blocking(move || {
        let serving = second.serve(&["--database", &url]);
        (second, serving)
    });
    started.await.unwrap()
}

/// A webhook that hears of messages; its id.
pub(crate) async fn subscribed(desk: &Desk, receiver: &Receiver) -> String {
    let wish = json!({ "event_subscription": {
        "webhook_url": receiver.url, "scope": "message:created",
    } });
    let made = desk.post("/api/event_subscriptions", wish).await.data(201);
    assert_eq!(made["verified"], true, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

/// What the log of a webhook says of one call.
async fn line(desk: &Desk, hook: &str, call: &str) -> Value {
    let path = format!("/api/v1/event_subscriptions/{hook}/deliveries");
    let page = desk.get(&path).await.is(200);
    let lines = page["data"].as_array().unwrap();
    lines
        .iter()
        .find(|line| line["id"] == call)
        .unwrap()
        .clone()
}

/// The status of the answer, if there is one.
async fn try_to_write(desk: &Desk, thread: &str) -> Option<u16> {
    let message = json!({ "message": { "conversation_id": thread, "body": "Too late" } });
    let request = desk.http.post(format!("{}/api/messages", desk.url));
    let sent = request.header("authorization", &desk.token).json(&message);
    sent.send()
        .await
        .ok()
        .map(|answer| answer.status().as_u16())
}
