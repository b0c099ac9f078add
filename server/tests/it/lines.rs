//! Lines to the outside, from a customer's message to the receipt of its answer.

mod amended;
mod answered;
mod apart;
mod custom;
mod desks;
mod files;
mod install;
mod journey;
mod late_files;
mod proxied;
mod seat;
mod slack;
mod storm;
mod telegram;
mod templates;
mod workspace;

use frontdesk_testkit::{Desk, TestServer, engines, eventually, twilio};
use serde_json::{Value, json};
use twilio::{ACCOUNT, OURS, Says, THEIRS, TOKEN, Twilio, posts};

/// A desk with a line for text messages, and the address Twilio is told.
async fn by_text(desk: &Desk, twilio: &Twilio) -> String {
    let settings = json!({ "account_sid": ACCOUNT, "numbers": [OURS], "base_url": twilio.url });
    connect(desk, "sms", settings, json!({ "auth_token": TOKEN })).await
}

/// A desk with a line for WhatsApp.
async fn by_whatsapp(desk: &Desk, twilio: &Twilio) -> String {
    let settings = json!({ "account_sid": ACCOUNT, "numbers": [OURS], "base_url": twilio.url,
        "content_url": twilio.url });
    connect(desk, "whatsapp", settings, json!({ "auth_token": TOKEN })).await
}

/// What Twilio posts of a message on WhatsApp.
fn whatsapp<'a>(sid: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("AccountSid", ACCOUNT),
        ("MessageSid", sid),
        ("From", "whatsapp:+15551234567"),
        ("To", "whatsapp:+15557654321"),
        ("Body", body),
    ]
}

async fn connect(desk: &Desk, kind: &str, settings: Value, secrets: Value) -> String {
    let connection = json!({ "connection": {
        "name": kind, "kind": kind, "inbox_id": desk.inbox_id,
        "settings": settings, "secrets": secrets } });
    let made = desk.post("/api/v1/connections", connection).await.data(201);
    format!("{}/api/hooks/{}", desk.url, made["id"].as_str().unwrap())
}

fn text<'a>(sid: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("AccountSid", ACCOUNT),
        ("MessageSid", sid),
        ("From", THEIRS),
        ("To", OURS),
        ("Body", body),
    ]
}

async fn conversations(desk: &Desk) -> Vec<Value> {
    let listed = desk.get("/api/conversations").await.is(200);
    listed["data"].as_array().unwrap().clone()
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

#[tokio::test]
async fn an_agent_writes_first_and_the_answer_comes_into_the_same_conversation() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        let ana = json!({ "customer": { "name": "Ana", "phone": "+1 (555) 123-4567" } });
        let ana = desk.post("/api/v1/customers", ana).await.data(201);
        let first = |customer: &Value| {
            json!({ "conversation": { "customer_id": customer["id"], "source": "sms",
                "message": { "body": "Your parcel is here" } } })
        };
        let begun = desk
            .post("/api/v1/conversations", first(&ana))
            .await
            .data(201);
        assert_eq!(begun["inbox_id"], desk.inbox_id.as_str());
        let to = eventually(async || twilio.taken("To").pop()).await;
        assert_eq!(to, THEIRS);
        assert_eq!(posts(&hook, TOKEN, &text("SM1", "Thanks")).await, 204);
        let found = conversations(&desk).await;
        assert_eq!(found.len(), 1, "one number is one conversation");
        assert_eq!(found[0]["messages"].as_array().unwrap().len(), 2);
        // There is one to answer in already.
        let again = desk.post("/api/v1/conversations", first(&ana)).await;
        again.is(409);
        let nobody = json!({ "customer": { "name": "Bo", "phone": "123" } });
        let nobody = desk.post("/api/v1/customers", nobody).await.data(201);
        desk.post("/api/v1/conversations", first(&nobody))
            .await
            .is(409);
    }
}

