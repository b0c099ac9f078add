//! Lines that are answered without an agent.

use super::slack::{by_slack, event, told};
use super::telegram::{self, SECRET, Telegram, by_bot, update};
use super::workspace::Workspace;
use super::{Twilio, by_text, by_whatsapp, conversations, custom, posts, text, whatsapp};
use crate::ai::{draft_in, drafts};
use crate::ai_auto::{answering, said};
use frontdesk_testkit::{Desk, Receiver, TestServer, engines, eventually};
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

const AGAIN: &str = "And when is the refund for my other parcel?";
const MINE: &str = "I am on it.";

/// Lets time pass until so much has gone out, and says what.
async fn gone(server: &TestServer, count: usize, texts: impl Fn() -> Vec<String>) -> Vec<String> {
    eventually(async || {
        server.clock.advance_seconds(1);
        let texts = texts();
        (texts.len() >= count).then_some(texts)
    })
    .await
}

/// Lets time pass until there is a draft of the only conversation for an agent.
async fn drafted(server: &TestServer, desk: &Desk) {
    let id = conversations(desk).await[0]["id"].clone();
    eventually(async || {
        server.clock.advance_seconds(1);
        let there = drafts(desk, id.as_str().unwrap()).await;
        there.into_iter().find(|it| it["state"] == "ready")
    })
    .await;
}

/// An agent writes in the only conversation.
async fn takes_over(desk: &Desk) {
    let id = conversations(desk).await[0]["id"].clone();
    desk.reply(id.as_str().unwrap(), MINE).await;
}

#[tokio::test]
async fn whatsapp_is_answered_once_until_a_person_takes_over() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_whatsapp(&desk, &twilio).await;
        answering(&desk, 3).await;
        let texts = || twilio.taken("Body");
        // What Twilio tells twice is answered once.
        for _ in 0..2 {
            let question = whatsapp("SM1", QUESTION);
            assert_eq!(posts(&hook, super::TOKEN, &question).await, 204);
        }
        assert_eq!(gone(&server, 1, texts).await, [ANSWER]);
        assert_eq!(twilio.taken("To"), [format!("whatsapp:{}", super::THEIRS)]);
        takes_over(&desk).await;
        let again = whatsapp("SM2", AGAIN);
        assert_eq!(posts(&hook, super::TOKEN, &again).await, 204);
        drafted(&server, &desk).await;
        assert_eq!(gone(&server, 2, texts).await, [ANSWER, MINE]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_thread_of_slack_is_answered_in_it_until_a_person_takes_over() {
    for engine in engines() {
        let slack = Workspace::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_slack(&desk, &slack).await;
        answering(&desk, 3).await;
        let texts = || -> Vec<String> {
            let posted = slack.posted();
            let texts = posted.iter().map(|it| it["text"].as_str().unwrap());
            texts.map(str::to_owned).collect()
        };
        let question = event("Ev1", "1795000000.000100", |it| {
            it["text"] = json!(QUESTION);
        });
        for _ in 0..2 {
            told(&hook, &question).await;
        }
        assert_eq!(gone(&server, 1, texts).await, [ANSWER]);
        assert_eq!(slack.posted()[0]["thread_ts"], "1795000000.000100");
        takes_over(&desk).await;
        let again = event("Ev2", "1795000001.000100", |it| {
            it["text"] = json!(AGAIN);
            it["thread_ts"] = json!("1795000000.000100");
        });
        told(&hook, &again).await;
        drafted(&server, &desk).await;
        assert_eq!(gone(&server, 2, texts).await, [ANSWER, MINE]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_channel_of_others_is_answered_once_until_a_person_takes_over() {
    for engine in engines() {
        let bridge = Receiver::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = custom::by_bridge(&desk, &format!("{}/out", bridge.url)).await;
        answering(&desk, 3).await;
        let texts = || -> Vec<String> {
            let got = bridge.got();
            let texts = got
                .iter()
                .map(|it| it.json()["text"].as_str().unwrap().to_owned());
            texts.collect()
        };
        let says = async |id: &str, text: &str| {
            let said = json!({ "message": { "id": id, "from": "ada", "text": text } });
            assert_eq!(custom::posts(&desk, &hook, custom::KEY, said).await, 204);
        };
        for _ in 0..2 {
            says("1", QUESTION).await;
        }
        assert_eq!(gone(&server, 1, texts).await, [ANSWER]);
        assert_eq!(bridge.got()[0].json()["to"], "ada");
        takes_over(&desk).await;
        says("2", AGAIN).await;
        drafted(&server, &desk).await;
        assert_eq!(gone(&server, 2, texts).await, [ANSWER, MINE]);
        server.stop().await;
    }
}
