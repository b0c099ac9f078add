//! Lines that are answered without an agent.

use super::telegram::{self, SECRET, Telegram, by_bot, update};
use super::{Twilio, by_text, conversations, posts, text};
use crate::ai::draft_in;
use crate::ai_auto::{answering, said};
use frontdesk_testkit::{TestServer, engines, eventually};
use serde_json::json;

const QUESTION: &str = "When is the refund for my parcel?";
const ANSWER: &str = "Refunds take five days.";

#[tokio::test]
async fn a_text_message_is_answered_within_what_the_line_takes() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_text(&desk, &twilio).await;
        answering(&desk, 3).await;
        let novel = json!({ "knowledge": { "title": "Warranty of lamps",
            "body": "long ".repeat(400), "audience": "public" } });
        desk.post("/api/v1/knowledge", novel).await.data(201);
        posts(&hook, super::TOKEN, &text("SM1", QUESTION)).await;
        let taken = async |count: usize| {
            eventually(async || {
                server.clock.advance_seconds(1);
                let bodies = twilio.taken("Body");
                (bodies.len() >= count).then_some(bodies)
            })
            .await
        };
        assert_eq!(taken(1).await, [ANSWER]);
        let id = conversations(&desk).await[0]["id"].clone();
        let heard = said(&desk, id.as_str().unwrap(), 1).await;
        assert_eq!(heard[0]["source"], "sms");
        posts(
            &hook,
            super::TOKEN,
            &text("SM2", "And the warranty of lamps?"),
        )
        .await;
        assert_eq!(taken(2).await[1], "A colleague takes over.");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_bot_answers_questions_and_no_commands() {
    for engine in engines() {
        let telegram = Telegram::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_bot(&desk, &telegram).await;
        answering(&desk, 1).await;
        for (n, words) in [
            (1, "/start"),
            (2, QUESTION),
            (3, "Thanks! And my other parcel refund?"),
        ] {
            let status = telegram::posts(&hook, SECRET, &update(n, "message", n, words)).await;
            assert_eq!(status, 204);
            if n == 1 {
                eventually(async || {
                    server.clock.advance_seconds(1);
                    let runs = desk.get("/api/v1/ai/runs").await.is(200);
                    (runs["data"][0]["outcome"] == "nothing").then_some(())
                })
                .await;
            }
            let count = usize::try_from(n).unwrap() - 1;
            eventually(async || {
                server.clock.advance_seconds(1);
                (telegram.calls("sendMessage").len() >= count).then_some(())
            })
            .await;
        }
        let sent = telegram.calls("sendMessage");
        let texts: Vec<&str> = sent.iter().map(|it| it["text"].as_str().unwrap()).collect();
        assert_eq!(texts, [ANSWER, "A colleague takes over."]);
        let id = conversations(&desk).await[0]["id"].clone();
        draft_in(&desk, id.as_str().unwrap(), "ready").await;
        server.stop().await;
    }
}
