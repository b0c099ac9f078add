//! A provider that hangs holds up what is its own, and nothing of another's.

use super::slack::{by_slack, event, told};
use super::twilio::{TOKEN, Twilio, posts};
use super::workspace::Workspace;
use super::{by_text, conversations, reaches, text};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use frontdesk_server::config::{Config, Networks};
use frontdesk_testkit::{Desk, Engine, TestServer, engines, eventually};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Calls of a connection at once.
const PLACES: usize = 4;

/// Never answers what is asked below a path, and counts who waits.
#[derive(Debug, Clone)]
struct Hang {
    path: &'static str,
    waiting: Arc<AtomicUsize>,
    /// How many waited at most at once.
    most: Arc<AtomicUsize>,
}

impl Hang {
    fn at(path: &'static str) -> Self {
        Self {
            path,
            waiting: Arc::default(),
            most: Arc::default(),
        }
    }

    fn before(&self, service: Router) -> Router {
        service.layer(from_fn_with_state(self.clone(), hang))
    }

    fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Waits until all places of a connection hang here.
    async fn is_full(&self) {
        eventually(async || (self.waiting() == PLACES).then_some(())).await;
    }
}

/// Somebody who waits.
struct Waits(Arc<AtomicUsize>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn hang(State(hang): State<Hang>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(hang.path) {
        return next.run(request).await;
    }
    let now = hang.waiting.fetch_add(1, Ordering::SeqCst) + 1;
    hang.most.fetch_max(now, Ordering::SeqCst);
    let _waits = Waits(Arc::clone(&hang.waiting));
    std::future::pending().await
}

/// A server that waits so long for an answer.
async fn patient(engine: Engine, timeout: Duration) -> TestServer {
    let change = |config: &mut Config| {
        config.outgoing.allow = Networks::of(&["127.0.0.0/8"]).unwrap();
        config.outgoing.timeout = timeout;
    };
    TestServer::start_with(engine, change).await
}

/// A customer sends a message with a file, and it is taken.
async fn sends_a_file(hook: &str, twilio: &Twilio, sid: &str) {
    let file = format!("{}/media/1", twilio.url);
    let mut fields = text(sid, "Look");
    fields.extend([
        ("MediaUrl0", file.as_str()),
        ("MediaContentType0", "image/png"),
    ]);
    assert_eq!(posts(hook, TOKEN, &fields).await, 204);
}

#[tokio::test]
async fn files_that_hang_keep_no_message_and_no_file_of_another_connection() {
    for engine in engines() {
        let hang = Hang::at("/media/");
        let slow = Twilio::start_behind(|service| hang.before(service)).await;
        let quick = Twilio::start().await;
        // A file may take minutes; a message waits a second for it.
        let server = patient(engine, Duration::from_secs(1)).await;
        let (acme, other) = (server.company("Acme").await, server.company("Other").await);
        let (theirs, ours) = (by_text(&acme, &slow).await, by_text(&other, &quick).await);
        let sids: Vec<String> = (0..12).map(|n| format!("MM{n}")).collect();
        let sent = sids.iter().map(|sid| sends_a_file(&theirs, &slow, sid));
        join_all(sent).await;
        let shown = conversations(&acme).await;
        assert_eq!(shown[0]["messages"].as_array().unwrap().len(), 24);
        hang.most.store(0, Ordering::SeqCst);
        eventually(async || {
            server.clock.advance_seconds(1);
            (hang.waiting() == PLACES).then_some(())
        })
        .await;
        quick.withholds([503]);
        sends_a_file(&ours, &quick, "MM1").await;
        eventually(async || {
            server.clock.advance_seconds(1);
            let found = conversations(&other).await;
            let files = found[0]["messages"][0]["attachments"].as_array()?.len();
            (files == 1).then_some(())
        })
        .await;
        assert_eq!(hang.waiting(), PLACES, "they still hang");
        assert_eq!(hang.most.load(Ordering::SeqCst), PLACES);
        drop(slow);
        server.stop().await;
    }
}

/// A desk whose answers went to Slack.
async fn answered(desk: &Desk, slack: &Workspace, count: usize) -> Vec<String> {
    let hook = by_slack(desk, slack).await;
    told(&hook, &event("Ev1", "1795000000.000100", |_| {})).await;
    let id = eventually(async || {
        let found = conversations(desk).await;
        Some(found.first()?["id"].as_str()?.to_owned())
    })
    .await;
    let mut paths = Vec::new();
    for n in 0..count {
        let reply = desk.reply(&id, &format!("It is {n}")).await;
        reaches(desk, &reply, "sent").await;
        paths.push(format!("/api/messages/{}", reply["id"].as_str().unwrap()));
    }
    paths
}

fn says(text: &str) -> Value {
    json!({ "message": { "body": text } })
}

#[tokio::test]
async fn changes_that_hang_keep_no_change_of_another_connection() {
    for engine in engines() {
        let hangs = [Hang::at("/api/chat.update"), Hang::at("/api/chat.update")];
        let server = patient(engine, Duration::from_secs(600)).await;
        let mut slow = Vec::new();
        for (name, hang) in ["Acme", "Bolt"].into_iter().zip(&hangs) {
            let slack = Workspace::start_behind(|service| hang.before(service)).await;
            let desk = server.company(name).await;
            for path in answered(&desk, &slack, PLACES + 1).await {
                desk.put(&path, says("It is another")).await.is(200);
            }
            hang.is_full().await;
            slow.push(slack);
        }
        let quick = Workspace::start().await;
        let desk = server.company("Other").await;
        let path = answered(&desk, &quick, 1).await.remove(0);
        desk.put(&path, says("It is fine")).await.is(200);
        eventually(async || (quick.posted()[0]["text"] == "It is fine").then_some(())).await;
        for hang in &hangs {
            assert_eq!(hang.waiting(), PLACES, "they still hang");
        }
        drop(slow);
        server.stop().await;
    }
}
