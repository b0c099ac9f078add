//! Log lines as an operator sees them.

use super::*;
use crate::config::{Config, Sources, load};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::routing::post;
use parking_lot::Mutex;
use std::io::Write;
use std::sync::Arc;
use tower::ServiceExt;
use tracing::instrument::WithSubscriber;

/// A log that can be read.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().clone()).unwrap()
    }
}

fn config(level: &str, format: &str) -> Config {
    let set = |key: &str, text: &str| (key.to_owned(), text.to_owned(), "--set");
    let flags = [set("log.level", level), set("log.format", format)];
    load(&Sources {
        flags: &flags,
        ..Sources::default()
    })
    .unwrap()
    .config
}

fn logging(level: &str, format: &str) -> (Kept, Box<dyn tracing::Subscriber + Send + Sync>) {
    let kept = Kept::default();
    let writer = kept.clone();
    (
        kept,
        subscriber(&config(level, format).log, move || writer.clone()),
    )
}

#[test]
fn a_value_cannot_begin_a_line_of_its_own() {
    for format in ["pretty", "json"] {
        let (kept, subscriber) = logging("info", format);
        tracing::subscriber::with_default(subscriber, || {
            let hostile = "ada\n2026-01-01T00:00:00Z ERROR forged\u{1b}[2J\u{9b}\u{202e}";
            tracing::info!(name = hostile, other = %hostile, "somebody {hostile}");
        });
        let text = kept.text();
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(
            !text.trim_end().contains(|letter: char| letter.is_control()),
            "{text:?}"
        );
        assert!(!text.contains('\u{202e}'));
        if format == "json" {
            let line: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert!(line["name"].as_str().unwrap().contains("forged"));
        }
    }
}

async fn fail(body: String) -> StatusCode {
    tracing::info!(length = body.len(), "thinking");
    StatusCode::INTERNAL_SERVER_ERROR
}

#[tokio::test]
async fn a_request_is_told_without_what_it_carries() {
    let (kept, subscriber) = logging("info,requests=debug", "json");
    let router = Router::new()
        .route("/desk/{id}", post(fail))
        .layer(axum::middleware::from_fn(requests::observe));
    let send = |id: &'static str| {
        Request::post("/desk/canary-in-path?token=canary-in-query")
            .header("x-request-id", id)
            .header("authorization", "canary-in-header")
            .body(Body::from("canary-in-body"))
            .unwrap()
    };
    let calls = async {
        let known = router.clone().oneshot(send("proxy-1234")).await.unwrap();
        assert_eq!(known.headers()["x-request-id"], "proxy-1234");
        let made = router.clone().oneshot(send("forged id")).await.unwrap();
        assert_eq!(made.headers()["x-request-id"].len(), 32);
        let lost = Request::get("/canary-nowhere").body(Body::empty()).unwrap();
        router.oneshot(lost).await.unwrap();
    };
    calls.with_subscriber(subscriber).await;
    let text = kept.text();
    assert!(!text.contains("canary"), "{text}");
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["span"]["request_id"], "proxy-1234");
    assert_eq!(lines[1]["route"], "/desk/{id}");
    assert_eq!(lines[1]["status"], 500);
    assert_eq!(lines[1]["level"], "WARN");
    assert_eq!(lines[4]["status"], 404);
}

#[tokio::test]
async fn numbers_are_by_route_and_class() {
    metrics::start();
    let router = Router::new()
        .route("/counted/{id}", post(|| async {}))
        .layer(axum::middleware::from_fn(requests::observe));
    for id in 1..=2 {
        let request = Request::post(format!("/counted/{id}"))
            .body(Body::empty())
            .unwrap();
        router.clone().oneshot(request).await.unwrap();
    }
    let text = metrics::render();
    let line =
        "frontdesk_http_requests_total{method=\"POST\",route=\"/counted/{id}\",status=\"2xx\"} 2";
    assert!(text.contains(line), "{text}");
    assert!(
        text.contains("frontdesk_http_request_seconds_bucket"),
        "{text}"
    );
    assert!(text.contains("process_resident_memory_bytes"), "{text}");
}
