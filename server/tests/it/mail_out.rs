//! Mail on its way out, to a server that says what it is told to say.

use crate::jobs::put_off;
use frontdesk_testkit::{Desk, MailServer, Says, TestServer, engines, eventually};
use serde_json::{Value, json};

/// Connects the desk's inbox to the mail server.
pub(crate) async fn mailbox(desk: &Desk, server: &MailServer, more: Value) -> String {
    let mut settings = json!({
        "address": "support@acme.test", "name": "Acme",
        "smtp": { "host": "127.0.0.1", "port": server.port, "security": "none", "user": "support" } });
    let fields = settings.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    let connection = json!({ "connection": {
        "name": "Mail", "kind": "email", "inbox_id": desk.inbox_id,
        "settings": settings, "secrets": { "password": "s3cret" } } });
    let made = desk.post("/api/v1/connections", connection).await.data(201);
    made["id"].as_str().unwrap().to_owned()
}

/// A conversation by mail with somebody at this address.
pub(crate) async fn by_mail(desk: &Desk, email: &str) -> String {
    let (customer_id, _) = desk.visitor("Grace", "Hello").await;
    let path = format!("/api/customers/{customer_id}");
    let known = json!({ "customer": { "email": email } });
    desk.put(&path, known).await.is(200);
    let started = json!({ "conversation": {
        "customer_id": customer_id, "source": "email", "subject": "Parcel",
        "inbox_id": desk.inbox_id } });
    let started = desk.post("/api/conversations", started).await.data(201);
    started["id"].as_str().unwrap().to_owned()
}

/// The message, once it has come so far.
pub(crate) async fn reaches(desk: &Desk, message: &Value, state: &str) -> Value {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        let shown = desk.get(&path).await.data(200);
        (shown["delivery_state"] == state).then_some(shown)
    })
    .await
}

async fn health(desk: &Desk, id: &str) -> Value {
    desk.get(&format!("/api/v1/connections/{id}"))
        .await
        .data(200)
}

#[tokio::test]
async fn a_reply_is_a_mail_that_names_its_message() {
    for engine in engines() {
        let post = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = mailbox(&desk, &post, json!({ "signature": "{agent}\nAcme Ltd" })).await;
        let conversation = by_mail(&desk, "grace@example.test").await;
        let reply = desk.reply(&conversation, "It is on its way.").await;
        reaches(&desk, &reply, "sent").await;
        let taken = post.taken();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].from, "support@acme.test");
        assert_eq!(taken[0].to, ["grace@example.test"]);
        let mail = &taken[0].mail;
        let message_id = format!("Message-ID: <{}@acme.test>", reply["id"].as_str().unwrap());
        for part in [
            &message_id[..],
            "Subject: Parcel",
            "Acme Ltd",
            "From: Acme <support@acme.test>",
        ] {
            assert!(mail.contains(part), "{part}: {mail}");
        }
        assert!(!mail.contains("Auto-Submitted"), "{mail}");
        // "\0support\0s3cret" in base64.
        assert_eq!(post.signed_in(), ["AUTH PLAIN AHN1cHBvcnQAczNjcmV0"]);
        assert_eq!(health(&desk, &id).await["state"], "working");
        server.stop().await;
    }
}

