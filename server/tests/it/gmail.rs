//! A mailbox at Google: its owner lets the server in, its mail comes in, answers go out by it, and its
//! owner may end it.

mod broken;
mod discovery;
mod google;

use frontdesk_testkit::{Desk, START, TestServer, engines, eventually, http};
use google::{CLIENT_SECRET, Google, PUSHER};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const OURS: &str = "support@acme.test";

/// A mail from Ada.
fn letter(id: &str, subject: &str, text: &str) -> String {
    format!(
        "Message-ID: <{id}@example.com>\r\nDate: Fri, 27 Nov 2026 10:00:00 +0000\r\n\
         From: Ada <ada@example.com>\r\nTo: {OURS}\r\nSubject: {subject}\r\n\r\n{text}\r\n"
    )
}

/// A desk whose mailbox is at Google; nobody has let it in yet.
async fn at_google(desk: &Desk, google: &str) -> String {
    let settings = json!({ "address": OURS, "name": "Acme", "gmail": {
        "client_id": "client", "base_url": google,
        "push": { "topic": "projects/acme/topics/mail", "account": PUSHER } } });
    let connection = json!({ "connection": {
        "name": "Support", "kind": "email", "inbox_id": desk.inbox_id,
        "settings": settings, "secrets": { "client_secret": CLIENT_SECRET } } });
    let made = desk.post("/api/v1/connections", connection).await.data(201);
    made["id"].as_str().unwrap().to_owned()
}

/// The owner lets us in; says what their browser is shown.
async fn lets_in(server: &TestServer, desk: &Desk, google: &Google, id: &str) -> (u16, String) {
    // What was changed is known by its time.
    server.clock.advance_seconds(1);
    let path = format!("/api/v1/connections/{id}/authorize");
    let page = desk.post(&path, json!({})).await.data(200);
    let back = google.allows(page["url"].as_str().unwrap());
    let shown = http().get(back).send().await.unwrap();
    (shown.status().as_u16(), shown.text().await.unwrap())
}

async fn opened(server: &TestServer, desk: &Desk, google: &Google) -> String {
    opened_by(server, desk, google, &google.url).await
}

/// The same where Google is reached by another address.
async fn opened_by(server: &TestServer, desk: &Desk, google: &Google, url: &str) -> String {
    let id = at_google(desk, url).await;
    assert_eq!(lets_in(server, desk, google, &id).await.0, 200);
    is_so(desk, &id, "working").await;
    id
}

/// How the mailbox is, once it is so.
async fn is_so(desk: &Desk, id: &str, state: &str) -> Value {
    let path = format!("/api/v1/connections/{id}");
    eventually(async || {
        let shown = desk.get(&path).await.data(200);
        (shown["state"] == state).then_some(shown)
    })
    .await
}

/// Google tells that the mailbox has changed.
async fn told(desk: &Desk, id: &str) -> u16 {
    let hook = format!("{}/api/hooks/{id}/push", desk.url);
    let (proof, body) = Google::tells(&hook, OURS, START.seconds());
    let request = http()
        .post(&hook)
        .header("authorization", proof)
        .json(&body);
    request.send().await.unwrap().status().as_u16()
}

/// The conversations, once there are so many.
async fn conversations(desk: &Desk, count: usize) -> Vec<Value> {
    eventually(async || {
        let listed = desk.get("/api/conversations").await.is(200);
        let found = listed["data"].as_array().unwrap().clone();
        assert!(found.len() <= count, "{found:#?}");
        (found.len() == count).then_some(found)
    })
    .await
}

/// The message, once it has come so far.
async fn reaches(desk: &Desk, message: &Value, state: &str) -> Value {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        let shown = desk.get(&path).await.data(200);
        (shown["delivery_state"] == state).then_some(shown)
    })
    .await
}

/// An agent answers with a file.
async fn with_file(desk: &Desk, conversation: &str, content: Vec<u8>) -> Value {
    let form = Form::new()
        .text("account_id", desk.account_id.clone())
        .part("file", Part::bytes(content).file_name("large.txt"));
    let upload = desk.http.post(format!("{}/api/upload", desk.url));
    let kept = upload.multipart(form).send().await.unwrap();
    let kept: Value = kept.json().await.unwrap();
    let message = json!({ "message": { "body": "Three.", "conversation_id": conversation,
        "file_ids": [kept["data"]["id"]] } });
    desk.post("/api/messages", message).await.data(201)
}

