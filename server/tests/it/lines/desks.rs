//! Desks that share a workspace of Slack's.

use super::connect;
use super::slack::posts_text;
use super::workspace::{BOT_TOKEN, SIGNING_SECRET, Workspace};
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::json;

/// Asks for help in a channel, at the address that all desks share.
async fn types(desk: &Desk, slack: &Workspace, channel: &str, trigger: &str) {
    let answers = format!("{}/answers", slack.url);
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("command", "/frontdesk")
        .append_pair("text", "help")
        .append_pair("team_id", "T1")
        .append_pair("channel_id", channel)
        .append_pair("user_id", "U4")
        .append_pair("trigger_id", trigger)
        .append_pair("response_url", &answers)
        .finish();
    let hook = format!("{}/api/slack/actions", desk.url);
    let kind = "application/x-www-form-urlencoded";
    assert_eq!(posts_text(&hook, SIGNING_SECRET, kind, body).await.0, 200);
}

#[tokio::test]
async fn a_command_is_answered_by_the_desk_whose_channel_it_is_and_else_by_the_first() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let (first, second) = (
            server.company("Acme").await,
            server.company("Umbrella").await,
        );
        for (desk, seat) in [(&first, "C8"), (&second, "C9")] {
            let settings = json!({ "team_id": "T1", "base_url": format!("{}/api", slack.url),
                "seat": { "channel": seat } });
            let secrets = json!({ "bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET });
            connect(desk, "slack", settings, secrets).await;
        }
        // A desk they have no seat at would tell them so.
        slack.is_called(&second.email);
        types(&second, &slack, "C9", "t1").await;
        slack.has_answered(1).await;
        slack.is_called(&first.email);
        types(&first, &slack, "C1", "t2").await;
        let answers = slack.has_answered(2).await;
        server.stop().await;
        for answer in answers.iter().chain(&slack.has_answered(2).await) {
            let text = answer["text"].as_str().unwrap();
            assert!(text.contains("/frontdesk search WORDS"), "{answers:?}");
        }
        assert_eq!(slack.has_answered(2).await.len(), 2);
    }
}
