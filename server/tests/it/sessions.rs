//! Signing in, staying signed in, signing out: tokens by the clock, once, and dead when they
//! should be.

use crate::people::colleague;
use frontdesk_domain::{Role, UserId};
use frontdesk_server::secret::Token;
use frontdesk_testkit::{Answer, Desk, PASSWORD, TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

/// The lives of the two tokens, in seconds.
const ACCESS: i64 = 30 * 60;
const RENEW: i64 = 30 * 24 * 3600;

async fn sign_in(desk: &Desk, email: &str, password: &str) -> Answer {
    let user = json!({ "user": { "email": email, "password": password } });
    desk.anonymous(Method::POST, "/api/session", Some(user))
        .await
}

async fn renew(desk: &Desk, token: &str) -> Answer {
    let headers = [("authorization", token)];
    desk.send(Method::POST, "/api/session/renew", None, &headers)
        .await
}

async fn me(desk: &Desk, token: &str) -> Answer {
    desk.send(Method::GET, "/api/me", None, &[("authorization", token)])
        .await
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn signing_in_tells_nothing_about_who_exists() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let wrong = sign_in(&desk, &desk.email, "not the password")
            .await
            .is(401);
        let nobody = sign_in(&desk, "nobody@acme.test", PASSWORD).await.is(401);
        assert_eq!(wrong, nobody);
        assert_eq!(
            wrong,
            json!({ "error": { "status": 401, "message": "Invalid email or password" } })
        );
        let right = sign_in(&desk, &desk.email.to_uppercase(), PASSWORD)
            .await
            .is(200);
        assert_eq!(right["token"], right["data"]["token"]);
        assert_eq!(right["user"]["id"], right["data"]["user_id"]);

        let ask = |email: &str| {
            let body = Some(json!({ "email": email }));
            let desk = desk.clone();
            async move {
                desk.anonymous(Method::POST, "/api/reset_password", body)
                    .await
                    .is(200)
            }
        };
        assert_eq!(ask(&desk.email).await, ask("nobody@acme.test").await);
        server.stop().await;
    }
}

#[tokio::test]
async fn tokens_end_by_the_clock() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        server.clock.advance_seconds(ACCESS - 1);
        me(&desk, &desk.token).await.is(200);
        me(&desk, &format!("Bearer {}", desk.token)).await.is(200);
        server.clock.advance_seconds(1);
        me(&desk, &desk.token).await.is(401);

        server.clock.advance_seconds(RENEW - ACCESS - 1);
        let fresh = renew(&desk, &desk.renew_token).await.data(200);
        me(&desk, &text(&fresh["token"])).await.is(200);
        server.clock.advance_seconds(RENEW);
        let refused = renew(&desk, &text(&fresh["renew_token"])).await.is(401);
        assert_eq!(
            refused,
            json!({ "error": { "status": 401, "message": "Invalid token" } })
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn the_old_access_token_lives_on_after_a_renewal() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        server.clock.advance_seconds(20 * 60);
        let fresh = renew(&desk, &desk.renew_token).await.data(200);
        assert_eq!(fresh["user_id"], desk.user_id);
        assert_ne!(fresh["token"], desk.token);
        me(&desk, &desk.token).await.is(200);
        server.clock.advance_seconds(10 * 60);
        me(&desk, &desk.token).await.is(401);
        me(&desk, &text(&fresh["token"])).await.is(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_renew_token_that_comes_twice_ends_the_session() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let mut other = desk.clone();
        other.sign_in().await;
        let fresh = renew(&desk, &desk.renew_token).await.data(200);
        let mut socket = desk.socket().await;
        renew(&desk, &desk.renew_token).await.is(401);
        me(&desk, &desk.token).await.is(401);
        me(&desk, &text(&fresh["token"])).await.is(401);
        renew(&desk, &text(&fresh["renew_token"])).await.is(401);
        socket.closed().await;
        drop(socket);
        // Another device of the same user goes on.
        me(&other, &other.token).await.is(200);
        // An access token renews nothing, nor does what is no token.
        renew(&other, &other.token).await.is(401);
        renew(&other, "nonsense").await.is(401);
        server.stop().await;
    }
}

#[tokio::test]
async fn two_renewals_at_once_give_one_pair() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (one, two) = tokio::join!(
            renew(&desk, &desk.renew_token),
            renew(&desk, &desk.renew_token)
        );
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
        server.stop().await;
    }
}

