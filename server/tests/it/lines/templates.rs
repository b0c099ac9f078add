//! What goes to a customer on WhatsApp who has not written for a day.

use super::twilio::content::{APPROVED, WAITING};
use super::twilio::{Says, TOKEN, Twilio, posts};
use super::{by_whatsapp, conversations, reaches, whatsapp};
use frontdesk_testkit::{Desk, Engine, TestServer, engines};
use serde_json::{Value, json};

/// A desk with a conversation on WhatsApp, a day after the customer wrote.
async fn a_day_later(engine: Engine, twilio: &Twilio) -> (TestServer, Desk, String) {
    let server = TestServer::start_calling(engine).await;
    let mut desk = server.company("Acme").await;
    let hook = by_whatsapp(&desk, twilio).await;
    let hello = whatsapp("SM1", "Where is it?");
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
                "places": [{ "name": "1", "example": "Ada" }, { "name": "2", "example": null }],
                "why_not": null });
            assert_eq!(listed[1], late);
            let why = |n: usize| (listed[n]["name"].clone(), listed[n]["why_not"].clone());
            assert_eq!(
                why(0),
                (json!("picture"), json!("it has a picture or a file"))
            );
            assert_eq!(listed[2]["id"], WAITING);
            assert_eq!(listed[2]["approval"], "waiting");
            assert_eq!(why(2).1, "it is not approved yet");
            assert_eq!(
                why(3),
                (json!("refund"), json!("it was rejected: PROMOTIONAL"))
            );
            assert_eq!(listed.as_array().unwrap().len(), 4);
        }
        assert_eq!(twilio.listed(), 2, "both parts, once");
        let other = desk.reply(&id, "It is late").await;
        let other = reaches(&desk, &other, "failed").await;
        let why = other["delivery_reason"].as_str().unwrap();
        assert!(why.contains("only a template goes out"), "{why}");
        // Nobody has approved the first of these, and the other would go out with a picture beside it.
        for words in ["Thank you, Ada.", "Look."] {
            let barred = desk.reply(&id, words).await;
            reaches(&desk, &barred, "failed").await;
        }
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