#[tokio::test]
async fn who_writes_has_a_signature_of_their_own_within_the_inboxs() {
    for engine in engines() {
        let post = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = mailbox(&desk, &post, json!({})).await;
        let own = json!({ "user_settings": { "signature": "Ada\nLamps and bulbs" } });
        let kept = desk.put("/api/user_settings", own).await.data(200);
        assert_eq!(kept["signature"], "Ada\nLamps and bulbs");
        let conversation = by_mail(&desk, "grace@example.test").await;
        let first = desk.reply(&conversation, "One.").await;
        reaches(&desk, &first, "sent").await;
        let changed = json!({ "connection": { "settings": {
            "address": "support@acme.test", "signature": "{signature}\nAcme Ltd",
            "smtp": { "host": "127.0.0.1", "port": post.port, "security": "none", "user": "support" } } } });
        desk.put(&format!("/api/v1/connections/{id}"), changed)
            .await
            .data(200);
        let second = desk.reply(&conversation, "Two.").await;
        reaches(&desk, &second, "sent").await;
        let taken = post.taken();
        assert!(
            taken[0].mail.contains("Ada\r\nLamps and bulbs"),
            "{}",
            taken[0].mail
        );
        let both = "Ada\r\nLamps and bulbs\r\nAcme Ltd";
        assert!(taken[1].mail.contains(both), "{}", taken[1].mail);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_the_server_takes_later_is_tried_again_and_what_it_refuses_is_not() {
    for engine in engines() {
        let post = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        mailbox(&desk, &post, json!({})).await;
        let conversation = by_mail(&desk, "grace@example.test").await;
        post.says("RCPT", Says::Line("451 4.7.1 greylisted".to_owned()));
        let reply = desk.reply(&conversation, "one").await;
        put_off(&desk, 1).await;
        let waits = reaches(&desk, &reply, "queued").await;
        let why = waits["delivery_reason"].as_str().unwrap();
        assert!(why.contains("451 4.7.1 greylisted"), "{why}");
        server.clock.advance_seconds(10);
        reaches(&desk, &reply, "sent").await;
        post.says("RCPT", Says::Line("550 5.1.1 unknown".to_owned()));
        let reply = desk.reply(&conversation, "two").await;
        let failed = reaches(&desk, &reply, "failed").await;
        let why = "there is no such mailbox: 550 5.1.1 unknown";
        assert_eq!(failed["delivery_reason"], why);
        assert_eq!(post.taken().len(), 1);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_is_uncertain_and_never_sent_again() {
    for engine in engines() {
        let post = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        mailbox(&desk, &post, json!({})).await;
        let conversation = by_mail(&desk, "grace@example.test").await;
        post.says(".", Says::Leaves);
        let lost = desk.reply(&conversation, "one").await;
        let lost = reaches(&desk, &lost, "unknown").await;
        let why = lost["delivery_reason"].as_str().unwrap();
        assert!(why.contains("broke off"), "{why}");
        // A connection that breaks before the mail has lost nothing.
        post.says("DATA", Says::Leaves);
        let reply = desk.reply(&conversation, "two").await;
        put_off(&desk, 1).await;
        server.clock.advance_seconds(10);
        reaches(&desk, &reply, "sent").await;
        let taken = post.taken();
        assert_eq!(taken.len(), 1, "{taken:?}");
        assert!(taken[0].mail.contains("two"));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_password_that_is_refused_is_told_and_holds_the_mail_back() {
    for engine in engines() {
        let post = MailServer::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = mailbox(&desk, &post, json!({})).await;
        let conversation = by_mail(&desk, "grace@example.test").await;
        post.says("AUTH", Says::Line("535 5.7.8 wrong".to_owned()));
        let reply = desk.reply(&conversation, "one").await;
        put_off(&desk, 1).await;
        let shown = health(&desk, &id).await;
        assert_eq!(shown["state"], "refused");
        let why = shown["reason"].as_str().unwrap();
        assert!(
            why.contains("does not take the user and the password"),
            "{why}"
        );
        reaches(&desk, &reply, "queued").await;
        server.clock.advance_seconds(60);
        reaches(&desk, &reply, "sent").await;
        assert_eq!(health(&desk, &id).await["state"], "working");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_server_in_a_private_network_is_not_called_unasked() {
    for engine in engines() {
        let post = MailServer::start().await;
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let id = mailbox(&desk, &post, json!({})).await;
        let conversation = by_mail(&desk, "grace@example.test").await;
        desk.reply(&conversation, "one").await;
        put_off(&desk, 1).await;
        let shown = health(&desk, &id).await;
        let why = shown["reason"].as_str().unwrap();
        assert!(why.contains("outgoing.allow"), "{why}");
        assert_eq!(post.signed_in(), Vec::<String>::new());
        server.stop().await;
    }
}