#[tokio::test]
async fn a_mailbox_is_read_once_its_owner_has_let_us_in() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = at_google(&desk, &google.url).await;
        let waits = is_so(&desk, &id, "unauthorized").await;
        let why = waits["reason"].as_str().unwrap();
        assert!(why.contains("nobody has signed in"), "{why}");
        assert_eq!(waits["consented_at"], Value::Null);
        for n in 1..=3 {
            let mail = letter(&n.to_string(), &format!("Question {n}"), "Well?");
            google.gets(&format!("m{n}"), &["INBOX", "UNREAD"], &mail);
        }
        google.gets("spam", &["SPAM"], &letter("x", "Rich", "Quick"));
        let (status, page) = lets_in(&server, &desk, &google, &id).await;
        assert_eq!(status, 200, "{page}");
        assert!(
            page.contains("Mail to support@acme.test comes into Frontdesk"),
            "{page}"
        );
        let working = is_so(&desk, &id, "working").await;
        assert!(working["consented_at"].is_string(), "{working}");
        // What came by now is not told again, and what is new is told at once.
        conversations(&desk, 3).await;
        google.gets("m4", &["INBOX"], &letter("4", "Question 4", "Hello?"));
        google.gets("own", &["INBOX", "SENT"], &letter("5", "Own", "Own"));
        google.gets("m6", &["INBOX"], &letter("6", "Question 6", "Hello?"));
        google.gets("m7", &["INBOX"], &letter("7", "Question 7", "Hello?"));
        assert_eq!(told(&desk, &id).await, 204);
        conversations(&desk, 6).await;
        assert_eq!(google.count("gmail.users.watch"), 1);
        assert_eq!(google.count("gmail.users.messages.get"), 6);
        // Without being told, it is looked every minute.
        google.gets("m8", &["INBOX"], &letter("8", "Question 8", "Hello?"));
        server.clock.advance_seconds(60);
        conversations(&desk, 7).await;
        // Who consented did so under the secrets of before.
        let anew = json!({ "connection": { "secrets": { "client_secret": CLIENT_SECRET } } });
        let path = format!("/api/v1/connections/{id}");
        let anew = desk.put(&path, anew).await.data(200);
        assert_eq!(anew["consented_at"], Value::Null);
        google.is_content();
        server.stop().await;
    }
}

#[tokio::test]
async fn numbers_that_google_forgot_lose_and_double_nothing() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        google.gets("m1", &["INBOX"], &letter("1", "Question 1", "Well?"));
        let id = opened(&server, &desk, &google).await;
        conversations(&desk, 1).await;
        google.gets("m2", &["INBOX"], &letter("2", "Question 2", "Well?"));
        google.forgets();
        google.says("/history", 503, "backendError");
        assert_eq!(told(&desk, &id).await, 204);
        is_so(&desk, &id, "failing").await;
        assert_eq!(conversations(&desk, 2).await.len(), 2);
        is_so(&desk, &id, "working").await;
        google.is_content();
        server.stop().await;
    }
}

