//! The model's service as those who run the server meet it: what it costs, when it is down, and whether it
//! works at all.

use crate::ai::{canned, draft_in, drafting, drafts, runs};
use frontdesk_server::config::{Config, Count, Money, Price, Prices};
use frontdesk_testkit::{
    Answers, Desk, Engine, Means, ModelServer, Shell, TestServer, engines, eventually,
};
use serde_json::{Value, json};
use std::cell::Cell;
use std::time::Duration;

const REFUND: &str = "Refunds take five working days after your parcel is back.";

async fn desk_of(
    engine: Engine,
    model: &ModelServer,
    change: impl FnOnce(&mut Config),
) -> (TestServer, Desk) {
    let server = TestServer::start_with(engine, |config| {
        config.ai.base_url.clone_from(&model.url);
        config.ai.retries = Count(0);
        change(config);
    })
    .await;
    let desk = server.company("Acme").await;
    canned(&desk, "Refunds", REFUND).await;
    (server, desk)
}

fn streams(text: &str) -> Answers {
    Answers::Streams(text.to_owned())
}

fn down() -> Answers {
    Answers::Refuses(503, Vec::new(), String::new())
}

async fn ask(desk: &Desk, id: &str) -> Value {
    let path = format!("/api/v1/conversations/{id}/drafts");
    desk.post(&path, json!({})).await.data(201)
}

#[tokio::test]
async fn a_server_stops_in_time_while_a_model_is_waited_for() {
    for engine in engines() {
        let waits = Answers::Waits(Box::new(streams("Never said [1].")));
        let model = ModelServer::start([waits]).await;
        let (server, desk) = desk_of(engine, &model, |config| {
            config.grace = Duration::from_millis(400);
        })
        .await;
        drafting(&desk).await;
        let (_, id) = desk.visitor("Grace", "Where is parcel 7?").await;
        ask(&desk, &id).await;
        let path = format!("/api/v1/conversations/{id}/rewrite");
        let wish = json!({ "text": "It is on its way.", "wish": "warmer" });
        let rewriting = desk.post(&path, wish);
        let stopping = async {
            eventually(async || (model.asked().len() >= 2).then_some(())).await;
            // It fails where anything is left of the draft or of the request.
            server.stop().await;
        };
        let (rewritten, ()) = tokio::join!(rewriting, stopping);
        rewritten.is(503);
    }
}

/// The number of the parcel in each question, in the order they came in.
fn parcels(model: &ModelServer, after: usize) -> Vec<usize> {
    let calls = model.asked();
    let number = |call: &frontdesk_testkit::Asked| {
        let told = call.body["messages"][1]["content"].as_str().unwrap();
        let (_, rest) = told.split_once("parcel ").unwrap();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    };
    calls.iter().skip(after).map(number).collect()
}

/// Lets time pass until the service was asked once more. A failure that is noted only after the
/// clock was set counts its rest from then on, so time goes on where nobody asks.
async fn until_asked(server: &TestServer, model: &ModelServer, seconds: i64) {
    const LOOKS: u32 = 100;
    let before = model.asked().len();
    let looks = Cell::new(0_u32);
    eventually(async || {
        if looks.get().is_multiple_of(LOOKS) {
            server.clock.advance_seconds(seconds);
        }
        looks.set(looks.get() + 1);
        (model.asked().len() > before).then_some(())
    })
    .await;
}

#[tokio::test]
async fn an_hour_without_the_service_loses_nothing_and_ends_in_order() {
    const WAITING: usize = 24;
    for engine in engines() {
        let model = ModelServer::start([down()]).await;
        let (server, mut desk) = desk_of(engine, &model, |config| config.ai.at_once = 1).await;
        drafting(&desk).await;
        let mut waiting = Vec::new();
        for n in 0..4 {
            let question = format!("When is the refund for parcel {n}?");
            waiting.push(desk.visitor("Grace", &question).await.1);
            until_asked(&server, &model, 1).await;
        }
        // Four failures in a row: it is down, and nobody asks while it rests.
        for n in 4..WAITING {
            let question = format!("When is the refund for parcel {n}?");
            waiting.push(desk.visitor("Grace", &question).await.1);
        }
        let path = format!("/api/v1/conversations/{}/drafts", waiting[WAITING - 1]);
        let refused = desk.post(&path, json!({})).await.is(409).to_string();
        assert!(refused.contains("service is down"), "{refused}");
        for _ in 0..12 {
            until_asked(&server, &model, 300).await;
        }
        let tried = model.asked().len();
        assert!(
            tried <= 4 + 13,
            "{tried} questions to a service that is down"
        );

        model.becomes([streams("Five days [1].")]);
        server.clock.advance_seconds(300);
        desk.sign_in().await;
        for id in &waiting {
            assert_eq!(draft_in(&desk, id, "ready").await["body"], "Five days.");
            assert_eq!(drafts(&desk, id).await.len(), 1);
        }
        let order: Vec<usize> = parcels(&model, tried)
            .into_iter()
            .filter(|n| *n >= 4)
            .collect();
        assert_eq!(order, (4..WAITING).collect::<Vec<_>>());
        server.stop().await;
    }
}