#[tokio::test]
async fn a_text_message_is_answered_and_its_receipts_are_shown_in_any_order() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        let hello = text("SM1", "Hello, is my parcel lost?");
        assert_eq!(posts(&hook, "not the token", &hello).await, 403);
        for _ in 0..2 {
            assert_eq!(posts(&hook, TOKEN, &hello).await, 204);
        }
        assert_eq!(posts(&hook, TOKEN, &text("SM2", "Anybody?")).await, 204);
        let found = conversations(&desk).await;
        assert_eq!(found.len(), 1, "one number is one conversation");
        assert_eq!(found[0]["source"], "sms");
        assert_eq!(found[0]["messages"].as_array().unwrap().len(), 2);
        assert_eq!(found[0]["customer"]["phone"], THEIRS);
        let id = found[0]["id"].as_str().unwrap();
        let reply = desk.reply(id, "It is on its way").await;
        reaches(&desk, &reply, "sent").await;
        assert_eq!(twilio.taken("To"), [THEIRS]);
        assert_eq!(twilio.taken("From"), [OURS]);
        let callback = twilio.taken("StatusCallback").remove(0);
        for status in ["delivered", "sent"] {
            let told = [
                ("AccountSid", ACCOUNT),
                ("MessageSid", "SM3"),
                ("MessageStatus", status),
            ];
            assert_eq!(posts(&callback, TOKEN, &told).await, 204);
        }
        reaches(&desk, &reply, "delivered").await;
        server.stop().await;
    }
}

#[tokio::test]
async fn a_file_of_a_message_is_kept_with_it() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        let (one, two) = (
            format!("{}/media/1", twilio.url),
            "https://evil.test/2".to_owned(),
        );
        let mut fields = text("MM1", "Look");
        fields.extend([
            ("MediaUrl0", one.as_str()),
            ("MediaContentType0", "image/png"),
            ("MediaUrl1", two.as_str()),
        ]);
        assert_eq!(posts(&hook, TOKEN, &fields).await, 204);
        let found = conversations(&desk).await;
        let messages = found[0]["messages"].as_array().unwrap();
        let files = messages[0]["attachments"].as_array().unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0]["content_type"], "image/png");
        let line = messages[1]["body"].as_str().unwrap();
        assert!(
            line.contains("2.bin") && line.contains("not Twilio's"),
            "{line}"
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn who_wrote_stop_gets_nothing_until_they_write_start() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        assert_eq!(posts(&hook, TOKEN, &text("SM1", "Stop")).await, 204);
        let id = conversations(&desk).await[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let reply = desk.reply(&id, "But why?").await;
        let failed = reaches(&desk, &reply, "failed").await;
        let why = failed["delivery_reason"].as_str().unwrap();
        assert!(why.contains("wants to hear no more"), "{why}");
        assert_eq!(posts(&hook, TOKEN, &text("SM2", "START")).await, 204);
        let reply = desk.reply(&id, "Welcome back").await;
        reaches(&desk, &reply, "sent").await;
        assert_eq!(twilio.taken("Body"), ["Welcome back"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn who_wrote_help_is_shown_to_have_asked_and_can_be_answered() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        for _ in 0..2 {
            assert_eq!(posts(&hook, TOKEN, &text("SM1", "help")).await, 204);
        }
        let found = conversations(&desk).await;
        let messages = found[0]["messages"].as_array().unwrap();
        assert_eq!(messages.len(), 2, "{messages:?}");
        let line = messages[1]["body"].as_str().unwrap();
        assert!(line.contains("asks with HELP who writes"), "{line}");
        let reply = desk
            .reply(found[0]["id"].as_str().unwrap(), "Acme. STOP ends it.")
            .await;
        reaches(&desk, &reply, "sent").await;
        server.stop().await;
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_looked_up_and_nothing_goes_twice() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        assert_eq!(posts(&hook, TOKEN, &text("SM1", "Hello")).await, 204);
        let id = conversations(&desk).await[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        twilio.says(Says::Nothing);
        let reply = desk.reply(&id, "On its way").await;
        reaches(&desk, &reply, "sent").await;
        assert_eq!(twilio.taken("Body"), ["On its way"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_twilio_refuses_is_told_in_words_and_credentials_are_shown_on_the_connection() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        assert_eq!(posts(&hook, TOKEN, &text("SM1", "Hello")).await, 204);
        let id = conversations(&desk).await[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        twilio.says(Says::Error(400, 21211));
        let failed = reaches(&desk, &desk.reply(&id, "one").await, "failed").await;
        let why = "this is not a number that takes text messages (Twilio 21211)";
        assert_eq!(failed["delivery_reason"], why);
        twilio.says(Says::Error(401, 20003));
        desk.reply(&id, "two").await;
        let shown = eventually(async || {
            let listed = desk.get("/api/v1/connections").await.data(200);
            let state = listed[0]["state"].as_str().unwrap().to_owned();
            (state == "refused").then_some(listed[0].clone())
        });
        let shown = shown.await;
        let reason = shown["reason"].as_str().unwrap();
        assert!(reason.contains("auth token"), "{shown}");
        assert!(!shown.to_string().contains(TOKEN));
        server.stop().await;
    }
}
