//! Messages of agents that are changed or deleted after they went to Slack.

use super::seat::{told_to_team, with_seat};
use super::slack::{bodies, by_slack, event, once_there_are, told};
use super::workspace::Workspace;
use super::{conversations, reaches};
use frontdesk_testkit::{Desk, Engine, TestServer, engines, eventually};
use serde_json::{Value, json};

/// A conversation that a customer began in Slack, and an answer that has gone there.
async fn answered(engine: Engine, slack: &Workspace) -> (TestServer, Desk, String) {
    let server = TestServer::start_calling(engine).await;
    let desk = server.company("Acme").await;
    let hook = by_slack(&desk, slack).await;
    told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
    let talk = once_there_are(&desk, 1).await.remove(0);
    let reply = desk
        .reply(talk["id"].as_str().unwrap(), "It is fried")
        .await;
    reaches(&desk, &reply, "sent").await;
    let path = format!("/api/messages/{}", reply["id"].as_str().unwrap());
    (server, desk, path)
}

fn says(text: &str) -> Value {
    json!({ "message": { "body": text } })
}

#[tokio::test]
async fn what_an_agent_changes_or_deletes_changes_in_slack() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let (server, desk, path) = answered(engine, &slack).await;
        desk.put(&path, says("It is **fine** & well")).await.is(200);
        eventually(async || {
            let text = slack.posted()[0]["text"].clone();
            (text == "It is *fine* &amp; well").then_some(())
        })
        .await;
        // What says the same needs no call.
        desk.put(&path, says("It is **fine** & well")).await.is(200);
        desk.delete(&path).await.is(204);
        eventually(async || slack.posted().is_empty().then_some(())).await;
        assert_eq!(
            (slack.count("chat.update"), slack.count("chat.delete")),
            (1, 1)
        );
        assert_eq!(bodies(&conversations(&desk).await[0]).len(), 1);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_slack_does_not_let_change_is_told_and_what_is_gone_there_is_deleted() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let (server, desk, path) = answered(engine, &slack).await;
        slack.loses_posts();
        desk.put(&path, says("It is fine")).await.is(200);
        let told = eventually(async || {
            let bodies = bodies(&conversations(&desk).await[0]);
            (bodies.len() == 3).then_some(bodies)
        })
        .await;
        assert!(
            told[2].contains("could not be changed in Slack: "),
            "{told:?}"
        );
        desk.delete(&path).await.is(204);
        eventually(async || (slack.count("chat.delete") == 1).then_some(())).await;
        assert_eq!(bodies(&conversations(&desk).await[0]).len(), 2);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_the_team_was_told_follows_too() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = with_seat(&desk, &slack).await;
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        told_to_team(&slack, 2).await;
        let id = conversations(&desk).await[0]["id"].clone();
        let reply = desk.reply(id.as_str().unwrap(), "It is fried").await;
        reaches(&desk, &reply, "sent").await;
        let note =
            json!({ "message": { "conversation_id": id, "body": "A note", "private": true } });
        let note = desk.post("/api/messages", note).await.data(201);
        told_to_team(&slack, 4).await;
        for (message, text) in [(&reply, "It is fine"), (&note, "Another note")] {
            let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
            desk.put(&path, says(text)).await.is(200);
        }
        eventually(async || {
            let team = told_to_team(&slack, 4).await;
            let texts = [team[2]["text"].clone(), team[3]["text"].clone()];
            (texts == ["It is fine", "Another note"]).then_some(())
        })
        .await;
        for message in [&reply, &note] {
            let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
            desk.delete(&path).await.is(204);
        }
        let is_of_team = |it: &&Value| it["channel"] == "C0TEAM";
        eventually(async || {
            let posted = slack.posted();
            let team = posted.iter().filter(is_of_team).count();
            (team == 2 && posted.len() == 2).then_some(())
        })
        .await;
        assert_eq!(slack.count("chat.delete"), 3);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_note_and_what_the_customer_wrote_stay_out_of_slack() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let (server, desk, path) = answered(engine, &slack).await;
        let found = conversations(&desk).await;
        let (id, theirs) = (&found[0]["id"], &found[0]["messages"][0]["id"]);
        let note =
            json!({ "message": { "conversation_id": id, "body": "A note", "private": true } });
        let note = desk.post("/api/messages", note).await.data(201);
        let note = format!("/api/messages/{}", note["id"].as_str().unwrap());
        desk.put(&note, says("Another note")).await.is(200);
        desk.delete(&note).await.is(204);
        desk.delete(&format!("/api/messages/{}", theirs.as_str().unwrap()))
            .await
            .is(204);
        // This one goes there, and by then the others would have.
        desk.delete(&path).await.is(204);
        eventually(async || slack.posted().is_empty().then_some(())).await;
        assert_eq!(
            (slack.count("chat.update"), slack.count("chat.delete")),
            (0, 1)
        );
        server.stop().await;
    }
}
