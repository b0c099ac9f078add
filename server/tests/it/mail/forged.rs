//! Mail that would be somebody else's, or would have itself answered.

use super::post::{Post, letter};
use frontdesk_testkit::{TestServer, engines};
use serde_json::Value;

/// The same mail with another line in its header.
fn with(mail: &str, line: &str) -> String {
    mail.replacen("Subject", &format!("{line}\r\nSubject"), 1)
}

#[tokio::test]
async fn a_mail_that_names_an_agent_speaks_for_no_agent() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        let found = post.conversations(1).await;
        let from_agent = letter("2@example.com", "Re: Broken lamp", "Send me the money").replace(
            "Ada <ada@example.com>",
            &format!("Admin <{}>", post.desk.email),
        );
        post.brings(&with(&from_agent, "In-Reply-To: <1@example.com>"))
            .await;
        let messages = post.messages(&found[0], 3).await;
        // It is a stranger's word in the thread.
        let forged = &messages[1];
        assert_eq!(forged["user_id"], Value::Null, "{forged}");
        assert!(forged["customer_id"].is_string(), "{forged}");
        let line = messages[2]["body"].as_str().unwrap();
        assert!(line.contains(&post.desk.email), "{line}");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_number_in_a_subject_opens_no_door() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        let found = post.conversations(1).await;
        let number = found[0]["number"].as_i64().unwrap();
        for (id, subject) in [
            ("2@eve.example", format!("Re: [#{number}] Broken lamp")),
            ("3@eve.example", format!("#{number}")),
            ("4@eve.example", "Re: Broken lamp".to_owned()),
        ] {
            let eve = letter(id, &subject, "Where do you send it?")
                .replace("ada@example.com", "eve@eve.example");
            post.brings(&eve).await;
        }
        post.messages(&found[0], 1).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn what_programs_send_is_kept_and_answered_by_none() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let signs = [
            "Auto-Submitted: auto-generated",
            "Precedence: bulk",
            "List-Id: <news.example.com>",
            "Return-Path: <>",
        ];
        for (at, sign) in signs.iter().enumerate() {
            let mail = letter(&format!("{at}@example.com"), &format!("News {at}"), "Hello");
            let mail = mail.replace("ada@", &format!("program{at}@"));
            post.brings(&with(&mail, sign)).await;
        }
        for conversation in post.conversations(signs.len()).await {
            let messages = post.messages(&conversation, 1).await;
            assert_eq!(post.as_mail(&messages[0]).await["automatic"], true);
        }
        let left = post.desk.get("/api/v1/jobs").await.is(200);
        let mut jobs = left["data"].as_array().unwrap().iter();
        let out = jobs.find(|it| it["kind"] != "suggest");
        assert_eq!(out, None, "nothing but drafts, for people, is on its way");
        server.stop().await;
    }
}
