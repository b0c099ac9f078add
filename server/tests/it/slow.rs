//! Clients that say half of something and wait, and clients that say too much.

use frontdesk_testkit::{Engine, TestServer, http};
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn address(server: &TestServer) -> &str {
    server.url.trim_start_matches("http://")
}

#[tokio::test]
async fn two_hundred_half_requests_keep_nobody_waiting_and_are_ended() {
    let server = TestServer::start_with(Engine::Sqlite, |config| {
        config.limits.header_timeout = Duration::from_millis(500);
    })
    .await;
    let desk = server.company("Acme").await;
    // A connection of its own each time: one that is kept ends after the same half second.
    let ask = async || {
        let asked = http().get(format!("{}/api/me", server.url));
        asked.header("authorization", &desk.token).send().await
    };
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(address(&server)).await.unwrap();
        stream
            .write_all(b"GET /api/me HTTP/1.1\r\nhost: desk.test\r\nx-half: ")
            .await
            .unwrap();
        slow.push(stream);
    }
    assert_eq!(ask().await.unwrap().status().as_u16(), 200);
    // Each hears the end of its connection; nothing else was answered to it.
    for mut stream in slow {
        let mut heard = Vec::new();
        match stream.read_to_end(&mut heard).await {
            Ok(_) => assert!(!heard.starts_with(b"HTTP/1.1 200"), "{heard:?}"),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
        }
    }
    assert_eq!(ask().await.unwrap().status().as_u16(), 200);
    server.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_answer_a_close_keeps_no_server_from_stopping() {
    let server = TestServer::start_with(Engine::Sqlite, |config| {
        config.grace = Duration::from_millis(400);
    })
    .await;
    let desk = server.company("Acme").await;
    let mut socket = desk.socket().await;
    let topic = format!("notification:{}", desk.account_id);
    socket.join(&topic, json!({ "cursor": 0 })).await;
    // Nobody reads what the socket is told from now on; stopping fails where a task is left.
    server.stop().await;
    drop(socket);
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let server = TestServer::start(Engine::Sqlite).await;
    let desk = server.company("Acme").await;
    for kib in [100, 300] {
        let answer = server
            .http
            .get(format!("{}/api/me", server.url))
            .header("x-long", "x".repeat(kib * 1024))
            .send()
            .await;
        assert_eq!(answer.unwrap().status().as_u16(), 431, "{kib} KiB");
    }
    desk.get("/api/me").await.is(200);
    server.stop().await;
}

#[tokio::test]
async fn a_request_with_two_lengths_is_no_request() {
    let server = TestServer::start(Engine::Sqlite).await;
    for lengths in [
        "content-length: 3\r\ncontent-length: 30\r\n",
        "content-length: 3, 30\r\n",
        "transfer-encoding: chunked, identity\r\ncontent-length: 3\r\n",
        "content-length: +3\r\n",
    ] {
        let mut stream = TcpStream::connect(address(&server)).await.unwrap();
        let head = format!(
            "POST /api/session HTTP/1.1\r\nhost: desk.test\r\n{lengths}connection: close\r\n\r\nabcGET /api/ping HTTP/1.1\r\nhost: desk.test\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut heard = String::new();
        stream.read_to_string(&mut heard).await.unwrap();
        assert!(heard.starts_with("HTTP/1.1 400"), "{lengths}: {heard}");
        assert_eq!(heard.matches("HTTP/1.1").count(), 1, "{lengths}: {heard}");
    }
    server.stop().await;
}

/// Sends a request as it is, and gives what was answered until the server ended it.
async fn say(server: &TestServer, request: &str) -> String {
    let mut stream = TcpStream::connect(address(server)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    stream.read_to_end(&mut heard).await.unwrap();
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn no_path_leads_out_of_what_is_served() {
    let server = TestServer::start(Engine::Sqlite).await;
    let desk = server.company("Acme").await;
    for path in [
        "/chat/../../secret.key",
        "/chat/..%2f..%2fsecret.key",
        "/chat/%2e%2e/%2e%2e/secret.key",
        "/chat/..\\..\\secret.key",
        "/chat//etc/passwd",
        "/files/../secret.key",
        &format!("/files/{}/..%2f..%2fsecret.key/name", desk.account_id),
        &format!("/files/{0}/{0}/..%2f..%2fsecret.key", desk.account_id),
        "/files/%00/%00/%00",
    ] {
        let head = format!("GET {path} HTTP/1.1\r\nhost: desk.test\r\nconnection: close\r\n\r\n");
        let heard = say(&server, &head).await;
        assert!(heard.starts_with("HTTP/1.1 40"), "{path}: {heard}");
    }
    server.stop().await;
}

#[tokio::test]
async fn what_says_that_it_is_too_large_is_refused_before_it_comes() {
    let server = TestServer::start(Engine::Sqlite).await;
    for path in ["/api/session", "/api/upload"] {
        // Not one byte of it is ever sent.
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: desk.test\r\ncontent-type: application/json\r\n\
             content-length: 9000000000\r\n\r\n"
        );
        let heard = say(&server, &head).await;
        assert!(heard.starts_with("HTTP/1.1 413"), "{path}: {heard}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let server = TestServer::start(Engine::Sqlite).await;
    let desk = server.company("Acme").await;
    let note = |length: usize| {
        let fields = json!({ "name": "long", "content": "x".repeat(length) });
        json!({ "canned_response": fields })
    };
    let path = "/api/canned_responses";
    let refused = desk.post(path, note(1024 * 1024)).await;
    assert_eq!(refused.status.as_u16(), 413, "{}", refused.body);
    desk.post(path, note(1024)).await.is(201);
    server.stop().await;
}
