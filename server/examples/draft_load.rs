//! What drafts cost beyond the model's own time: the program itself, with a stand-in of a model's service that
//! answers at once, or in a measured time.
//!
//! - `draft_load first [N]`: from a customer's message to the first words of a draft at an agent's socket. The
//!   half second is in it for which the server waits whether the customer goes on.
//! - `draft_load queue [N] [AT_ONCE] [MS]`: N customers write at the same time; AT_ONCE drafts are made at a time,
//!   and the model takes MS for each. Compared is with a model that never has to wait.
//! - `draft_load stream [N]`: N drafts are being written, for three minutes. It says how to sign in, for whoever
//!   measures a terminal meanwhile, and ends with its standard input.
//!
//! The server's program lies one folder above this one, as cargo leaves it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "this program measures, and fails where it stands"
)]

use frontdesk_testkit::load::Place;
use frontdesk_testkit::{Answers, Engine, ModelServer, Shell, Socket};
use serde_json::json;
use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt as _;
use tokio::sync::Semaphore;
use tokio::time::sleep;

const ANSWER: &str = "Refunds take five working days [1].";
const QUESTION: &str = "When is the refund for my parcel?";

/// What Linux counts a process's time in.
const TICK_MILLIS: u64 = 10;

/// Words of a draft that goes on while a terminal is measured, and how often one comes.
const WORDS: usize = 9_000;
const BETWEEN_WORDS: Duration = Duration::from_millis(20);

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let mut number = |usual: u64| arguments.next().map_or(usual, |it| it.parse().unwrap());
    match what.as_str() {
        "first" => first(number(100)).await,
        "queue" => queue(number(1_000), number(8), number(200)).await,
        "stream" => stream(number(5)).await,
        other => panic!("{other:?} is none of first, queue and stream"),
    }
}

/// A desk whose drafts this model writes.
async fn desk(model: &ModelServer, at_once: u64) -> Place {
    let shell = Shell::new()
        .knowing("FRONTDESK_AI_BASE_URL", &model.url)
        .knowing("FRONTDESK_AI_AT_ONCE", &at_once.to_string())
        .knowing("FRONTDESK_AI_TIMEOUT", "300")
        .knowing("FRONTDESK_LIMITS_VISITOR_RATE", "1000000")
        .knowing("FRONTDESK_LIMITS_WIDGET_RATE", "1000000")
        .knowing("FRONTDESK_LIMITS_ADDRESS_RATE", "1000000");
    let mut place = Place::unserved(shell, Engine::Sqlite).await;
    place.start();
    place.sign_in().await;
    let text = "Refunds take five working days after your parcel is back.";
    let canned = json!({ "canned_response": { "name": "Refunds", "content": text } });
    place
        .desk
        .post("/api/canned_responses", canned)
        .await
        .data(201);
    place
}

/// An agent's socket that hears of everything that happens.
async fn agent(place: &Place) -> Socket {
    let mut socket = place.desk.socket().await;
    let topic = format!("notification:{}", place.desk.account_id);
    socket.join(&topic, json!({ "cursor": 0 })).await;
    socket
}

async fn first(count: u64) {
    let model = ModelServer::start([Answers::Streams(ANSWER.to_owned())]).await;
    let mut place = desk(&model, 8).await;
    let mut socket = agent(&place).await;
    let mut took = Vec::new();
    for n in 0..count {
        let (customer, _) = place.desk.visitor(&format!("Customer {n}"), "Hello").await;
        // A socket that says nothing is closed after a while.
        socket.push("phoenix", "heartbeat", json!({})).await;
        let began = Instant::now();
        let id = place.desk.writes_first(&customer, QUESTION).await;
        socket
            .wait(|frame| {
                let told = &frame[4];
                let has_words = told["text"].as_str().is_some_and(|text| !text.is_empty());
                frame[3] == "draft:text" && told["conversation_id"] == id.as_str() && has_words
            })
            .await;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    say(&format!(
        "message to first words, {count} times: p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, most {:.1} ms",
        at(50),
        at(90),
        at(99),
        at(100),
    ));
    place.stop().await;
}

async fn queue(count: u64, at_once: u64, millis: u64) {
    let answer = Answers::Late(
        Duration::from_millis(millis),
        Box::new(Answers::Streams(ANSWER.to_owned())),
    );
    let model = ModelServer::start([answer]).await;
    let mut place = desk(&model, at_once).await;
    let began = Instant::now();
    for n in 0..count {
        place.desk.visitor(&format!("Customer {n}"), QUESTION).await;
    }
    let written = began.elapsed();
    let ready = async || {
        let usage = place.desk.get("/api/v1/ai/usage").await.data(200);
        usage["by_model"][0]["runs"].as_u64().unwrap_or(0)
    };
    while ready().await < count {
        sleep(Duration::from_millis(100)).await;
    }
    let (whole, cpu) = (began.elapsed(), cpu(&mut place));
    let alone = Duration::from_millis(millis * count / at_once.max(1));
    say(&format!(
        "{count} messages written in {:.1} s, all drafts ready after {:.1} s; a model that never waits takes {:.1} s",
        written.as_secs_f64(),
        whole.as_secs_f64(),
        alone.as_secs_f64(),
    ));
    say(&format!(
        "at most {} of {at_once} at a time, {} questions, {:.2} ms of the server's CPU for each message with its draft",
        model.busiest(),
        model.asked().len(),
        cpu.as_secs_f64() * 1_000.0 / u32::try_from(count).map_or(1.0, f64::from),
    ));
    place.stop().await;
}

async fn stream(count: u64) {
    let gate = Arc::new(Semaphore::new(0));
    let words = (0..WORDS).map(|n| format!("word {n} ")).collect();
    let model = ModelServer::start([Answers::Paced(words, Arc::clone(&gate))]).await;
    let mut place = desk(&model, count).await;
    for n in 0..count {
        place.desk.visitor(&format!("Customer {n}"), QUESTION).await;
    }
    say(&format!(
        "{} ada@acme.test, password: correct horse; {count} drafts are being written",
        place.desk.url
    ));
    let each = usize::try_from(count).unwrap();
    let mut byte = [0];
    let mut input = tokio::io::stdin();
    loop {
        tokio::select! {
            _ = input.read(&mut byte) => break,
            () = sleep(BETWEEN_WORDS) => gate.add_permits(each),
        }
    }
    place.kill();
}

/// How long the server has worked.
fn cpu(place: &mut Place) -> Duration {
    let pid = place.serving().pid().as_raw_nonzero();
    let told = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // What stands in the brackets may be anything.
    let (_, rest) = told.rsplit_once(')').unwrap();
    let ticks = rest.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.map(|it| it.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * TICK_MILLIS)
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
