//! Clients that say half of something and wait, and clients that say too much.

use frontdesk_testkit::{Engine, TestServer};
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
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(address(&server)).await.unwrap();
        stream
            .write_all(b"GET /api/me HTTP/1.1\r\nhost: desk.test\r\nx-half: ")
            .await
            .unwrap();
        slow.push(stream);
    }
    desk.get("/api/me").await.is(200);
    // Each hears the end of its connection; nothing else was answered to it.
    for mut stream in slow {
        let mut heard = Vec::new();
        match stream.read_to_end(&mut heard).await {
            Ok(_) => assert!(!heard.starts_with(b"HTTP/1.1 200"), "{heard:?}"),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
        }
    }
    desk.get("/api/me").await.is(200);
    server.stop().await;
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let server = TestServer::start(Engine::Sqlite).await;
    let desk = server.company("Acme").await;
    let long = "x".repeat(300 * 1024);
    let answer = server
        .http
        .get(format!("{}/api/me", server.url))
        .header("x-long", long)
        .send()
        .await;
    if let Ok(answer) = answer {
        assert_eq!(answer.status().as_u16(), 431);
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
