//! Part 1.7 of the wire contract: clients without WebSockets.

use crate::channels_desk::{ACCOUNT, CONVERSATION, Desk};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_server::channels::{Broadcast, Settings};
use serde_json::{Value, json};
use std::time::Duration;
use tower::ServiceExt;

const GONE: u64 = 410;

async fn call(desk: &Desk, request: Request<Body>) -> Response<Body> {
    desk.router().oneshot(request).await.unwrap()
}

async fn answer(desk: &Desk, request: Request<Body>) -> Value {
    let response = call(desk, request).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

fn request(method: Method, query: &str, body: String) -> Request<Body> {
    let uri = format!("/socket/longpoll?{query}&vsn=2.0.0");
    Request::builder()
        .method(method)
        .uri(uri)
        .body(body.into())
        .unwrap()
}

async fn get(desk: &Desk, query: &str) -> Value {
    answer(desk, request(Method::GET, query, String::new())).await
}

async fn post(desk: &Desk, query: &str, body: String) -> Value {
    answer(desk, request(Method::POST, query, body)).await
}

async fn lines(desk: &Desk, query: &str, body: String) -> Value {
    let mut request = request(Method::POST, query, body);
    let ndjson = "application/x-ndjson".parse().unwrap();
    request.headers_mut().insert(header::CONTENT_TYPE, ndjson);
    answer(desk, request).await
}

/// Opens a session and tells its token.
async fn open(desk: &Desk, query: &str) -> String {
    let opened = get(desk, query).await;
    assert_eq!(
        (&opened["status"], &opened["messages"]),
        (&json!(GONE), &json!([]))
    );
    opened["token"].as_str().unwrap().to_owned()
}

fn frames(polled: &Value) -> Vec<Value> {
    let frame = |text: &Value| serde_json::from_str(text.as_str().unwrap()).unwrap();
    polled["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(frame)
        .collect()
}

fn join() -> String {
    format!(r#"["1","1","conversation:{CONVERSATION}","phx_join",{{}}]"#)
}

#[tokio::test]
async fn a_session_from_open_to_news() {
    let desk = Desk::open().await;
    let token = open(&desk, "inbox_id=undefined").await;
    let query = format!("token={token}");
    assert_eq!(post(&desk, &query, join()).await, json!({"status": 200}));
    let polled = get(&desk, &query).await;
    assert_eq!(
        (&polled["status"], &polled["token"]),
        (&json!(200), &json!(token))
    );
    assert_eq!(
        frames(&polled)[0][4],
        json!({"status": "ok", "response": {}})
    );
    // A poll that finds nothing waits for what comes.
    let publishing = async { desk.publish("news", "{}") };
    let (polled, ()) = tokio::join!(get(&desk, &query), publishing);
    assert_eq!(frames(&polled)[0][3], "news");
}

#[tokio::test]
async fn a_poll_without_news_says_so() {
    let settings = Settings {
        poll_wait: Duration::from_millis(5),
        ..Settings::default()
    };
    let desk = Desk::with(settings).await;
    let token = open(&desk, "").await;
    let polled = get(&desk, &format!("token={token}")).await;
    assert_eq!(
        polled,
        json!({"status": 204, "token": token, "messages": []})
    );
}

#[tokio::test]
async fn of_two_tokens_the_last_is_the_polls() {
    let desk = Desk::open().await;
    assert_eq!(get(&desk, "token=bad").await, json!({"status": 403}));
    let token = open(&desk, "token=good").await;
    let query = format!("token=good&token={token}");
    let join = format!(r#"["1","1","notification:{ACCOUNT}","phx_join",{{}}]"#);
    assert_eq!(post(&desk, &query, join).await, json!({"status": 200}));
    assert_eq!(frames(&get(&desk, &query).await)[0][4]["status"], "ok");
    // A poll token that is gone opens a new session, as the agent the other token says.
    let renewed = open(&desk, "token=good&token=flp.gone").await;
    assert_ne!(renewed, token);
}

#[tokio::test]
async fn newer_clients_send_the_token_in_a_header() {
    let desk = Desk::open().await;
    let token = open(&desk, "token=good").await;
    let with_token = |mut request: Request<Body>| {
        request
            .headers_mut()
            .insert("x-phoenix-longpoll-token", token.parse().unwrap());
        request
    };
    let posted = answer(
        &desk,
        with_token(request(Method::POST, "token=good", join())),
    )
    .await;
    assert_eq!(posted, json!({"status": 200}));
    let polled = answer(
        &desk,
        with_token(request(Method::GET, "token=good", String::new())),
    )
    .await;
    assert_eq!(polled["status"], 200);
}

#[tokio::test]
async fn many_frames_in_one_post() {
    let desk = Desk::open().await;
    let query = format!("token={}", open(&desk, "").await);
    let topic = format!("conversation:{CONVERSATION}");
    let size = u8::try_from(topic.len()).unwrap();
    let ping = [
        &[0, 1, 1, size, 4],
        b"15".as_slice(),
        topic.as_bytes(),
        b"ping",
        &[1],
    ]
    .concat();
    let body = format!("{}\n{}\n\n", join(), STANDARD.encode(ping));
    assert_eq!(lines(&desk, &query, body).await, json!({"status": 200}));
    let polled = get(&desk, &query).await;
    let messages = polled["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 2);
    let reply = STANDARD.decode(messages[1].as_str().unwrap()).unwrap();
    assert!(reply.ends_with(&[b'o', b'k', 1]));
}

#[tokio::test]
async fn what_is_not_a_frame_ends_the_session() {
    let desk = Desk::open().await;
    let heartbeat = "[null,1,\"phoenix\",\"heartbeat\",{}]\n";
    for body in ["hello", "[1,2]", "!", &heartbeat.repeat(101)] {
        let query = format!("token={}", open(&desk, "").await);
        assert_eq!(
            lines(&desk, &query, body.to_owned()).await,
            json!({"status": 410})
        );
        assert_eq!(post(&desk, &query, join()).await, json!({"status": 410}));
    }
    let query = format!("token={}", open(&desk, "").await);
    assert_eq!(
        lines(&desk, &query, heartbeat.repeat(100)).await,
        json!({"status": 200})
    );
    assert_eq!(desk.channels.counts().sockets, 1);
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read() {
    let desk = Desk::open().await;
    let query = format!("token={}", open(&desk, "").await);
    assert_eq!(
        post(&desk, &query, "x".repeat((1 << 20) + 1)).await,
        json!({"status": 500})
    );
}

#[tokio::test]
async fn sessions_are_limited() {
    let desk = Desk::with(Settings {
        poll_sessions: 1,
        ..Settings::default()
    })
    .await;
    open(&desk, "").await;
    assert_eq!(get(&desk, "").await, json!({"status": 500}));
}

#[tokio::test]
async fn a_session_nobody_polls_ends() {
    let desk = Desk::with(Settings {
        poll_idle_seconds: 0,
        ..Settings::default()
    })
    .await;
    let query = format!("token={}", open(&desk, "").await);
    desk.empty().await;
    assert_eq!(post(&desk, &query, join()).await, json!({"status": 410}));
}

#[tokio::test]
async fn a_client_that_does_not_poll_is_cut() {
    let desk = Desk::with(Settings {
        queue_frames: 5,
        ..Settings::default()
    })
    .await;
    let query = format!("token={}", open(&desk, "").await);
    post(&desk, &query, join()).await;
    let topic = format!("conversation:{CONVERSATION}");
    for _ in 0..6 {
        desk.channels
            .hub()
            .publish(&Broadcast::to_all(&topic, "news", "{}"));
    }
    assert_eq!(desk.channels.counts().cut, 1);
    assert_eq!(post(&desk, &query, join()).await, json!({"status": 410}));
}

#[tokio::test]
async fn browsers_may_ask_first() {
    let desk = Desk::open().await;
    let mut request = request(Method::OPTIONS, "", String::new());
    let wanted = "x-phoenix-longpoll-token".parse().unwrap();
    request
        .headers_mut()
        .insert(header::ACCESS_CONTROL_REQUEST_HEADERS, wanted);
    let response = call(&desk, request).await;
    assert_eq!(response.status(), 200);
    let headers = response.headers();
    assert_eq!(
        headers[header::ACCESS_CONTROL_ALLOW_METHODS],
        "get, post, options"
    );
    assert_eq!(
        headers[header::ACCESS_CONTROL_ALLOW_HEADERS],
        "x-phoenix-longpoll-token"
    );
}
