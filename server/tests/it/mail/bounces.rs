//! What comes back: reports about mail of ours, which are shown on the message they speak of.

use super::post::{Post, letter};
use frontdesk_db::DbError;
use frontdesk_db::queries::mails;
use frontdesk_domain::json::Json;
use frontdesk_domain::mail::{Mail, MailBody};
use frontdesk_domain::{MailDirection, MessageId, Source};
use frontdesk_server::work::{Deliverer, Deliverers, Handed, Outgoing, Repeated};
use frontdesk_testkit::{TestServer, engines, eventually};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::Value;
use std::sync::Arc;

/// A way out by which everything goes.
#[derive(Debug)]
struct Goes;

impl Deliverer for Goes {
    fn deliver(&self, _: Outgoing) -> BoxFuture<'_, Handed> {
        async { Handed::Sent }.boxed()
    }

    fn repeated(&self) -> Repeated {
        Repeated::Harmless
    }
}

async fn becomes(post: &Post<'_>, message: &Value, state: &str) -> Value {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        let shown = post.desk.get(&path).await.data(200);
        (shown["delivery_state"] == state).then_some(shown)
    })
    .await
}

/// Writes down that the message went as a mail.
async fn went(server: &TestServer, post: &Post<'_>, message: &Value, mail_id: &str) {
    let id: MessageId = message["id"].as_str().unwrap().parse().unwrap();
    let account_id = post.account_id();
    let mail_id = mail_id.to_owned();
    let db = server.running().db();
    db.write(account_id, move |unit| {
        let mail = Mail {
            message_id: id,
            account_id,
            connection_id: None,
            direction: MailDirection::Out,
            mail_id: Some(mail_id),
            theirs: "ada@example.com".to_owned(),
            topic: "broken lamp".to_owned(),
            details: Json("{}".to_owned()),
            created_at: unit.now(),
        };
        mails::insert(unit, &mail, &MailBody::default())?;
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

fn report(about: &str, action: &str) -> String {
    format!(
        "Message-ID: <r-{about}>\r\nFrom: MAILER-DAEMON@mx.example.com\r\nTo: support@example.com\r\n\
        Return-Path: <>\r\nSubject: Undelivered\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
        --b\r\n\r\nIt could not be delivered.\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n\
        Final-Recipient: rfc822; ada@example.com\r\nAction: {action}\r\nStatus: 5.1.1\r\n\
        Diagnostic-Code: smtp; 550 no such user\r\n\r\n\
        --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{about}>\r\n\r\n--b--\r\n"
    )
}

/// A mailbox with a letter that was answered by a mail of ours, `ours@example.com`.
async fn answered<'s>(server: &'s TestServer) -> (Post<'s>, Value, Value) {
    let post = Post::open(server).await;
    post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
        .await;
    let found = post.conversations(1).await.remove(0);
    let reply = post
        .desk
        .reply(found["id"].as_str().unwrap(), "Sorry")
        .await;
    becomes(&post, &reply, "sent").await;
    went(server, &post, &reply, "ours@example.com").await;
    (post, found, reply)
}

/// What a mail provider sends when somebody presses a button that says spam (RFC 5965).
fn complaint(about: &str) -> String {
    format!(
        "Message-ID: <c-{about}>\r\nFrom: abuse@mx.example.com\r\nTo: support@example.com\r\n\
        Subject: complaint\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n\
        --b\r\n\r\nThis is a report of abuse.\r\n\
        --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\
        User-Agent: Loop/1.0\r\nVersion: 1\r\n\r\n\
        --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{about}>\r\nSubject: Re: Broken lamp\r\n\r\n\
        Sorry\r\n--b--\r\n"
    )
}

#[tokio::test]
async fn a_complaint_stands_on_the_message_it_is_about() {
    for engine in engines() {
        let ways = Deliverers::from([(Source::Email, Arc::new(Goes) as Arc<dyn Deliverer>)]);
        let server = TestServer::start_among(engine, |_| {}, ways).await;
        let (post, found, reply) = answered(&server).await;
        post.brings(&complaint("another@example.com")).await;
        post.brings(&complaint("ours@example.com")).await;
        let shown = becomes(&post, &reply, "sent").await;
        let reason = shown["delivery_reason"].as_str().unwrap();
        assert_eq!(reason, "the recipient complained about it (abuse)");
        // It is no message of anybody, and nothing answers it.
        post.messages(&found, 2).await;
        post.conversations(1).await;
        let waits = post.waiting(1).await;
        assert_eq!(waits[0]["reason"], "unmatched_report");
        server.stop().await;
    }
}

#[tokio::test]
async fn what_bounced_says_why_and_nothing_else_does() {
    for engine in engines() {
        let ways = Deliverers::from([(Source::Email, Arc::new(Goes) as Arc<dyn Deliverer>)]);
        let server = TestServer::start_among(engine, |_| {}, ways).await;
        let (post, found, reply) = answered(&server).await;
        post.brings(&report("another@example.com", "failed")).await;
        post.brings(&report("ours@example.com", "delayed")).await;
        let waits = becomes(&post, &reply, "sent").await;
        let reason = waits["delivery_reason"].as_str().unwrap();
        assert!(reason.starts_with("it waits"), "{reason}");
        for _ in 0..2 {
            post.brings(&report("ours@example.com", "failed").replace("r-ours", "s"))
                .await;
        }
        let back = becomes(&post, &reply, "failed").await;
        let reason = back["delivery_reason"].as_str().unwrap();
        assert!(reason.contains("550 no such user"), "{reason}");
        post.conversations(1).await;
        post.messages(&found, 2).await;

        // A copy of what we sent is known; somebody who only claims to be us waits.
        let ours = letter("ours@example.com", "Re: Broken lamp", "Sorry")
            .replace("ada@example.com", "support@example.com");
        post.brings(&ours).await;
        server.clock.advance_seconds(1);
        post.brings(&ours.replace("ours@", "theirs@")).await;
        post.messages(&found, 2).await;
        post.conversations(1).await;
        let waits = post.waiting(2).await;
        assert_eq!(waits[0]["reason"], "unmatched_report");
        assert_eq!(waits[1]["reason"], "loop");
        server.stop().await;
    }
}