#[tokio::test]
async fn an_answer_goes_by_google_in_its_thread_and_is_known_by_the_name_it_got() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        google.gets("m1", &["INBOX"], &letter("1", "Lamp", "It is dark."));
        let id = opened(&server, &desk, &google).await;
        let found = conversations(&desk, 1).await.remove(0);
        google.renames("<CAB123@mail.gmail.com>");
        google.ages();
        let conversation = found["id"].as_str().unwrap();
        let reply = desk.reply(conversation, "Press the switch.").await;
        reaches(&desk, &reply, "sent").await;
        let sent = google.sent();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].thread.as_deref(), Some("t-m1"));
        for line in [
            "Subject: Re: Lamp",
            "In-Reply-To: <1@example.com>",
            "From: Acme <support@acme.test>",
        ] {
            assert!(sent[0].mail.contains(line), "{line}: {}", sent[0].mail);
        }
        // The answer names what Google called it, and comes from elsewhere with another subject.
        let answer = letter("2", "Thanks", "It shines.")
            .replace("Subject", "In-Reply-To: <CAB123@mail.gmail.com>\r\nSubject");
        google.gets("m2", &["INBOX"], &answer);
        assert_eq!(told(&desk, &id).await, 204);
        eventually(async || {
            let path = format!("/api/conversations/{conversation}");
            let shown = desk.get(&path).await.data(200);
            (shown["messages"].as_array().unwrap().len() == 3).then_some(())
        })
        .await;
        google.is_content();
        server.stop().await;
    }
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_is_looked_up_and_a_large_one_goes_too() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        google.gets("m1", &["INBOX"], &letter("1", "Lamp", "It is dark."));
        opened(&server, &desk, &google).await;
        let found = conversations(&desk, 1).await.remove(0);
        let conversation = found["id"].as_str().unwrap();
        google.says("/messages/send", 299, "backendError");
        let reply = desk.reply(conversation, "One.").await;
        reaches(&desk, &reply, "sent").await;
        google.says("/messages/send", 400, "invalidArgument");
        let refused = desk.reply(conversation, "Two.").await;
        let refused = reaches(&desk, &refused, "failed").await;
        let why = refused["delivery_reason"].as_str().unwrap();
        assert!(why.starts_with("Google refuses it"), "{why}");
        let large = vec![b'x'; 4_000_000];
        let reply = with_file(&desk, conversation, large).await;
        reaches(&desk, &reply, "sent").await;
        let sent = google.sent();
        assert_eq!(sent.len(), 2);
        assert!(sent[1].mail.len() > 4_000_000 && sent[1].mail.contains("large.txt"));
        assert_eq!(sent[1].thread.as_deref(), Some("t-m1"));
        google.is_content();
        server.stop().await;
    }
}

#[tokio::test]
async fn who_takes_their_consent_back_is_asked_again() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = opened(&server, &desk, &google).await;
        google.locks_out();
        assert_eq!(told(&desk, &id).await, 204);
        let ended = is_so(&desk, &id, "unauthorized").await;
        let why = ended["reason"].as_str().unwrap();
        assert!(why.contains("sign in with Google again"), "{why}");
        google.gets("m1", &["INBOX"], &letter("1", "Meanwhile", "Well?"));
        let path = format!("/api/v1/connections/{id}/test");
        let tested = desk.post(&path, json!({})).await.data(200);
        assert_eq!(tested["works"], false);
        assert_eq!(lets_in(&server, &desk, &google, &id).await.0, 200);
        is_so(&desk, &id, "working").await;
        conversations(&desk, 1).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn only_the_mailbox_that_is_meant_is_let_in_and_a_link_serves_once() {
    for engine in engines() {
        let google = Google::start("boss@acme.test").await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = at_google(&desk, &google.url).await;
        let (status, page) = lets_in(&server, &desk, &google, &id).await;
        assert_eq!(status, 400);
        assert!(
            page.contains("the mailbox of boss@acme.test, and not of support@acme.test"),
            "{page}"
        );
        is_so(&desk, &id, "unauthorized").await;
        let path = format!("/api/v1/connections/{id}/authorize");
        let asked = desk.post(&path, json!({})).await.data(200);
        let back = google.allows(asked["url"].as_str().unwrap());
        let get = async |url: String| http().get(url).send().await.unwrap().status().as_u16();
        let refused = format!("{}/api/hooks/google?error=access_denied", desk.url);
        assert_eq!(get(refused).await, 400);
        let forged = back.replacen("state=", "state=a", 1);
        assert_eq!(get(forged).await, 400);
        assert_eq!(get(format!("{back}x")).await, 400, "another code");
        server.clock.advance_seconds(3601);
        assert_eq!(get(back).await, 400, "an old link");
        let other = server.company("Other").await;
        other.post(&path, json!({})).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn only_google_tells_of_changes() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = opened(&server, &desk, &google).await;
        let hook = format!("{}/api/hooks/{id}/push", desk.url);
        let tells = async |audience: &str, owner: &str, at: i64| {
            let (proof, body) = Google::tells(audience, owner, at);
            let request = http()
                .post(&hook)
                .header("authorization", proof)
                .json(&body);
            request.send().await.unwrap().status().as_u16()
        };
        let now = START.seconds();
        assert_eq!(tells(&hook, OURS, now).await, 204);
        assert_eq!(tells("https://other.test", OURS, now).await, 403);
        assert_eq!(tells(&hook, OURS, now - 4000).await, 403);
        assert_eq!(tells(&hook, "other@acme.test", now).await, 400);
        let unsigned = http().post(&hook).json(&json!({}));
        assert_eq!(unsigned.send().await.unwrap().status().as_u16(), 403);
        server.stop().await;
    }
}