#[tokio::test]
async fn signing_out_kills_the_token_and_its_sockets() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let mut other = desk.clone();
        other.sign_in().await;
        let mut socket = desk.socket().await;
        let mut others = other.socket().await;
        let topic = format!("notification:{}", desk.account_id);
        socket.join(&topic, json!({})).await;
        let out = desk.delete("/api/session").await.is(200);
        assert_eq!(out, json!({ "data": {} }));
        me(&desk, &desk.token).await.is(401);
        renew(&desk, &desk.renew_token).await.is(401);
        socket.closed().await;
        drop(socket);
        assert_eq!(others.join(&topic, json!({})).await["status"], "ok");
        // Signing out twice, or without ever having been in, is no trouble.
        desk.delete("/api/session").await.is(200);
        drop(others);
        server.stop().await;
    }
}

#[tokio::test]
async fn who_is_disabled_is_told_so_and_gets_nowhere() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let grace = colleague(&server, &desk, "grace", Role::Member).await;
        let mut socket = grace.socket().await;
        let path = format!("/api/users/{}/disable", grace.user_id);
        desk.post(&path, json!({})).await.data(200);
        socket.closed().await;
        drop(socket);
        me(&grace, &grace.token).await.is(401);
        renew(&grace, &grace.renew_token).await.is(401);
        let told = sign_in(&grace, &grace.email, PASSWORD).await.is(401);
        let message = text(&told["error"]["message"]);
        assert!(
            message.starts_with("Your account is disabled."),
            "{message}"
        );
        let wrong = sign_in(&grace, &grace.email, "not the password")
            .await
            .is(401);
        assert_eq!(wrong["error"]["message"], "Invalid email or password");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_reset_works_once_and_signs_out_everywhere() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let mut socket = desk.socket().await;
        let (token, second) = (
            reset_token(&server, &desk).await,
            reset_token(&server, &desk).await,
        );
        let reset = |token: &str, password: &str, again: &str| {
            let body = Some(json!({
                "token": token, "password": password, "password_confirmation": again,
            }));
            let desk = desk.clone();
            async move {
                desk.anonymous(Method::PUT, "/api/reset_password", body)
                    .await
            }
        };
        let new = "a longer password";
        reset(&token, "short", "short").await.is(422);
        reset(&token, new, "something else").await.is(422);
        reset("guessed", new, new).await.is(401);
        let done = reset(&token, new, new).await.data(200);
        assert_eq!(done, json!({ "success": true, "email": desk.email }));
        socket.closed().await;
        drop(socket);
        me(&desk, &desk.token).await.is(401);
        renew(&desk, &desk.renew_token).await.is(401);
        reset(&token, new, new).await.is(401);
        reset(&second, new, new).await.is(401);
        sign_in(&desk, &desk.email, PASSWORD).await.is(401);
        sign_in(&desk, &desk.email, new).await.is(200);

        let late = reset_token(&server, &desk).await;
        server.clock.advance_seconds(2 * 3600);
        reset(&late, new, new).await.is(401);
        server.stop().await;
    }
}

/// A reset token as the mail would bring it.
async fn reset_token(server: &TestServer, desk: &Desk) -> String {
    let token = Token::random();
    let (hash, user_id) = (token.hash(), UserId(desk.user_id));
    let insert = frontdesk_db::queries::sessions::insert_reset;
    server
        .running()
        .db()
        .write_global(move |unit| {
            let end = unit.now().plus_seconds(2 * 3600);
            insert(unit, &hash, user_id, end)
        })
        .await
        .unwrap();
    token.reveal().to_owned()
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_devices_only() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let grace = colleague(&server, &desk, "grace", Role::Viewer).await;
        let mut phone = desk.clone();
        server.clock.advance_seconds(60);
        phone.sign_in().await;
        let list = desk.get("/api/v1/sessions").await.data(200);
        assert_eq!(list.as_array().unwrap().len(), 2);
        assert_eq!(
            (&list[0]["current"], &list[1]["current"]),
            (&json!(false), &json!(true))
        );
        let path = format!("/api/v1/sessions/{}", text(&list[0]["id"]));
        grace.delete(&path).await.is(404);
        me(&phone, &phone.token).await.is(200);
        let mut socket = phone.socket().await;
        assert_eq!(desk.delete(&path).await.status, 204);
        socket.closed().await;
        drop(socket);
        me(&phone, &phone.token).await.is(401);
        desk.delete(&path).await.is(404);
        me(&desk, &desk.token).await.is(200);
        server.stop().await;
    }
}
