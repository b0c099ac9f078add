//! An app that comes into workspaces by Slack's own page, and the address that all of them share.

use super::slack::{by_slack, event, once_there_are, posts, told};
use super::twilio::ACCOUNT;
use super::workspace::{BOT_TOKEN, SIGNING_SECRET, Workspace};
use super::{OURS, TOKEN, Twilio, by_text, connect, conversations, reaches, text};
use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use serde_json::{Value, json};
use url::Url;

/// A connection with an app and no workspace yet.
async fn app(desk: &Desk, slack: &Workspace) -> String {
    let it = json!({ "connection": { "name": "Slack", "kind": "slack", "inbox_id": desk.inbox_id,
        "settings": { "client_id": "1.2", "base_url": format!("{}/api", slack.url) },
        "secrets": { "client_secret": "hush", "signing_secret": SIGNING_SECRET } } });
    let made = desk.post("/api/v1/connections", it).await.data(201);
    made["id"].as_str().unwrap().to_owned()
}

/// The state in the address of the page on which it is installed.
async fn state(desk: &Desk, id: &str) -> String {
    let path = format!("/api/v1/connections/{id}/install");
    let page = desk.post(&path, json!({})).await.data(200);
    let url = Url::parse(page["url"].as_str().unwrap()).unwrap();
    assert_eq!(url.path(), "/oauth/v2/authorize");
    let mut pairs = url.query_pairs();
    let found = pairs.find(|(name, _)| name == "state");
    found.unwrap().1.into_owned()
}

/// Comes back from Slack.
async fn comes_back(desk: &Desk, code: &str, state: &str) -> (u16, String) {
    let mut url = Url::parse(&format!("{}/api/slack/oauth", desk.url)).unwrap();
    url.query_pairs_mut()
        .append_pair("code", code)
        .append_pair("state", state);
    let asked = frontdesk_testkit::http().get(url);
    let answer = asked.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn connections(desk: &Desk) -> Vec<Value> {
    let listed = desk.get("/api/v1/connections").await.data(200);
    listed.as_array().unwrap().clone()
}

#[tokio::test]
async fn an_app_comes_into_two_workspaces_and_both_are_told_at_one_address() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = app(&desk, &slack).await;
        let hook = format!("{}/api/slack/webhook", desk.url);
        let first = event("Ev1", "1795000000.000100", |_| {});
        // Nobody is there yet.
        assert_eq!(posts(&hook, SIGNING_SECRET, &first).await.0, 403);
        let state = state(&desk, &id).await;
        assert_eq!(comes_back(&desk, "code-T1", "forged").await.0, 400);
        let (status, said) = comes_back(&desk, "used", &state).await;
        assert_eq!(status, 400);
        assert!(said.contains("used already"), "{said}");
        let (status, said) = comes_back(&desk, "code-T1", &state).await;
        assert_eq!(
            (status, said.contains("in the workspace Team T1")),
            (200, true),
            "{said}"
        );
        comes_back(&desk, "code-T2", &state).await;
        // Once more into the first: that is the same connection.
        comes_back(&desk, "code-T1", &state).await;
        let there = connections(&desk).await;
        let team = |it: &Value| it["settings"]["team_id"].as_str().unwrap().to_owned();
        let mut teams: Vec<String> = there.iter().map(team).collect();
        teams.sort_unstable();
        assert_eq!(teams, ["T1", "T2"]);
        let first_of_all = there.iter().find(|it| it["id"] == id.as_str());
        assert_eq!(team(first_of_all.unwrap()), "T1");
        let challenge = json!({ "type": "url_verification", "challenge": "c0ffee" });
        let answered = posts(&hook, SIGNING_SECRET, &challenge).await;
        assert_eq!(answered, (200, "c0ffee".to_owned()));
        assert_eq!(posts(&hook, "another secret", &first).await.0, 403);
        told(&hook, &first).await;
        let mut second = event("Ev1", "1795000000.000200", |it| it["team"] = json!("T3"));
        second["team_id"] = json!("T2");
        second["authorizations"] = json!([{ "team_id": "T2", "user_id": "UBOT", "is_bot": true }]);
        told(&hook, &second).await;
        let found = eventually(async || {
            let found = conversations(&desk).await;
            (found.len() == 2).then_some(found)
        });
        let found = found.await;
        let reply = desk.reply(found[0]["id"].as_str().unwrap(), "Yes").await;
        reaches(&desk, &reply, "sent").await;
        // An hour later the page is too old.
        server.clock.advance_seconds(3601);
        assert_eq!(comes_back(&desk, "code-T1", &state).await.0, 400);
        server.stop().await;
    }
}

