//! Messages at a steady rate to a server that runs, for whoever measures a terminal meanwhile.
//!
//!     message_load URL EMAIL PASSWORD [RATE] [SECONDS]
//!
//! Two hundred conversations are opened first; then RATE messages a second are written into them, as
//! answers of the agent who is named.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "this program measures, and fails where it stands"
)]

use frontdesk_testkit::Desk;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

const CONVERSATIONS: usize = 200;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [url, email, password, rest @ ..] = words.as_slice() else {
        panic!("usage: message_load URL EMAIL PASSWORD [RATE] [SECONDS]");
    };
    let number = |at: usize, usual: u64| rest.get(at).map_or(usual, |it| it.parse().unwrap());
    let (rate, seconds) = (number(0, 200), number(1, 60));
    let desk = Arc::new(Desk::of(url, email, password).await);
    let mut conversations = Vec::new();
    for n in 0..CONVERSATIONS {
        conversations.push(desk.visitor(&format!("Customer {n}"), "Hello").await.1);
    }
    say(&format!("{rate} messages a second for {seconds} s"));
    let (began, mut under_way, mut told) = (Instant::now(), JoinSet::new(), 0_u64);
    let mut ticks = interval(Duration::from_micros(1_000_000 / rate));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for n in 0..usize::try_from(rate * seconds).unwrap() {
        ticks.tick().await;
        let (desk, id) = (Arc::clone(&desk), conversations[n % CONVERSATIONS].clone());
        under_way.spawn(async move { desk.reply(&id, &format!("Answer {n}")).await });
        while let Some(done) = under_way.try_join_next() {
            done.unwrap();
            told += 1;
        }
    }
    while let Some(done) = under_way.join_next().await {
        done.unwrap();
        told += 1;
    }
    let took = began.elapsed().as_secs_f64();
    say(&format!("{told} messages in {took:.1} s"));
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
