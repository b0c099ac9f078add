//! Whom an answer goes to, and what stands below it.

use super::post::{Post, letter};
use frontdesk_testkit::{MailServer, TestServer, engines, eventually};
use serde_json::{Value, json};

async fn sent(post: &Post<'_>, message: &Value) {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        let shown = post.desk.get(&path).await.data(200);
        (shown["delivery_state"] == "sent").then_some(())
    })
    .await;
}

fn settings(server: &MailServer, quote_history: bool) -> Value {
    json!({ "address": "support@example.com", "aliases": ["help@example.com"],
        "quote_history": quote_history,
        "smtp": { "host": "127.0.0.1", "port": server.port, "security": "none" } })
}

#[tokio::test]
async fn everybody_who_had_the_question_has_the_answer_and_the_question_where_that_is_set() {
    for engine in engines() {
        let outside = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        post.set(settings(&outside, false)).await;
        let all = "To: support@example.com, Bob <bob@example.com>,\r\n Help <help@example.com>";
        let question = letter("1@example.com", "Lamp", "It is dark.").replacen(
            "To: support@example.com",
            all,
            1,
        );
        post.brings(&question).await;
        let found = post.conversations(1).await.remove(0);
        let id = found["id"].as_str().unwrap();
        sent(&post, &post.desk.reply(id, "Press the switch.").await).await;
        let to = ["ada@example.com", "bob@example.com", "cc@example.com"];
        let taken = outside.taken();
        assert_eq!(taken[0].to, to);
        assert!(!taken[0].mail.contains("It is dark."), "{}", taken[0].mail);
        post.set(settings(&outside, true)).await;
        sent(&post, &post.desk.reply(id, "And wait.").await).await;
        let taken = outside.taken();
        assert_eq!(taken[1].to, to);
        assert!(taken[1].mail.contains("> It is dark."), "{}", taken[1].mail);
        server.stop().await;
    }
}

#[tokio::test]
async fn who_answers_from_another_address_joins_and_gets_nothing_old() {
    for engine in engines() {
        let outside = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        post.set(settings(&outside, true)).await;
        post.brings(&letter("1@example.com", "Lamp", "It is dark."))
            .await;
        let other = letter("2@home.test", "Lamp", "Still dark.")
            .replacen("Ada <ada@example.com>", "Ada <ada@home.test>", 1)
            .replacen("Subject", "In-Reply-To: <1@example.com>\r\nSubject", 1);
        post.brings(&other).await;
        let found = post.conversations(1).await.remove(0);
        let messages = post.messages(&found, 3).await;
        assert_eq!(messages[1]["body"], "Still dark.");
        let line = messages[2]["body"].as_str().unwrap();
        assert!(line.contains("ada@home.test"), "{line}");
        let id = found["id"].as_str().unwrap();
        sent(&post, &post.desk.reply(id, "Press the switch.").await).await;
        assert_eq!(outside.taken()[0].to, ["ada@example.com", "cc@example.com"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_blind_copy_comes_in_and_nobody_else_hears_of_it() {
    for engine in engines() {
        let outside = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        post.set(settings(&outside, false)).await;
        // Some servers name who had it, others leave that to the one who hands it over.
        let blind = |id: &str| {
            letter(id, "Lamp", "It is dark.").replacen("support@example.com", "bob@example.com", 1)
        };
        let named = format!(
            "Delivered-To: support@example.com\r\n{}",
            blind("1@example.com")
        );
        post.brings(&named).await;
        post.brings(&blind("2@example.com").replacen("dark", "still dark", 1))
            .await;
        for found in post.conversations(2).await {
            assert_eq!(found["customer"]["email"], "ada@example.com");
            let id = found["id"].as_str().unwrap();
            sent(&post, &post.desk.reply(id, "Press the switch.").await).await;
        }
        // Who answers to us alone by the token is where they were, also as a blind copy.
        let first = post.conversations(2).await.remove(1);
        let again = letter("3@example.com", "Other words", "It shines.");
        let token = post.reply_address(&first);
        let again = again.replacen("support@example.com", "bob@example.com", 1);
        post.brings(&format!("Delivered-To: {token}\r\n{again}"))
            .await;
        post.messages(&first, 3).await;
        for taken in outside.taken() {
            assert_eq!(taken.to, ["ada@example.com"]);
        }
        server.stop().await;
    }
}
