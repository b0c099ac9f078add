//! Files that agents send go as files where the provider takes them, and once.

use super::seat::{from_team, told_to_team, with_seat};
use super::slack::{bodies, by_slack, event, goes_in_time, once_there_are, told};
use super::telegram::{self, SECRET, Telegram};
use super::workspace::{Says, Workspace};
use super::{conversations, reaches};
use frontdesk_testkit::{Desk, Engine, TestServer, engines, eventually};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

/// The message in Slack that began the thread.
const BEGUN: &str = "1795000000.000100";

async fn company(engine: Engine) -> (TestServer, Desk) {
    let server = TestServer::start_calling(engine).await;
    let desk = server.company("Acme").await;
    (server, desk)
}

/// A conversation that a customer began in Slack.
async fn talk(desk: &Desk, slack: &Workspace) -> Value {
    let hook = by_slack(desk, slack).await;
    told(&hook, &event("Ev1", BEGUN, |_| {})).await;
    once_there_are(desk, 1).await.remove(0)
}

/// An agent sends a text with files.
async fn sends(desk: &Desk, conversation: &Value, body: &str, files: &[(&str, &str)]) -> Value {
    let mut ids = Vec::new();
    for (name, words) in files {
        let part = Part::bytes(words.as_bytes().to_vec()).file_name((*name).to_owned());
        let request = desk.http.post(format!("{}/api/v1/upload", desk.url));
        let request = request.header("authorization", &desk.token);
        let sent = request
            .multipart(Form::new().part("file", part))
            .send()
            .await;
        let said: Value = sent.unwrap().json().await.unwrap();
        ids.push(said["data"]["id"].clone());
    }
    let message = json!({ "message": {
        "conversation_id": conversation["id"], "body": body, "file_ids": ids } });
    desk.post("/api/messages", message).await.data(201)
}

