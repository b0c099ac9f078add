//! Mail that is answered without an agent: whose is, and whose is not.

use super::post::{Post, letter};
use crate::ai::{draft_in, drafts};
use crate::ai_auto::answering;
use frontdesk_testkit::Taken;
use frontdesk_testkit::{Desk, MailServer, TestServer, engines, eventually};
use serde_json::{Value, json};

const QUESTION: &str = "When is the refund for my parcel?";

/// A mailbox in an inbox that answers, and the server its mail goes out by.
async fn open<'s>(server: &'s TestServer, outside: &MailServer) -> Post<'s> {
    let post = Post::open(server).await;
    let smtp = json!({ "host": "127.0.0.1", "port": outside.port, "security": "none" });
    post.set(json!({ "address": "support@example.com", "smtp": smtp }))
        .await;
    answering(&post.desk, 2).await;
    post
}

fn from(name: &str, id: &str, more: &str) -> String {
    let mail = letter(id, "Parcel", QUESTION);
    let mail = mail.replacen(
        "Ada <ada@example.com>",
        &format!("{name} <{name}@example.com>"),
        1,
    );
    mail.replacen("Subject", &format!("{more}Subject"), 1)
}

/// What went out, once it is so many mails.
async fn gone(outside: &MailServer, count: usize) -> Vec<Taken> {
    eventually(async || {
        let taken = outside.taken();
        (taken.len() >= count).then_some(taken)
    })
    .await
}

/// The conversation of a customer's first mail.
async fn of(desk: &Desk, name: &str) -> String {
    let listed = desk.get("/api/conversations").await.is(200);
    let address = format!("{name}@example.com");
    let found = listed["data"].as_array().unwrap().iter();
    let mut found = found.filter(|it| it["customer"]["email"] == address.as_str());
    found.next().unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_mail_is_answered_to_who_asked_until_a_person_takes_over() {
    for engine in engines() {
        let outside = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = open(&server, &outside).await;
        post.brings(&from("ada", "1@example.com", "")).await;
        server.clock.advance_seconds(1);
        let taken = gone(&outside, 1).await;
        // Who had a copy of the question is not written to by a program.
        assert_eq!(taken[0].to, ["ada@example.com"]);
        for part in [
            "Refunds take five days.",
            "Auto-Submitted: auto-replied",
            "In-Reply-To: <1@example.com>",
            "Subject: Re: Parcel",
        ] {
            assert!(taken[0].mail.contains(part), "{part}: {}", taken[0].mail);
        }
        let id = of(&post.desk, "ada").await;
        let draft = draft_in(&post.desk, &id, "approved").await;
        assert_eq!(draft["decided_by"], Value::Null);

        post.desk.reply(&id, "I am on it.").await;
        let again = "In-Reply-To: <1@example.com>\r\n";
        post.brings(&from("ada", "2@example.com", again)).await;
        server.clock.advance_seconds(1);
        // It is drafted for, as everywhere.
        draft_in(&post.desk, &id, "ready").await;
        assert_eq!(gone(&outside, 2).await.len(), 2);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_a_program_or_a_stranger_wrote_is_answered_by_nobody() {
    for engine in engines() {
        let outside = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = open(&server, &outside).await;
        for (name, sign) in [
            ("away", "Auto-Submitted: auto-replied\r\n"),
            ("news", "List-Id: <news.example.com>\r\n"),
            ("bulk", "Precedence: bulk\r\n"),
            ("bounce", "Return-Path: <>\r\n"),
            ("noreply", ""),
        ] {
            let id = format!("{name}@programs.test");
            post.brings(&from(name, &id, sign)).await;
        }
        post.brings(&from("ada", "1@example.com", "")).await;
        server.clock.advance_seconds(1);
        assert_eq!(gone(&outside, 1).await[0].to, ["ada@example.com"]);
        let stranger = from("eve", "2@example.com", "In-Reply-To: <1@example.com>\r\n");
        post.brings(&stranger).await;
        let id = of(&post.desk, "ada").await;
        server.clock.advance_seconds(1);
        let ready = draft_in(&post.desk, &id, "ready").await;
        assert_eq!(ready["body"], "Refunds take five days.");
        // Another one is answered: the jobs of the others have run.
        post.brings(&from("bob", "3@example.com", "")).await;
        server.clock.advance_seconds(1);
        let taken = gone(&outside, 2).await;
        assert_eq!(taken.len(), 2);
        assert_eq!(taken[1].to, ["bob@example.com"]);
        for name in ["away", "news", "bulk", "bounce", "noreply"] {
            let id = of(&post.desk, name).await;
            assert_eq!(drafts(&post.desk, &id).await, [Value::Null; 0], "{name}");
        }
        server.stop().await;
    }
}
