//! A team's own channel: told there, answered there, and acted on by buttons and commands.

use super::slack::{bodies, event, once_there_are, posts_text, told};
use super::workspace::{APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Workspace};
use super::{connect, reaches};
use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use serde_json::{Value, json};

/// A Slack whose members also answer from a channel of their own: the admin of the desk is Grace there.
pub(super) async fn with_seat(desk: &Desk, slack: &Workspace) -> String {
    let settings = json!({ "team_id": "T1", "base_url": format!("{}/api", slack.url),
        "seat": { "channel": "C0TEAM" } });
    let secrets = json!({ "bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET });
    slack.is_called(&desk.email);
    connect(desk, "slack", settings, secrets).await
}

/// Somebody of the team writes in a thread of its channel.
pub(super) fn from_team(root: &str, id: &str, ts: &str, user: &str, text: &str) -> Value {
    event(id, ts, |it| {
        (it["channel"], it["thread_ts"]) = (json!("C0TEAM"), json!(root));
        (it["user"], it["team"], it["text"]) = (json!(user), json!("T1"), json!(text));
    })
}

/// What was posted to the team, once it is so much.
pub(super) async fn told_to_team(slack: &Workspace, count: usize) -> Vec<Value> {
    eventually(async || {
        let posted = slack.posted();
        let to_team = posted.into_iter().filter(|it| it["channel"] == "C0TEAM");
        let to_team: Vec<Value> = to_team.collect();
        assert!(to_team.len() <= count, "{to_team:?}");
        (to_team.len() == count).then_some(to_team)
    })
    .await
}

#[tokio::test]
async fn a_team_is_told_in_its_channel_and_answers_from_there() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = with_seat(&desk, &slack).await;
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        let posted = told_to_team(&slack, 2).await;
        let root = posted[0]["ts"].as_str().unwrap();
        assert!(
            posted[0]["text"]
                .as_str()
                .unwrap()
                .contains("with Ada Lovelace, by slack")
        );
        assert_eq!(posted[1]["thread_ts"], root);
        assert_eq!(posted[1]["text"], "Is it &lt;ours&gt;, @grace?");
        assert_eq!(posted[1]["username"], "Ada Lovelace (customer)");
        // Twice, as after an answer that was lost.
        for id in ["Ev2", "Ev3"] {
            told(
                &hook,
                &from_team(root, id, "1795000200.000100", "U4", "Yes, it is"),
            )
            .await;
        }
        told(
            &hook,
            &from_team(root, "Ev4", "1795000201.000100", "U4", "note: she is new"),
        )
        .await;
        told(
            &hook,
            &from_team(root, "Ev5", "1795000202.000100", "U3", "Me too"),
        )
        .await;
        // Who is no agent here is told so in the thread, and nothing of it goes out.
        let posted = told_to_team(&slack, 3).await;
        assert!(
            posted[2]["text"]
                .as_str()
                .unwrap()
                .contains("nobody here has their address")
        );
        let found = once_there_are(&desk, 4).await;
        let messages = found[0]["messages"].as_array().unwrap();
        assert_eq!(bodies(&found[0])[1..3], ["Yes, it is", "she is new"]);
        assert_eq!(messages[1]["user_id"], desk.user_id);
        assert_eq!(messages[2]["private"], true);
        reaches(&desk, &messages[1], "sent").await;
        let posted = slack.posted();
        let to_customer: Vec<&Value> = posted.iter().filter(|it| it["channel"] == "C1").collect();
        assert_eq!(to_customer.len(), 1);
        assert_eq!(to_customer[0]["text"], "Yes, it is");
        assert_eq!(to_customer[0]["thread_ts"], "1795000000.000100");
        server.stop().await;
    }
}

/// The form of a button that somebody presses.
fn press(slack: &Workspace, user: &str, button: &Value, moment: &str) -> Value {
    json!({ "type": "block_actions", "team": { "id": "T1" }, "user": { "id": user, "team_id": "T1" },
        "response_url": format!("{}/answers", slack.url),
        "actions": [{ "type": "button", "action_id": button["action_id"], "value": button["value"],
            "action_ts": moment }] })
}

async fn pressed(hook: &str, form: &Value) {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("payload", &form.to_string())
        .finish();
    let kind = "application/x-www-form-urlencoded";
    let answered = posts_text(hook, SIGNING_SECRET, kind, body).await;
    assert_eq!(answered, (200, String::new()));
}

/// The buttons of a message, by their labels.
fn buttons(message: &Value) -> Vec<(String, Value)> {
    let blocks = message["blocks"].as_array().map_or(&[][..], Vec::as_slice);
    let actions = blocks.iter().filter(|it| it["type"] == "actions");
    let buttons = actions.flat_map(|it| it["elements"].as_array().unwrap());
    buttons
        .map(|it| (it["text"]["text"].as_str().unwrap().to_owned(), it.clone()))
        .collect()
}

