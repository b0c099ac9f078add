//! What goes to a customer on WhatsApp who has not written for a day.

use super::twilio::content::{APPROVED, WAITING};
use super::twilio::{ACCOUNT, OURS, Says, THEIRS, TOKEN, Twilio, posts};
use super::{connect, conversations, reaches};
use frontdesk_testkit::{Desk, Engine, TestServer, engines};
use serde_json::{Value, json};

/// A desk with a conversation on WhatsApp, a day after the customer wrote.
async fn a_day_later(engine: Engine, twilio: &Twilio) -> (TestServer, Desk, String) {
    let server = TestServer::start_calling(engine).await;
    let mut desk = server.company("Acme").await;
    let settings = json!({ "account_sid": ACCOUNT, "numbers": [OURS], "base_url": twilio.url,
        "content_url": twilio.url });
    let hook = connect(&desk, "whatsapp", settings, json!({ "auth_token": TOKEN })).await;
    let (from, to) = (format!("whatsapp:{THEIRS}"), format!("whatsapp:{OURS}"));
    let hello = [
        ("AccountSid", ACCOUNT),
        ("MessageSid", "SM1"),
        ("From", from.as_str()),
        ("To", to.as_str()),
        ("Body", "Where is it?"),
    ];
    assert_eq!(posts(&hook, TOKEN, &hello).await, 204);
    server.clock.advance_seconds(24 * 3600);
    desk.sign_in().await;
    let id = conversations(&desk).await[0]["id"].clone();
    (server, desk, id.as_str().unwrap().to_owned())
}

#[tokio::test]
async fn templates_are_listed_with_what_whatsapp_said_and_go_out_once() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let (server, desk, id) = a_day_later(engine, &twilio).await;
        let path = format!("/api/v1/conversations/{id}/templates");
        for _ in 0..2 {
            let listed = desk.get(&path).await.data(200);
            let late = json!({ "id": APPROVED, "name": "late", "language": "en", "approval": "approved",
                "text": "Hello {{1}}, your order {{2}} is late.",
                "places": [{ "name": "1", "example": "Ada" }, { "name": "2", "example": null }] });
            assert_eq!(listed[0], late);
            assert_eq!(listed[1]["id"], WAITING);
            assert_eq!(listed[1]["approval"], "waiting");
            assert_eq!(listed.as_array().unwrap().len(), 2);
        }
        assert_eq!(twilio.listed(), 2, "both parts, once");
        let other = desk.reply(&id, "It is late").await;
        let other = reaches(&desk, &other, "failed").await;
        let why = other["delivery_reason"].as_str().unwrap();
        assert!(why.contains("only a template goes out"), "{why}");
        // Nobody has approved this one.
        let waiting = desk.reply(&id, "Thank you, Ada.").await;
        reaches(&desk, &waiting, "failed").await;
        twilio.says(Says::Nothing);
        let reply = desk.reply(&id, "Hello Ada, your order 7 is late.").await;
        reaches(&desk, &reply, "sent").await;
        assert_eq!(twilio.taken("ContentSid"), [APPROVED]);
        let filled: Value = serde_json::from_str(&twilio.taken("ContentVariables")[0]).unwrap();
        assert_eq!(filled, json!({ "1": "Ada", "2": "7" }));
        server.stop().await;
    }
}

#[tokio::test]
async fn where_there_are_none_the_list_is_empty() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = super::by_text(&desk, &twilio).await;
        assert_eq!(posts(&hook, TOKEN, &super::text("SM1", "Hi")).await, 204);
        let id = conversations(&desk).await[0]["id"].clone();
        let path = format!("/api/v1/conversations/{}/templates", id.as_str().unwrap());
        assert_eq!(desk.get(&path).await.data(200), json!([]));
        assert_eq!(twilio.listed(), 0);
        let nobody = uuid::Uuid::nil();
        let path = format!("/api/v1/conversations/{nobody}/templates");
        desk.get(&path).await.is(404);
        server.stop().await;
    }
}
