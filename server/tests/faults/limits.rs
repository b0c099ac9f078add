//! Too many who want in, and too much that they bring.

use crate::wrap;
use frontdesk_testkit::load::Place;
use frontdesk_testkit::{Engine, eventually};
use futures_util::future::join_all;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::{Error, Message};

/// How many want a socket where there are descriptors for fewer.
const CROWD: usize = 400;

#[tokio::test]
async fn who_finds_no_descriptor_is_told_and_who_is_in_stays_in() {
    let mut place = Place::new(Engine::Sqlite).await;
    place.kill();
    let wrapper = wrap::limited("--nofile=256:256");
    place.start_under(&wrap::words(&wrapper)).unwrap();
    let url = place.desk.url.replacen("http", "ws", 1);
    let url = format!("{url}/socket/websocket?vsn=2.0.0");
    let mut inside = Vec::new();
    let mut turned_away = 0;
    for _ in 0..CROWD {
        match connect_async(&url).await {
            Ok((line, _)) => inside.push(line),
            Err(Error::Http(answer)) => {
                assert_eq!(answer.status(), 503);
                turned_away += 1;
            }
            Err(error) => panic!("neither in nor told: {error}"),
        }
    }
    assert_eq!((inside.len(), turned_away), (144, CROWD - 144));
    for line in &mut inside {
        let beat = json!([null, "1", "phoenix", "heartbeat", {}]).to_string();
        line.send(Message::text(beat)).await.unwrap();
        let answer = line.next().await.unwrap().unwrap().into_text().unwrap();
        assert!(answer.contains("\"ok\""), "{answer}");
    }
    // When some leave there is room again, and requests are served as ever.
    inside.truncate(40);
    let (_, answer) = eventually(async || connect_async(&url).await.ok()).await;
    assert_eq!(answer.status(), 101);
    place.desk.get("/api/conversations").await.is(200);
    drop(inside);
    place.stop_and_check();
}

/// What the server may have in memory at most, whatever it is sent.
const MOST_MEMORY: u64 = 256 << 20;

#[tokio::test]
async fn floods_of_the_largest_requests_stay_within_the_memory_limit() {
    let mut place = Place::new(Engine::Sqlite).await;
    let threads = place.threads(1).await;
    let (thread, desk) = (threads[0].id.clone(), place.desk.clone());
    let bodies = [
        "[".repeat(500_000),
        "\u{200d}x".repeat(240_000),
        // Each line end takes two bytes on its way.
        "\n".repeat(480_000),
    ];
    // Written down before anybody connects: who opens a connection has to say something soon.
    let requests = bodies.map(|body| {
        let message = json!({ "conversation_id": thread, "body": body });
        json!({ "message": message }).to_string()
    });
    let floods = (0..96).map(|number| {
        let (desk, request) = (&desk, requests[number % 3].clone());
        async move {
            let asked = desk.http.post(format!("{}/api/messages", desk.url));
            let asked = asked
                .header("authorization", &desk.token)
                .header("content-type", "application/json")
                .body(request);
            let answer = asked.send().await.unwrap();
            assert!(answer.status().as_u16() < 500, "{answer:?}");
        }
    });
    join_all(floods).await;
    let peak = place.serving().process().peak_memory();
    assert!(peak < MOST_MEMORY, "{peak}");
    place.stop_and_check();
}
