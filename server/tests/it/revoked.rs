//! Rights that a command takes away beside a server, which PostgreSQL allows.

use frontdesk_testkit::load::Place;
use frontdesk_testkit::{Desk, Engine, Socket, engines};
use serde_json::json;

#[tokio::test]
async fn what_a_command_takes_away_ends_sockets_that_stand() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let place = Place::new(Engine::Postgres).await;
    let (desk, (shell, flags)) = (&place.desk, place.beside());
    let command = |words: &[&str]| {
        let more = flags.iter().map(String::as_str);
        let words: Vec<&str> = words.iter().copied().chain(more).collect();
        let said = shell.with_input(&words, "another password\n");
        assert_eq!(said.code, 0, "{words:?}: {}", said.err);
    };
    let made = desk
        .post("/api/personal_api_keys", json!({ "label": "bot" }))
        .await
        .data(201);
    let mut by_key = inside(desk, made["value"].as_str().unwrap()).await;
    let mut by_session = inside(desk, &desk.token).await;

    command(&["key", "revoke", made["id"].as_str().unwrap()]);
    assert_eq!(by_key.closed().await, Some(1008));
    let topic = format!("notification:{}", desk.account_id);
    let ping = by_session.push(&topic, "ping", json!({})).await;
    let answered = by_session.reply(&ping).await;
    assert_eq!(answered["status"], "ok", "others stay");

    command(&["user", "password", &desk.email, "--password-stdin"]);
    assert_eq!(by_session.closed().await, Some(1008));
    place.stop_and_check();
}

/// A socket that has joined the office with this token.
async fn inside(desk: &Desk, token: &str) -> Socket {
    let mut socket = Socket::open(&desk.url, &format!("token={token}")).await;
    let topic = format!("notification:{}", desk.account_id);
    let joined = socket.join(&topic, json!({ "cursor": 0 })).await;
    assert_eq!(joined["status"], "ok");
    socket
}