fn labels(message: &Value) -> Vec<String> {
    buttons(message)
        .into_iter()
        .map(|(label, _)| label)
        .collect()
}

/// What a message has become, once its buttons are these.
async fn becomes(slack: &Workspace, ts: &Value, wanted: &[&str]) -> Value {
    eventually(async || {
        let shown = slack.shown(ts.as_str().unwrap());
        (labels(&shown) == wanted).then_some(shown)
    })
    .await
}

fn button(message: &Value, label: &str) -> Value {
    let found = buttons(message).into_iter().find(|(it, _)| it == label);
    found.unwrap().1
}

#[tokio::test]
async fn buttons_act_as_the_user_who_presses_them_and_show_what_came_of_it() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = with_seat(&desk, &slack).await;
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        let root = told_to_team(&slack, 2).await.remove(0);
        assert_eq!(labels(&root), ["Assign to me", "Close"]);
        assert!(root["blocks"].to_string().contains("Open, nobody has it"));
        let take = press(&slack, "U4", &button(&root, "Assign to me"), "1.1");
        // Who is no user here changes nothing, and is told so alone.
        pressed(&hook, &press(&slack, "U1", &button(&root, "Close"), "1.0")).await;
        let answers = slack.has_answered(1).await;
        assert_eq!(answers[0]["response_type"], "ephemeral");
        assert!(
            answers[0]["text"]
                .as_str()
                .unwrap()
                .contains("Nobody here has your address")
        );
        // Twice, as after an answer that was lost.
        pressed(&hook, &take).await;
        pressed(&hook, &take).await;
        let taken = becomes(&slack, &root["ts"], &["Close"]).await;
        assert!(taken["blocks"].to_string().contains("has it"), "{taken}");
        let talk = once_there_are(&desk, 1).await.remove(0);
        assert_eq!(talk["assignee_id"], desk.user_id);
        pressed(&hook, &press(&slack, "U4", &button(&taken, "Close"), "1.2")).await;
        let closed = becomes(&slack, &root["ts"], &["Reopen"]).await;
        // The button of long ago is pressed once more: it is closed already.
        pressed(&hook, &press(&slack, "U4", &button(&taken, "Close"), "1.3")).await;
        pressed(
            &hook,
            &press(&slack, "U4", &button(&closed, "Reopen"), "1.4"),
        )
        .await;
        becomes(&slack, &root["ts"], &["Close"]).await;
        // What changes in the desk is shown there too.
        let path = format!("/api/conversations/{}", talk["id"].as_str().unwrap());
        let nobody = json!({ "conversation": { "assignee_id": null } });
        desk.put(&path, nobody).await.is(200);
        becomes(&slack, &root["ts"], &["Assign to me", "Close"]).await;
        assert_eq!(slack.has_answered(1).await.len(), 1);
        server.stop().await;
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a journey, step by step")]
async fn a_draft_is_approved_or_rejected_from_there_once() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = with_seat(&desk, &slack).await;
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        told_to_team(&slack, 2).await;
        let id = once_there_are(&desk, 1).await[0]["id"].clone();
        let proposed = json!({ "draft": { "conversation_id": id, "body": "Yes, <it> is [ours](https://a.test)", "origin": "helper" } });
        desk.post("/api/v1/drafts", proposed.clone())
            .await
            .data(201);
        let card = told_to_team(&slack, 3).await.remove(2);
        assert_eq!(labels(&card), ["Approve and send", "Reject"]);
        let blocks = card["blocks"].to_string();
        assert!(
            blocks.contains("Yes, &lt;it&gt; is [ours](https://a.test)"),
            "{blocks}"
        );
        let approve = press(&slack, "U4", &button(&card, "Approve and send"), "2.1");
        pressed(&hook, &approve).await;
        pressed(&hook, &approve).await;
        let sent = becomes(&slack, &card["ts"], &[]).await;
        assert!(sent["blocks"].to_string().contains("Sent by"), "{sent}");
        let messages = once_there_are(&desk, 2).await.remove(0);
        assert_eq!(messages["messages"][1]["user_id"], desk.user_id);
        reaches(&desk, &messages["messages"][1], "sent").await;
        // The reply is told in the thread as well.
        told_to_team(&slack, 4).await;
        // Another press of the same button comes too late, and says so.
        pressed(
            &hook,
            &press(&slack, "U4", &button(&card, "Approve and send"), "2.2"),
        )
        .await;
        let answers = slack.has_answered(1).await;
        assert!(
            answers[0]["text"]
                .as_str()
                .unwrap()
                .ends_with("was faster."),
            "{answers:?}"
        );
        desk.post("/api/v1/drafts", proposed.clone())
            .await
            .data(201);
        let second = told_to_team(&slack, 5).await.remove(4);
        pressed(
            &hook,
            &press(&slack, "U4", &button(&second, "Reject"), "2.3"),
        )
        .await;
        let rejected = becomes(&slack, &second["ts"], &[]).await;
        assert!(rejected["blocks"].to_string().contains("Rejected by"));
        // What was written since is not answered by a draft that does not know it.
        desk.post("/api/v1/drafts", proposed).await.data(201);
        let third = told_to_team(&slack, 6).await.remove(5);
        told(
            &hook,
            &event("Ev2", "1795000005.000100", |it| {
                it["thread_ts"] = json!("1795000000.000100");
            }),
        )
        .await;
        once_there_are(&desk, 3).await;
        pressed(
            &hook,
            &press(&slack, "U4", &button(&third, "Approve and send"), "2.4"),
        )
        .await;
        let answers = slack.has_answered(2).await;
        assert!(
            answers[1]["text"]
                .as_str()
                .unwrap()
                .contains("Something newer"),
            "{answers:?}"
        );
        once_there_are(&desk, 3).await;
        server.stop().await;
    }
}

