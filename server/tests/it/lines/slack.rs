//! Customers who write in a shared channel of Slack's.

use super::workspace::{APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Says, Workspace};
use super::{connect, conversations, reaches};
use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::fmt::Write;

/// When the test's server begins.
const NOW: i64 = 1_795_000_000;

pub(super) async fn by_slack(desk: &Desk, slack: &Workspace) -> String {
    let settings = json!({ "team_id": "T1", "base_url": format!("{}/api", slack.url) });
    let secrets = json!({ "bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET });
    connect(desk, "slack", settings, secrets).await
}

/// An event as Slack tells it: a customer of another workspace writes.
pub(super) fn event(id: &str, ts: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut said = json!({
        "type": "event_callback", "team_id": "T1", "event_id": id,
        "authorizations": [{ "team_id": "T1", "user_id": "UBOT", "is_bot": true }],
        "event": { "type": "message", "channel": "C1", "channel_type": "channel", "user": "U1",
            "team": "T2", "text": "Is it &lt;ours&gt;, <@U2>?", "ts": ts },
    });
    change(&mut said["event"]);
    said
}

/// Posts what Slack posts, and says how it was answered.
pub(super) async fn posts(hook: &str, secret: &str, said: &Value) -> (u16, String) {
    posts_text(hook, secret, "application/json", said.to_string()).await
}

/// The same for what is no JSON.
pub(super) async fn posts_text(
    hook: &str,
    secret: &str,
    kind: &str,
    body: String,
) -> (u16, String) {
    posts_at(NOW, hook, secret, kind, body).await
}

/// The same at another moment.
pub(super) async fn posts_at(
    now: i64,
    hook: &str,
    secret: &str,
    kind: &str,
    body: String,
) -> (u16, String) {
    let now = now.to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("v0:{now}:{body}").as_bytes());
    let signature = mac
        .finalize()
        .into_bytes()
        .iter()
        .fold("v0=".to_owned(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
    let request = frontdesk_testkit::http()
        .post(hook)
        .header("content-type", kind)
        .header("x-slack-request-timestamp", now)
        .header("x-slack-signature", signature)
        .body(body);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

pub(super) async fn told(hook: &str, said: &Value) {
    assert_eq!(posts(hook, SIGNING_SECRET, said).await.0, 200);
}

/// The conversations, once their messages are so many.
pub(super) async fn once_there_are(desk: &Desk, messages: usize) -> Vec<Value> {
    eventually(async || {
        let found = conversations(desk).await;
        let count: usize = found
            .iter()
            .map(|it| it["messages"].as_array().unwrap().len())
            .sum();
        assert!(count <= messages, "{found:?}");
        (count == messages).then_some(found)
    })
    .await
}

/// Lets time pass until a message has gone.
pub(super) async fn goes_in_time(server: &TestServer, desk: &Desk, message: &Value) {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        server.clock.advance_seconds(1);
        let shown = desk.get(&path).await.data(200);
        (shown["delivery_state"] == "sent").then_some(())
    })
    .await;
}

pub(super) fn bodies(conversation: &Value) -> Vec<String> {
    let messages = conversation["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|it| it["body"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn a_thread_is_a_conversation_and_its_answer_goes_into_the_thread() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_slack(&desk, &slack).await;
        let challenge = json!({ "type": "url_verification", "challenge": "c0ffee" });
        let answered = posts(&hook, SIGNING_SECRET, &challenge).await;
        assert_eq!(answered, (200, "c0ffee".to_owned()));
        let first = event("Ev1", "1795000000.000100", |_| {});
        assert_eq!(posts(&hook, "another secret", &first).await.0, 403);
        // The same event again, the same message by another event, and another thread.
        told(&hook, &first).await;
        told(&hook, &first).await;
        told(
            &hook,
            &event("Ev2", "1795000000.000100", |it| {
                it["type"] = json!("app_mention");
            }),
        )
        .await;
        told(
            &hook,
            &event("Ev3", "1795000001.000100", |it| {
                it["text"] = json!("Another thing");
            }),
        )
        .await;
        told(
            &hook,
            &event("Ev4", "1795000002.000100", |it| {
                it["thread_ts"] = json!("1795000000.000100");
                it["text"] = json!("Anybody?");
            }),
        )
        .await;
        let found = once_there_are(&desk, 3).await;
        assert_eq!(found.len(), 2, "a thread is a conversation");
        let talk = found.iter().find(|it| bodies(it).len() == 2).unwrap();
        assert_eq!(bodies(talk), ["Is it <ours>, @grace?", "Anybody?"]);
        assert_eq!(talk["source"], "slack");
        assert_eq!(talk["subject"], "#acme-and-us");
        assert_eq!(talk["customer"]["name"], "Ada Lovelace");
        assert_eq!(talk["customer"]["email"], "ada@customer.test");
        assert_eq!(found[0]["customer"]["id"], found[1]["customer"]["id"]);
        assert_eq!(slack.count("users.info"), 2, "a name is asked for once");
        let reply = desk
            .reply(talk["id"].as_str().unwrap(), "Yes & <!channel>")
            .await;
        reaches(&desk, &reply, "sent").await;
        let posted = slack.posted();
        assert_eq!(posted.len(), 1);
        assert_eq!(posted[0]["channel"], "C1");
        assert_eq!(posted[0]["thread_ts"], "1795000000.000100");
        assert_eq!(posted[0]["text"], "Yes &amp; &lt;!channel&gt;");
        server.stop().await;
    }
}

/// What a customer wrote, changed at a moment.
fn changed(id: &str, ts: &str, text: &str, edited: &str) -> Value {
    let message = json!({ "type": "message", "user": "U1", "user_team": "T2", "ts": ts,
        "text": text, "edited": { "user": "U1", "ts": edited } });
    event(id, "1795000009.000000", |it| {
        it["subtype"] = json!("message_changed");
        it["previous_message"] = json!({ "text": "before", "ts": ts });
        it["message"] = message;
    })
}

/// What a customer wrote, taken back.
fn deleted(id: &str, ts: &str) -> Value {
    event(id, "1795000010.000000", |it| {
        it["subtype"] = json!("message_deleted");
        it["deleted_ts"] = json!(ts);
        it["previous_message"] = json!({ "user": "U1", "ts": ts });
    })
}

/// Somebody writes in a thread.
fn within(thread: &str, id: &str, ts: &str, (user, team): (&str, &str), text: &str) -> Value {
    event(id, ts, |it| {
        it["thread_ts"] = json!(thread);
        (it["user"], it["team"], it["text"]) = (json!(user), json!(team), json!(text));
    })
}

#[tokio::test]
async fn changes_and_deletions_are_followed_in_any_order() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_slack(&desk, &slack).await;
        let ts = "1795000000.000100";
        told(&hook, &event("Ev1", ts, |_| {})).await;
        told(&hook, &changed("Ev2", ts, "Third", "1795000003.000000")).await;
        told(&hook, &changed("Ev3", ts, "Second", "1795000002.000000")).await;
        // What is taken back before it came does not come.
        told(&hook, &deleted("Ev4", "1795000005.000000")).await;
        for (id, at, who, text) in [
            ("Ev5", "1795000005.000000", ("U1", "T2"), "Oops"),
            ("Ev6", "1795000006.000000", ("U2", "T2"), "Me too"),
            ("Ev7", "1795000007.000000", ("U3", "T1"), "On it"),
        ] {
            told(&hook, &within(ts, id, at, who, text)).await;
        }
        let found = once_there_are(&desk, 3).await;
        assert_eq!(found.len(), 1);
        let said = bodies(&found[0]);
        assert_eq!(said[..2], ["Third", "Grace Hopper wrote:\nMe too"]);
        assert!(said[2].ends_with("answered there:\nOn it"), "{said:?}");
        // A sign that somebody puts to a message is a line, once.
        for id in ["Ev9", "Ev10"] {
            let mut sign = event(id, ts, |_| {});
            sign["event"] = json!({ "type": "reaction_added", "user": "U1", "reaction": "tada",
                "item": { "type": "message", "channel": "C1", "ts": ts } });
            told(&hook, &sign).await;
        }
        let found = once_there_are(&desk, 4).await;
        assert_eq!(bodies(&found[0])[3], "Ada Lovelace put :tada: to: Third");
        // It is taken away and put again; what comes late of the first is past.
        let mut sign = event("Ev11", ts, |_| {});
        for (id, kind, at, word) in [
            ("Ev11", "reaction_removed", "1795000021.000000", "took"),
            ("Ev12", "reaction_added", "1795000020.000000", "took"),
            ("Ev13", "reaction_added", "1795000022.000000", "put"),
        ] {
            sign["event_id"] = json!(id);
            sign["event"] = json!({ "type": kind, "user": "U1", "reaction": "tada",
                "event_ts": at, "item": { "type": "message", "channel": "C1", "ts": ts } });
            told(&hook, &sign).await;
            let stands = eventually(async || {
                let found = once_there_are(&desk, 4).await;
                let line = bodies(&found[0]).remove(3);
                line.contains(word).then_some(line)
            });
            assert!(stands.await.starts_with("Ada Lovelace"));
        }
        told(&hook, &deleted("Ev8", ts)).await;
        eventually(async || {
            let found = conversations(&desk).await;
            bodies(&found[0])[0].contains("deleted").then_some(())
        })
        .await;
        server.stop().await;
    }
}

