//! What a visitor has not seen of a chat is mailed to them, once; their answer comes back into the chat.

use super::post::Post;
use frontdesk_testkit::{MailServer, TestServer, engines, eventually};
use serde_json::{Value, json};

/// A desk that sends by this server, and a chat with somebody who left an address.
async fn chat(post: &Post<'_>, mail: &MailServer, email: &str) -> (String, String) {
    post.set(json!({
        "address": "support@example.com", "name": "Acme", "unread_minutes": 5,
        "smtp": { "host": "127.0.0.1", "port": mail.port, "security": "none" } }))
        .await;
    let (customer_id, id) = post.desk.visitor("Ada", "Where is my parcel?").await;
    let known = json!({ "customer": { "email": email } });
    let path = format!("/api/customers/{customer_id}");
    post.desk.put(&path, known).await.is(200);
    (customer_id, id)
}

/// The mails that went out, once there are so many.
async fn taken(mail: &MailServer, count: usize) -> Vec<String> {
    eventually(async || {
        let all = mail.taken();
        (all.len() == count).then_some(())
    })
    .await;
    mail.taken().into_iter().map(|it| it.mail).collect()
}

async fn thread(post: &Post<'_>, id: &str) -> Vec<Value> {
    let path = format!("/api/conversations/{id}");
    let shown = post.desk.get(&path).await.data(200);
    shown["messages"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_was_not_seen_is_mailed_once_and_the_answer_comes_back() {
    for engine in engines() {
        let mail = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        let (_, id) = chat(&post, &mail, "ada@example.com").await;
        post.desk.reply(&id, "It is on its way.").await;
        server.clock.advance_seconds(4 * 60);
        post.desk.reply(&id, "It comes tomorrow.").await;
        assert!(mail.taken().is_empty(), "it waits for five minutes");
        server.clock.advance_seconds(60);
        let mails = taken(&mail, 1).await;
        for part in [
            "It is on its way.",
            "It comes tomorrow.",
            "> Where is my parcel?",
        ] {
            assert!(mails[0].contains(part), "{part}: {}", mails[0]);
        }
        // Later replies go by themselves, and nothing goes twice.
        server.clock.advance_seconds(10 * 60);
        post.desk.reply(&id, "Are you there?").await;
        server.clock.advance_seconds(6 * 60);
        let mails = taken(&mail, 2).await;
        assert!(mails[1].contains("Are you there?"), "{}", mails[1]);
        assert!(!mails[1].contains("It comes tomorrow."), "{}", mails[1]);
        assert!(mails[1].contains("References: <"), "{}", mails[1]);

        let line = mails[1]
            .lines()
            .find(|it| it.starts_with("Reply-To:"))
            .unwrap();
        let address = line.split(['<', '>']).nth(1).unwrap();
        let answer = format!(
            "Message-ID: <1@ada.test>\r\nFrom: Ada <ada@example.com>\r\nTo: {address}\r\n\
            Subject: Re: A message from Acme\r\n\r\nYes, thank you.\r\n"
        );
        post.brings(&answer).await;
        let messages = thread(&post, &id).await;
        let last = messages.last().unwrap();
        assert_eq!(last["body"], "Yes, thank you.");
        assert_eq!(messages.len(), 5, "{messages:#?}");
        server.stop().await;
    }
}

#[tokio::test]
async fn what_was_seen_is_not_mailed() {
    for engine in engines() {
        let mail = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        let (customer_id, seen) = chat(&post, &mail, "ada@example.com").await;
        let (_, unseen) = chat(&post, &mail, "bob@example.com").await;
        post.desk.reply(&seen, "Here you are.").await;
        let mut visitor = post.desk.visitor_socket().await;
        let topic = format!("conversation:{seen}");
        let joining = json!({ "customer_id": customer_id });
        assert_eq!(visitor.join(&topic, joining).await["status"], "ok");
        visitor.push(&topic, "messages:seen", json!({})).await;
        eventually(async || {
            let messages = thread(&post, &seen).await;
            messages[1]["seen_at"].is_string().then_some(())
        })
        .await;
        drop(visitor);
        post.desk.reply(&unseen, "And you?").await;
        server.clock.advance_seconds(6 * 60);
        let mails = taken(&mail, 1).await;
        assert!(mails[0].contains("And you?"), "{}", mails[0]);
        server.stop().await;
    }
}
