//! Personal API keys: shown once, no stronger than their user, and dead when they should be.

use crate::people::colleague;
use frontdesk_domain::Role;
use frontdesk_testkit::{Answer, Desk, Socket, TestServer, engines, eventually};
use reqwest::Method;
use serde_json::{Value, json};

async fn with(desk: &Desk, key: &Value, method: Method, path: &str) -> Answer {
    let bearer = format!("Bearer {}", key["value"].as_str().unwrap());
    desk.send(method, path, None, &[("authorization", &bearer)])
        .await
}

async fn make(desk: &Desk, body: Value) -> Value {
    desk.post("/api/personal_api_keys", body).await.data(201)
}

fn path(key: &Value) -> String {
    format!("/api/personal_api_keys/{}", key["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_key_is_shown_once_and_opens_the_public_api_only() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let made = desk
            .post("/api/personal_api_keys", json!({ "label": " bot " }))
            .await;
        let location = made.headers["location"].to_str().unwrap().to_owned();
        let key = made.data(201);
        assert_eq!(location, path(&key));
        assert_eq!(
            (&key["label"], &key["scope"]),
            (&json!("bot"), &json!("write"))
        );
        assert_eq!(key["object"], "personal_api_key");
        let secret = key["value"].as_str().unwrap();
        assert!(secret.len() >= 40);

        let shown = desk.get(&path(&key)).await.data(200);
        let list = desk.get("/api/personal_api_keys").await;
        assert!(!list.body.to_string().contains(secret));
        assert_eq!(list.data(200), json!([shown]));
        let masked = shown["value"].as_str().unwrap();
        assert_eq!(masked, format!("••••{}", &secret[secret.len() - 4..]));

        with(&desk, &key, Method::GET, "/api/v1/me").await.data(200);
        with(&desk, &key, Method::GET, "/api/me").await.is(401);
        with(&desk, &key, Method::GET, "/api/personal_api_keys")
            .await
            .is(401);
        let bare = [("authorization", secret)];
        desk.send(Method::GET, "/api/v1/me", None, &bare)
            .await
            .is(401);

        assert_eq!(desk.delete(&path(&key)).await.status, 204);
        with(&desk, &key, Method::GET, "/api/v1/me").await.is(401);
        desk.delete(&path(&key)).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_key_ends_by_the_clock_and_with_its_user() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let grace = colleague(&server, &desk, "grace", Role::Member).await;
        let past = json!({ "label": "x", "expires_at": "2020-01-01T00:00:00Z" });
        let refused = grace.post("/api/personal_api_keys", past).await.is(422);
        assert_eq!(
            refused["error"]["errors"]["expires_at"],
            json!(["must be in the future"])
        );
        let odd = json!({ "label": "x", "expires_at": "soon" });
        grace.post("/api/personal_api_keys", odd).await.is(422);
        grace
            .post("/api/personal_api_keys", json!({}))
            .await
            .is(422);
        let long = json!({ "label": "x".repeat(256) });
        grace.post("/api/personal_api_keys", long).await.is(422);

        let end = frontdesk_testkit::START.plus_seconds(60).to_utc_stamp();
        let short = make(&grace, json!({ "label": "short", "expires_at": end })).await;
        assert_eq!(short["expires_at"], end);
        let long = make(&grace, json!({ "label": "long" })).await;
        with(&grace, &short, Method::GET, "/api/v1/me")
            .await
            .is(200);
        server.clock.advance_seconds(60);
        with(&grace, &short, Method::GET, "/api/v1/me")
            .await
            .is(401);
        with(&grace, &long, Method::GET, "/api/v1/me").await.is(200);
        let disable = format!("/api/users/{}/disable", grace.user_id);
        desk.post(&disable, json!({})).await.data(200);
        with(&grace, &long, Method::GET, "/api/v1/me").await.is(401);
        server.stop().await;
    }
}

#[tokio::test]
async fn keys_of_others_are_for_admins() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let grace = colleague(&server, &desk, "grace", Role::Member).await;
        let viewer = colleague(&server, &desk, "vera", Role::Viewer).await;
        viewer
            .post("/api/personal_api_keys", json!({ "label": "x" }))
            .await
            .is(401);
        let (hers, admins) = (
            make(&grace, json!({ "label": "hers" })).await,
            make(&desk, json!({ "label": "admin's", "scope": "admin" })).await,
        );
        let missing = format!("/api/personal_api_keys/{}", uuid::Uuid::new_v4());
        let foreign = grace.get(&path(&admins)).await.is(404);
        assert_eq!(grace.get(&missing).await.is(404), foreign);
        assert_eq!(grace.delete(&path(&admins)).await.is(404), foreign);
        let of_admin = format!("/api/personal_api_keys?user_id={}", desk.user_id);
        grace.get(&of_admin).await.is(401);
        let of_grace = format!("/api/personal_api_keys?user_id={}", grace.user_id);
        let list = desk.get(&of_grace).await.data(200);
        assert_eq!(list[0]["id"], hers["id"]);
        assert_eq!(desk.delete(&path(&hers)).await.status, 204);
        with(&grace, &hers, Method::GET, "/api/v1/me").await.is(401);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_keys_use_is_noted_once_a_minute() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let key = make(&desk, json!({ "label": "bot" })).await;
        assert_eq!(key["last_used_at"], Value::Null);
        let last_use = || async { desk.get(&path(&key)).await.data(200)["last_used_at"].clone() };
        let used_after = |before: Value| {
            let last_use = &last_use;
            async move {
                eventually(|| {
                    let before = before.clone();
                    async move { Some(last_use().await).filter(|now| *now != before) }
                })
                .await
            }
        };
        let start = frontdesk_testkit::START;
        with(&desk, &key, Method::GET, "/api/v1/me").await.is(200);
        let first = used_after(Value::Null).await;
        assert_eq!(first, start.to_utc_stamp());
        server.clock.advance_seconds(59);
        with(&desk, &key, Method::GET, "/api/v1/me").await.is(200);
        server.clock.advance_seconds(1);
        with(&desk, &key, Method::GET, "/api/v1/me").await.is(200);
        // Had the second use been noted, the third would not have been.
        assert_eq!(
            used_after(first).await,
            start.plus_seconds(60).to_utc_stamp()
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn a_repeated_request_makes_another_key_and_keeps_no_secret() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let headers = [
            ("authorization", desk.token.as_str()),
            ("idempotency-key", "same"),
        ];
        let body = || Some(json!({ "label": "bot" }));
        let all = "/api/personal_api_keys";
        let one = desk
            .send(Method::POST, all, body(), &headers)
            .await
            .data(201);
        let two = desk
            .send(Method::POST, all, body(), &headers)
            .await
            .data(201);
        assert_ne!(one["value"], two["value"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_key_opens_a_socket_until_it_is_revoked() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let key = make(&desk, json!({ "label": "inbox" })).await;
        let secret = key["value"].as_str().unwrap();
        let mut socket = Socket::open(&server.url, &format!("token={secret}")).await;
        let topic = format!("notification:{}", desk.account_id);
        let joined = socket.join(&topic, json!({ "cursor": 0 })).await;
        assert_eq!(joined["status"], "ok");
        let (_, id) = desk.visitor("Eve", "Hello").await;
        let said = json!({ "conversation_id": id, "body": "By key" });
        let reference = socket.push(&topic, "shout", said).await;
        assert_eq!(socket.reply(&reference).await["status"], "ok");

        let other = make(&desk, json!({ "label": "other" })).await;
        desk.delete(&path(&other)).await;
        let ping = socket.push(&topic, "ping", json!({})).await;
        assert_eq!(socket.reply(&ping).await["status"], "ok");
        desk.delete(&path(&key)).await;
        assert_eq!(socket.closed().await, Some(1008));
        let again = Socket::try_open(&server.url, &format!("token={secret}")).await;
        assert!(again.is_none(), "a revoked key opens nothing");
        drop(socket);
        server.stop().await;
    }
}

#[tokio::test]
async fn me_says_what_the_key_may_do() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let signed_in = desk.get("/api/v1/me").await.data(200);
        assert_eq!(signed_in["key_scope"], Value::Null);
        for scope in ["read", "write", "admin"] {
            let key = make(&desk, json!({ "label": "x", "scope": scope })).await;
            let me = with(&desk, &key, Method::GET, "/api/v1/me").await.data(200);
            assert_eq!(me["key_scope"], scope);
        }
        server.stop().await;
    }
}