#[tokio::test]
async fn a_file_comes_with_its_message_and_goes_with_it() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_slack(&desk, &slack).await;
        let ts = "1795000000.000100";
        let file = |name: &str| {
            json!({ "name": name, "mimetype": "image/png",
                "url_private_download": format!("{}/files/{name}", slack.url) })
        };
        let shared = event("Ev1", ts, |it| {
            it["subtype"] = json!("file_share");
            it["files"] = json!([file("open.png"), file("closed")]);
        });
        told(&hook, &shared).await;
        let found = once_there_are(&desk, 2).await;
        let messages = found[0]["messages"].as_array().unwrap();
        assert_eq!(messages[0]["attachments"].as_array().unwrap().len(), 1);
        assert!(bodies(&found[0])[1].contains("files:read"), "{messages:?}");
        told(&hook, &deleted("Ev2", ts)).await;
        let gone = eventually(async || {
            let found = conversations(&desk).await;
            bodies(&found[0])[0].contains("deleted").then_some(found)
        });
        let gone = gone.await;
        assert_eq!(gone[0]["messages"][0]["attachments"], json!([]));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_message_goes_once_whatever_slack_answers() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_slack(&desk, &slack).await;
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        let id = once_there_are(&desk, 1).await[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        for says in [Says::Wait(1), Says::Nothing] {
            slack.says(says);
        }
        let reply = desk.reply(&id, "On its way").await;
        goes_in_time(&server, &desk, &reply).await;
        assert_eq!(slack.posted().len(), 1, "the lost answer was looked up");
        slack.says(Says::Error("is_archived"));
        let failed = reaches(&desk, &desk.reply(&id, "More").await, "failed").await;
        assert_eq!(failed["delivery_reason"], "the channel is archived");
        slack.says(Says::Status(503));
        let reply = desk.reply(&id, "Last").await;
        goes_in_time(&server, &desk, &reply).await;
        slack.says(Says::Error("token_revoked"));
        desk.reply(&id, "Never").await;
        let shown = eventually(async || {
            let listed = desk.get("/api/v1/connections").await.data(200);
            (listed[0]["state"] == "refused").then(|| listed[0].clone())
        });
        let shown = shown.await;
        assert!(
            shown["reason"]
                .as_str()
                .unwrap()
                .contains("install the app again"),
            "{shown}"
        );
        assert!(!shown.to_string().contains(BOT_TOKEN));
        server.stop().await;
    }
}

