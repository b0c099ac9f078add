//! The stand-in of a model's service as a program, so that clients that others made can talk to it. Each
//! argument is what one call is answered: `streams:TEXT`, `at-once:TEXT`, `breaks:TEXT` or
//! `refuses:STATUS:CODE`; or, as `means:WORD|WORD`, words that mean the same. It prints its address and what it was asked, a line of JSON each, until its
//! standard input ends.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "this program is for tests only: it fails where it stands"
)]

use frontdesk_testkit::{Answers, Means, ModelServer};
use serde_json::json;
use std::io::Write;
use tokio::io::AsyncReadExt;
use tokio::time::{Duration, sleep};

/// How often it is looked whether somebody asked.
const LOOK: Duration = Duration::from_millis(10);

#[tokio::main]
async fn main() {
    let (means, script): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|it| it.starts_with("means:"));
    let model = ModelServer::start(script.iter().map(|it| answer(it))).await;
    if !means.is_empty() {
        model.means(alike(&means));
    }
    say(&model.url);
    let (mut told, mut told_meanings, mut byte) = (0, 0, [0]);
    let mut input = tokio::io::stdin();
    loop {
        tokio::select! {
            // Whoever started it has gone.
            _ = input.read(&mut byte) => return,
            () = sleep(LOOK) => {}
        }
        for asked in model.asked().into_iter().skip(told) {
            say(&json!({ "head": asked.head, "body": asked.body }).to_string());
            told += 1;
        }
        for asked in model.asked_meanings().into_iter().skip(told_meanings) {
            say(&json!({ "head": asked.head, "body": asked.body }).to_string());
            told_meanings += 1;
        }
    }
}

fn alike(arguments: &[String]) -> Means {
    let groups: Vec<Vec<&str>> = arguments
        .iter()
        .map(|it| it.trim_start_matches("means:").split('|').collect())
        .collect();
    let groups: Vec<&[&str]> = groups.iter().map(Vec::as_slice).collect();
    Means::alike(&groups)
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

fn answer(argument: &str) -> Answers {
    let (how, rest) = argument.split_once(':').unwrap();
    match how {
        "streams" => Answers::Streams(rest.to_owned()),
        "at-once" => Answers::AtOnce(rest.to_owned()),
        "breaks" => Answers::Breaks(rest.to_owned()),
        "refuses" => {
            let (status, code) = rest.split_once(':').unwrap();
            let error = json!({ "message": "no", "type": "error", "param": null, "code": code });
            let headers = vec![("content-type", "application/json".to_owned())];
            let body = json!({ "error": error }).to_string();
            Answers::Refuses(status.parse().unwrap(), headers, body)
        }
        other => panic!("nothing is answered by {other}"),
    }
}