/// What Slack sends when somebody types our command.
fn typed(slack: &Workspace, text: &str, trigger: &str) -> Value {
    json!({ "command": "/frontdesk", "text": text, "team_id": "T1", "user_id": "U4",
        "trigger_id": trigger, "response_url": format!("{}/answers", slack.url) })
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a journey, step by step")]
async fn a_command_is_answered_to_who_typed_it_by_either_way() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let settings = json!({ "base_url": format!("{}/api", slack.url) });
        let secrets = json!({ "bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SIGNING_SECRET });
        slack.is_called(&desk.email);
        let hook = connect(&desk, "slack", settings, secrets).await;
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        let number = once_there_are(&desk, 1).await[0]["number"]
            .as_i64()
            .unwrap_or(1);
        let (search, show) = ("search ours", format!("show {number}"));
        let fields = typed(&slack, search, "t1");
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(
                fields
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(name, value)| (name, value.as_str().unwrap())),
            )
            .finish();
        let kind = "application/x-www-form-urlencoded";
        assert_eq!(
            posts_text(&hook, "another secret", kind, body.clone())
                .await
                .0,
            403
        );
        assert_eq!(
            posts_text(&hook, SIGNING_SECRET, kind, body).await,
            (200, String::new())
        );
        let answers = slack.has_answered(1).await;
        let said = answers[0]["text"].as_str().unwrap();
        assert!(
            said.contains("Ada Lovelace, #acme-and-us, by slack: open, nobody has it"),
            "{said}"
        );
        assert_eq!(answers[0]["response_type"], "ephemeral");
        let (assign, close) = (format!("assign {number}"), format!("close {number}"));
        let asked = [show.as_str(), &assign, &close, "show 999", "help"];
        for (n, text) in asked.iter().enumerate() {
            let (envelope, trigger) = (format!("E{n}"), format!("t{}", n + 2));
            // Twice, as after an acknowledgement that was lost.
            for _ in 0..2 {
                slack.tells(&json!({ "type": "slash_commands", "envelope_id": envelope,
                    "payload": typed(&slack, text, &trigger) }));
            }
            slack.has_answered(n + 2).await;
        }
        let answers = slack.has_answered(6).await;
        let said: Vec<&str> = answers
            .iter()
            .map(|it| it["text"].as_str().unwrap())
            .collect();
        assert!(
            said[1].contains("Ada Lovelace: Is it &lt;ours&gt;, @grace?"),
            "{said:?}"
        );
        assert!(
            said[2].contains("open,") && !said[2].contains("nobody"),
            "{said:?}"
        );
        assert!(said[3].contains("closed,"), "{said:?}");
        assert!(said[4].contains("no such thing"), "{said:?}");
        assert!(said[5].contains("/frontdesk search WORDS"), "{said:?}");
        let found = once_there_are(&desk, 1).await;
        assert_eq!(
            (&found[0]["status"], &found[0]["assignee_id"]),
            (&json!("closed"), &json!(desk.user_id))
        );
        // A button over the line, as over HTTP.
        let reopen = json!({ "action_id": "open_conversation", "value": found[0]["id"] });
        slack.tells(&json!({ "type": "interactive", "envelope_id": "E9",
            "payload": press(&slack, "U4", &reopen, "3.1") }));
        eventually(async || (once_there_are(&desk, 1).await[0]["status"] == "open").then_some(()))
            .await;
        eventually(async || slack.answered().contains(&"E9".to_owned()).then_some(())).await;
        server.stop().await;
    }
}