/// What comes over a line, in its envelope.
pub(super) fn envelope(id: &str, said: &Value) -> Value {
    json!({ "type": "events_api", "envelope_id": id, "payload": said, "accepts_response_payload": false })
}

#[tokio::test]
async fn what_is_written_before_the_first_line_stands_is_found() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let said = event("Ev1", "1795000000.000100", |_| {});
        slack.writes(said["event"].clone());
        let settings = json!({ "base_url": format!("{}/api", slack.url) });
        let secrets = json!({ "bot_token": BOT_TOKEN, "app_token": APP_TOKEN });
        connect(&desk, "slack", settings, secrets).await;
        once_there_are(&desk, 1).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn what_comes_over_a_line_or_while_none_stood_is_kept_once() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let settings = json!({ "base_url": format!("{}/api", slack.url) });
        let secrets = json!({ "bot_token": BOT_TOKEN, "app_token": APP_TOKEN });
        let hook = connect(&desk, "slack", settings, secrets).await;
        let first = event("Ev1", "1795000000.000100", |_| {});
        assert_eq!(
            posts(&hook, SIGNING_SECRET, &first).await.0,
            403,
            "nothing is posted"
        );
        // Told twice, as after an answer that was lost.
        slack.tells(&envelope("E1", &first));
        slack.tells(&envelope("E2", &first));
        once_there_are(&desk, 1).await;
        eventually(async || (slack.answered() == ["E1", "E2"]).then_some(())).await;
        // The line is to go: the next stands before.
        slack.tells(&json!({ "type": "disconnect", "reason": "warning" }));
        eventually(async || (slack.count("apps.connections.open") == 2).then_some(())).await;
        let answer = |text: &str, ts: &str| {
            event(text, ts, |it| {
                it["thread_ts"] = json!("1795000000.000100");
                it["text"] = json!(text);
            })
        };
        slack.tells(&envelope("E3", &answer("Second", "1795000001.000000")));
        once_there_are(&desk, 2).await;
        // The line breaks; what is written meanwhile is found when one stands again.
        for (text, ts) in [
            ("Second", "1795000001.000000"),
            ("Third", "1795000002.000000"),
        ] {
            slack.writes(answer(text, ts)["event"].clone());
        }
        slack.cuts();
        let found = once_there_are(&desk, 3).await;
        assert_eq!(found.len(), 1);
        assert_eq!(bodies(&found[0])[1..], ["Second", "Third"]);
        slack.tells(&envelope("E4", &answer("Third", "1795000002.000000")));
        slack.tells(&envelope("E5", &answer("Fourth", "1795000003.000000")));
        once_there_are(&desk, 4).await;
        assert_eq!(slack.answered()[2..], ["E3", "E4", "E5"]);
        assert_eq!(slack.posted(), [Value::Null; 0]);
        server.stop().await;
    }
}