#[tokio::test]
async fn files_go_into_the_thread_in_slack_with_their_text_and_once() {
    for engine in engines() {
        let (server, desk) = company(engine).await;
        let slack = Workspace::start().await;
        let talk = talk(&desk, &slack).await;
        let files = [("a.txt", "one"), ("b.txt", "three")];
        let sent = sends(&desk, &talk, "Here they are", &files).await;
        reaches(&desk, &sent, "sent").await;
        let posted = slack.posted();
        assert_eq!(posted.len(), 1, "{posted:?}");
        assert_eq!(
            (&posted[0]["thread_ts"], &posted[0]["text"]),
            (&json!(BEGUN), &json!("Here they are"))
        );
        for ((name, words), shown) in files.iter().zip(posted[0]["files"].as_array().unwrap()) {
            assert_eq!(shown["title"], *name);
            assert_eq!(slack.brought(shown), words.as_bytes());
        }
        // The answer is lost, and the thread shows the file: it has gone.
        slack.says(Says::Nothing);
        let sent = sends(&desk, &talk, "", &files[..1]).await;
        reaches(&desk, &sent, "sent").await;
        // It stumbles, and does not show the file yet: nobody can say.
        slack.says(Says::Status(500));
        let sent = sends(&desk, &talk, "Again", &files[..1]).await;
        reaches(&desk, &sent, "unknown").await;
        assert_eq!(slack.posted().len(), 2);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_message_that_is_tried_again_brings_no_file_twice() {
    for engine in engines() {
        let (server, desk) = company(engine).await;
        let slack = Workspace::start().await;
        let talk = talk(&desk, &slack).await;
        let files = [("a.txt", "one"), ("b.txt", "three")];
        slack.says(Says::Wait(1));
        slack.says(Says::Status(503));
        let sent = sends(&desk, &talk, "Here they are", &files).await;
        goes_in_time(&server, &desk, &sent).await;
        assert_eq!(slack.count("files.completeUploadExternal"), 3);
        assert_eq!(slack.count("files.getUploadURLExternal"), 2);
        let posted = slack.posted();
        assert_eq!(posted.len(), 1, "{posted:?}");
        let shown = posted[0]["files"].as_array().unwrap();
        let brought: Vec<_> = shown.iter().map(|it| slack.brought(it)).collect();
        assert_eq!(brought, [&b"one"[..], &b"three"[..]]);
        // What Slack has not kept until then is brought anew.
        slack.says(Says::Wait(1));
        slack.says(Says::Error("file_not_found"));
        let sent = sends(&desk, &talk, "", &files[..1]).await;
        goes_in_time(&server, &desk, &sent).await;
        assert_eq!(slack.count("files.getUploadURLExternal"), 4);
        assert_eq!(slack.posted().len(), 2);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_text_that_is_changed_keeps_its_files() {
    for engine in engines() {
        let (server, desk) = company(engine).await;
        let slack = Workspace::start().await;
        let talk = talk(&desk, &slack).await;
        let change = async |sent: &Value| {
            reaches(&desk, sent, "sent").await;
            let path = format!("/api/messages/{}", sent["id"].as_str().unwrap());
            let now = json!({ "message": { "body": "Here it is now" } });
            desk.put(&path, now).await.is(200);
            eventually(async || {
                let posted = slack.posted();
                let text = posted.last()?["text"].as_str()?.to_owned();
                text.starts_with("Here it is now").then_some(text)
            })
            .await
        };
        let as_file = sends(&desk, &talk, "Here it is", &[("a.txt", "one")]).await;
        assert_eq!(change(&as_file).await, "Here it is now");
        slack.lacks_scope();
        let as_link = sends(&desk, &talk, "And this", &[("a.txt", "one")]).await;
        let text = change(&as_link).await;
        assert!(
            text.starts_with("Here it is now\n<http") && text.ends_with("|a.txt>"),
            "{text}"
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn where_the_app_may_write_no_files_links_go() {
    for engine in engines() {
        let (server, desk) = company(engine).await;
        let slack = Workspace::start().await;
        let talk = talk(&desk, &slack).await;
        slack.lacks_scope();
        let sent = sends(&desk, &talk, "Here it is", &[("a.txt", "one")]).await;
        reaches(&desk, &sent, "sent").await;
        let text = slack.posted()[0]["text"].as_str().unwrap().to_owned();
        assert!(
            text.starts_with("Here it is\n<http") && text.ends_with("|a.txt>"),
            "{text}"
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn a_bot_sends_files_as_documents_and_one_whose_answer_was_lost_is_not_sent_again() {
    for engine in engines() {
        let (server, desk) = company(engine).await;
        let telegram = Telegram::start().await;
        let hook = telegram::by_bot(&desk, &telegram).await;
        let hello = telegram::update(1, "message", 7, "Hi");
        assert_eq!(telegram::posts(&hook, SECRET, &hello).await, 204);
        let talk = eventually(async || conversations(&desk).await.pop()).await;
        let files = [("a.txt", "one"), ("b.txt", "three")];
        let one = sends(&desk, &talk, "This one", &files[..1]).await;
        reaches(&desk, &one, "sent").await;
        let said = json!({ "chat_id": "42", "caption": "This one", "document": ["a.txt", "one"] });
        assert_eq!(telegram.calls("sendDocument"), [said]);
        let both = sends(&desk, &talk, "Both", &files).await;
        reaches(&desk, &both, "sent").await;
        let said = telegram.calls("sendMediaGroup").remove(0);
        let media: Value = serde_json::from_str(said["media"].as_str().unwrap()).unwrap();
        assert_eq!(media[1]["caption"], "Both");
        for (n, (name, words)) in files.iter().enumerate() {
            assert_eq!(media[n]["media"], format!("attach://file{n}"));
            assert_eq!(said[format!("file{n}")], json!([name, words]));
        }
        telegram.loses_answers();
        let lost = sends(&desk, &talk, "Lost", &files[..1]).await;
        reaches(&desk, &lost, "unknown").await;
        assert_eq!(telegram.calls("sendDocument").len(), 2);
        assert_eq!(telegram.calls("sendMessage"), [Value::Null; 0]);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_the_team_writes_goes_out_with_its_file_or_not_at_all() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let (server, desk) = company(engine).await;
        let hook = with_seat(&desk, &slack).await;
        told(&hook, &event("Ev1", BEGUN, |_| {})).await;
        let shown = told_to_team(&slack, 2).await;
        let root = shown[0]["ts"].as_str().unwrap();
        let with_file = |event: &str, ts: &str, text: &str, file: &str| {
            let mut said = from_team(root, event, ts, "U4", text);
            said["event"]["subtype"] = json!("file_share");
            said["event"]["files"] = json!([{ "name": file, "mimetype": "image/png",
                "url_private_download": format!("{}/files/{file}", slack.url) }]);
            said
        };
        let open = with_file("Ev2", "1795000203.000100", "See this", "open.png");
        for _ in 0..2 {
            told(&hook, &open).await;
        }
        let found = once_there_are(&desk, 2).await;
        let sent = reaches(&desk, &found[0]["messages"][1], "sent").await;
        assert_eq!(sent["user_id"], desk.user_id);
        let posted = slack.posted();
        let to_customer: Vec<&Value> = posted.iter().filter(|it| it["channel"] == "C1").collect();
        assert_eq!(to_customer.len(), 1, "{posted:?}");
        assert_eq!(to_customer[0]["text"], "See this");
        let file = &to_customer[0]["files"][0];
        assert_eq!(file["title"], "open.png");
        assert!(slack.brought(file).starts_with(b"\x89PNG"));
        // What cannot be fetched keeps its words back too, and says so to the team.
        told(
            &hook,
            &with_file("Ev3", "1795000204.000100", "And this", "closed"),
        )
        .await;
        let found = once_there_are(&desk, 3).await;
        let told = bodies(&found[0]).remove(2);
        assert!(
            told.contains("was not sent: its file closed could not be fetched"),
            "{told}"
        );
        let posted = slack.posted();
        let to_customer = posted.iter().filter(|it| it["channel"] == "C1");
        assert_eq!(to_customer.count(), 1, "{posted:?}");
        server.stop().await;
    }
}