#[tokio::test]
async fn a_month_has_an_end_in_tokens_and_in_money() {
    for engine in engines() {
        let model = ModelServer::start([streams("Five days [1].")]).await;
        let (server, mut desk) = desk_of(engine, &model, |config| {
            config.ai.prices = Prices(vec![Price {
                model: "gpt-4o-mini".to_owned(),
                tokens_in: Money(150_000),
                tokens_out: Money(600_000),
            }]);
            config.ai.monthly_cost = Money(27);
        })
        .await;
        let (_, id) = desk
            .visitor("Grace", "When is the refund for my parcel?")
            .await;
        ask(&desk, &id).await;
        draft_in(&desk, &id, "ready").await;
        let line = &runs(&desk, 1).await[0];
        assert_eq!(
            (&line["cost"], &line["task"]),
            (&json!(27), &json!("draft"))
        );

        let (_, second) = desk
            .visitor("Grace", "When is the refund for my parcel?")
            .await;
        ask(&desk, &second).await;
        let failed = draft_in(&desk, &second, "failed").await;
        assert!(
            failed["reason"]
                .as_str()
                .unwrap()
                .contains("money of this month")
        );
        let usage = desk.get("/api/v1/ai/usage").await.data(200);
        assert_eq!(usage["cost"], 27);
        assert_eq!(usage["tokens"], 120);
        assert_eq!(usage["monthly_cost"], 27);
        assert_eq!(usage["monthly_tokens"], Value::Null);
        assert_eq!(usage["currency"], "USD");
        let share = usage["by_model"].as_array().unwrap();
        assert_eq!(share[0]["tokens_in"], 100);

        // A new month, a new budget; and another company has its own.
        server.clock.advance_seconds(31 * 24 * 3_600);
        desk.sign_in().await;
        assert_eq!(desk.get("/api/v1/ai/usage").await.data(200)["cost"], 0);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_test_says_exactly_what_is_wrong() {
    let told = |code: &str| json!({ "error": { "message": "no", "code": code } }).to_string();
    let refuses = |status, body: String| Answers::Refuses(status, Vec::new(), body);
    let cases = [
        (streams("ready"), 0, "said \"ready\""),
        (refuses(401, told("invalid_api_key")), 1, "into ai.key"),
        (refuses(404, told("model_not_found")), 1, "in ai.model"),
        (
            refuses(404, "<html>not here</html>".to_owned()),
            1,
            "most end in /v1",
        ),
        (refuses(429, told("insufficient_quota")), 1, "Add credit"),
        (refuses(503, String::new()), 1, "answered 503"),
        (Answers::Stalls(String::new()), 1, "ai.timeout"),
        (Answers::Breaks("rea".to_owned()), 1, "broke off"),
    ];
    for (answer, code, words) in cases {
        let model = ModelServer::start([answer]).await;
        let said = test(model.url.clone()).await;
        assert_eq!(said.0, code, "{}", said.1);
        assert!(said.1.contains(words), "{words}: {}", said.1);
    }
    // Nobody there, a name that leads nowhere, and TLS where there is none.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let free = listener.local_addr().unwrap();
    drop(listener);
    let nobody = test(format!("http://{free}/v1")).await;
    assert!(nobody.1.contains("that the service runs"), "{}", nobody.1);
    let nowhere = test("http://no-such-host.invalid/v1".to_owned()).await;
    assert!(nowhere.1.contains("spelled right"), "{}", nowhere.1);
    let model = ModelServer::start([streams("ready")]).await;
    let plain = test(model.url.replace("http://", "https://")).await;
    assert!(plain.1.contains("begins with http://"), "{}", plain.1);
    let none = test(String::new()).await;
    assert!(none.1.contains("No model is set"), "{}", none.1);
}

#[tokio::test]
async fn a_test_asks_the_model_for_embeddings_too() {
    let model = ModelServer::start([streams("ready")]).await;
    for (means, code, words) in [
        (Means::alike(&[&["refund"]]), 0, "answered in 2 numbers"),
        (
            Means::Refuses(404, "<html>".to_owned()),
            1,
            "in ai.embed_model",
        ),
        (
            Means::Refuses(200, "<html>".to_owned()),
            1,
            "cannot be read",
        ),
    ] {
        model.means(means);
        let said = test_with(model.url.clone(), &["--set", "ai.embed_model=small"]).await;
        assert_eq!(said.0, code, "{}", said.1);
        assert!(said.1.contains(words), "{words}: {}", said.1);
    }
}

/// Runs the command against a service, and gives its code and its words.
async fn test(url: String) -> (i32, String) {
    test_with(url, &[]).await
}

/// The same, with more settings.
async fn test_with(url: String, more: &'static [&str]) -> (i32, String) {
    let run = tokio::task::spawn_blocking(move || {
        let shell = Shell::new();
        let url = format!("ai.base_url={url}");
        let mut arguments = vec![
            "ai",
            "test",
            "--set",
            &url,
            "--set",
            "ai.retries=0",
            "--set",
            "ai.timeout=500ms",
        ];
        arguments.extend(more);
        let said = shell.run(&arguments);
        (said.code, said.out)
    });
    run.await.unwrap()
}