#[tokio::test]
async fn two_desks_in_one_workspace_are_both_told_at_the_address_they_share() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desks = [
            server.company("Acme").await,
            server.company("Umbrella").await,
        ];
        for desk in &desks {
            by_slack(desk, &slack).await;
        }
        let stranger = server.company("Stranger").await;
        let settings = json!({ "team_id": "T1", "base_url": format!("{}/api", slack.url) });
        let secrets = json!({ "bot_token": BOT_TOKEN, "signing_secret": "a secret of their own" });
        connect(&stranger, "slack", settings, secrets).await;
        let hook = format!("{}/api/slack/webhook", server.url);
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        for desk in &desks {
            once_there_are(desk, 1).await;
        }
        // Whose secret signs nothing of it hears nothing of it.
        assert_eq!(conversations(&stranger).await, [Value::Null; 0]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_token_that_dies_is_renewed_before_it_does() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let mut desk = server.company("Acme").await;
        let id = app(&desk, &slack).await;
        let state = state(&desk, &id).await;
        assert_eq!(comes_back(&desk, "dying-T1", &state).await.0, 200);
        let hook = format!("{}/api/hooks/{id}", desk.url);
        told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
        eventually(async || (conversations(&desk).await.len() == 1).then_some(())).await;
        assert_eq!(slack.token(), "xoxe.xoxb-1");
        for n in 2..5 {
            // It lives for twelve hours.
            eventually(async || {
                server.clock.advance_seconds(600);
                (slack.token() == format!("xoxe.xoxb-{n}")).then_some(())
            })
            .await;
        }
        // The session of long ago is over.
        desk.sign_in().await;
        let talk = conversations(&desk).await.remove(0);
        let reply = desk.reply(talk["id"].as_str().unwrap(), "Still here").await;
        reaches(&desk, &reply, "sent").await;
        slack.forgets_refresh_tokens();
        let asked = slack.count("oauth.v2.access");
        eventually(async || {
            server.clock.advance_seconds(600);
            (slack.count("oauth.v2.access") > asked).then_some(())
        })
        .await;
        desk.sign_in().await;
        let told = async || connections(&desk).await[0]["state"] == "refused";
        eventually(async || told().await.then_some(())).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn texts_come_by_the_address_that_all_numbers_share() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        by_text(&desk, &twilio).await;
        let hook = format!("{}/api/twilio/webhook", desk.url);
        let hello = text("SM1", "Hello");
        assert_eq!(super::posts(&hook, "not the token", &hello).await, 403);
        assert_eq!(super::posts(&hook, TOKEN, &hello).await, 200);
        assert_eq!(super::posts(&hook, TOKEN, &hello).await, 200);
        assert_eq!(conversations(&desk).await.len(), 1);
        // Numbers and accounts that nobody has here are answered as if all were well.
        let stranger = [
            ("AccountSid", "AC2"),
            ("MessageSid", "SM2"),
            ("From", "+1"),
            ("To", OURS),
        ];
        assert_eq!(super::posts(&hook, TOKEN, &stranger).await, 200);
        let elsewhere = [
            ("AccountSid", ACCOUNT),
            ("MessageSid", "SM3"),
            ("From", "+1"),
            ("To", "+2"),
        ];
        assert_eq!(super::posts(&hook, TOKEN, &elsewhere).await, 200);
        assert_eq!(conversations(&desk).await.len(), 1);
        server.stop().await;
    }
}
