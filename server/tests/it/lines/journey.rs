//! The journey the desk is for: a customer mails, the team is told in Slack and answers from there, the
//! customer gets the mail, goes on by text message and in a shared channel, and stays one customer.

use super::seat::{from_team, told_to_team, with_seat};
use super::slack::{event, told};
use super::workspace::Workspace;
use super::{THEIRS, TOKEN};
use super::{Twilio, by_text, conversations, posts, reaches, text};
use crate::mail::post::{Post, letter};
use frontdesk_testkit::{Desk, MailServer, TestServer, engines, eventually};
use serde_json::{Value, json};

/// Lets mail go out of the mailbox, by this server.
async fn sends_by(post: &Post<'_>, out: &MailServer) {
    let smtp =
        json!({ "host": "127.0.0.1", "port": out.port, "security": "none", "user": "support" });
    let settings = json!({ "address": "support@example.com", "smtp": smtp });
    post.set_all(settings, json!({ "password": "s3cret" }))
        .await;
}

async fn of_source(desk: &Desk, source: &str) -> Value {
    eventually(async || {
        let found = conversations(desk).await;
        found.into_iter().find(|it| it["source"] == source)
    })
    .await
}

/// The text of the root of each thread in the team's channel, and its id.
fn roots(told: &[Value]) -> Vec<(&str, &str)> {
    let roots = told.iter().filter(|it| it["thread_ts"].is_null());
    roots
        .map(|it| (it["text"].as_str().unwrap(), it["ts"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a journey, step by step")]
async fn a_customer_of_three_channels_is_one_and_is_answered_from_slack() {
    for engine in engines() {
        let (slack, twilio) = (Workspace::start().await, Twilio::start().await);
        let out = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        sends_by(&post, &out).await;
        let desk = &post.desk;
        let (slack_hook, text_hook) = (with_seat(desk, &slack).await, by_text(desk, &twilio).await);

        let mail = letter("1@customer.test", "Broken lamp", "It does not shine.");
        post.brings(&mail.replace("ada@example.com", "ada@customer.test"))
            .await;
        let told_there = told_to_team(&slack, 2).await;
        let (head, root) = roots(&told_there)[0];
        assert!(
            head.contains("with Ada, by email") && head.contains("Broken lamp"),
            "{head}"
        );
        assert_eq!(told_there[1]["text"], "It does not shine.");

        let answer = from_team(
            root,
            "Ev1",
            "1795000200.000100",
            "U4",
            "A new one is on its way",
        );
        told(&slack_hook, &answer).await;
        let by_mail = of_source(desk, "email").await;
        let reply = eventually(async || {
            let shown = of_source(desk, "email").await;
            shown["messages"].get(1).cloned()
        })
        .await;
        reaches(desk, &reply, "sent").await;
        let gone = out.taken();
        assert_eq!(gone.len(), 1);
        assert_eq!(gone[0].to, ["ada@customer.test", "cc@example.com"]);
        for part in [
            "A new one is on its way",
            "In-Reply-To: <1@customer.test>",
            "Subject: Re: Broken lamp",
        ] {
            assert!(gone[0].mail.contains(part), "{part}: {}", gone[0].mail);
        }

        // The agent notes the number, and the customer goes on by text message.
        let customer = format!(
            "/api/customers/{}",
            by_mail["customer"]["id"].as_str().unwrap()
        );
        desk.put(&customer, json!({ "customer": { "phone": THEIRS } }))
            .await
            .is(200);
        assert_eq!(
            posts(&text_hook, TOKEN, &text("SM1", "When will it come?")).await,
            204
        );
        let told_there = told_to_team(&slack, 4).await;
        let (head, root) = roots(&told_there)[1];
        assert!(head.contains("with Ada, by sms"), "{head}");
        let answer = from_team(root, "Ev2", "1795000201.000100", "U4", "Tomorrow");
        told(&slack_hook, &answer).await;
        eventually(async || (twilio.taken("Body") == ["Tomorrow"]).then_some(())).await;
        assert_eq!(twilio.taken("To"), [THEIRS]);

        // And in a channel that is shared, where Slack vouches for the address.
        told(
            &slack_hook,
            &event("Ev3", "1795000202.000100", |it| {
                it["text"] = json!("Thanks!");
            }),
        )
        .await;
        of_source(desk, "slack").await;
        let found = conversations(desk).await;
        assert_eq!(found.len(), 3, "{found:#?}");
        for it in &found {
            assert_eq!(it["customer"]["id"], by_mail["customer"]["id"], "{it}");
        }
        let shown = desk.get(&customer).await.data(200);
        assert_eq!(shown["phone"], THEIRS);
        // What the terminal asks for: which of the threads is reached how.
        let path = format!("{customer}?expand[]=lines");
        let shown = desk.get(&path).await.data(200);
        let lines = shown["lines"].as_array().unwrap();
        let theirs: Vec<&str> = lines
            .iter()
            .map(|it| it["theirs"].as_str().unwrap())
            .collect();
        assert_eq!(theirs.len(), 2, "{lines:?}");
        assert!(theirs.contains(&THEIRS) && theirs.contains(&"C1:1795000202.000100"));
        assert_eq!(out.taken().len(), 1, "nothing else was mailed");
        server.stop().await;
    }
}
