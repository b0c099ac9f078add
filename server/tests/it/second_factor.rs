//! The second factor: asked for once it is confirmed, each code good once, required of everybody
//! where an admin says so, and no way around it.

use crate::people::colleague;
use frontdesk_db::queries::second_factors;
use frontdesk_domain::{Role, Timestamp, UserId};
use frontdesk_server::config::Limits;
use frontdesk_testkit::{Answer, Desk, PASSWORD, Shell, TestServer, engines, eventually};
use reqwest::Method;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

async fn sign_in(desk: &Desk, code: Option<&str>) -> Answer {
    let user = json!({ "email": desk.email, "password": PASSWORD, "code": code });
    let body = Some(json!({ "user": user }));
    desk.anonymous(Method::POST, "/api/session", body).await
}

/// What the app shows `later` seconds from now.
fn shown(server: &TestServer, secret: &str, later: i64) -> String {
    let Timestamp(now) = server.running().db().now();
    let seconds = u64::try_from(now / 1_000_000 + later).unwrap();
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    app.generate(seconds).to_string()
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|it| it.as_str().unwrap().to_owned()).collect()
}

/// Sets an app up; its secret and the recovery codes.
async fn enrol(server: &TestServer, desk: &Desk) -> (String, Vec<String>) {
    let begun = desk
        .post("/api/second_factor", json!({ "password": PASSWORD }))
        .await
        .data(200);
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let code = json!({ "code": shown(server, &secret, 0) });
    let confirmed = desk
        .post("/api/second_factor/confirm", code)
        .await
        .data(200);
    (secret, texts(&confirmed["recovery_codes"]))
}

async fn audited(desk: &Desk, action: &str) -> usize {
    let entries = desk.get("/api/v1/audit").await.data(200);
    let entries = entries.as_array().unwrap();
    entries.iter().filter(|it| it["action"] == action).count()
}

#[tokio::test]
async fn a_code_is_wanted_once_it_is_confirmed_and_is_good_once() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let wrong = json!({ "password": "guessed it" });
        desk.post("/api/second_factor", wrong).await.is(422);
        let begun = json!({ "password": PASSWORD });
        desk.post("/api/second_factor", begun).await.is(200);
        // Nothing is asked for before a code was shown.
        sign_in(&desk, None).await.is(200);
        let guess = json!({ "code": "000000" });
        desk.post("/api/second_factor/confirm", guess).await.is(422);
        let (secret, codes) = enrol(&server, &desk).await;
        assert_eq!(codes.len(), 10);
        let standing = desk.get("/api/second_factor").await.data(200);
        let wanted = json!({ "enabled": true, "required": false, "recovery_codes_left": 10 });
        assert_eq!(standing, wanted);

        let asked = sign_in(&desk, None).await.is(401);
        assert_eq!(asked["error"]["second_factor"], "code");
        assert!(asked["error"].get("secret").is_none());
        // The code that confirmed it was used; so is each that signs in.
        let used = shown(&server, &secret, 0);
        sign_in(&desk, Some(&used)).await.is(401);
        let next = shown(&server, &secret, 30);
        let spaced = format!("{} {}", &next[..3], &next[3..]);
        sign_in(&desk, Some(&spaced)).await.is(200);
        let again = sign_in(&desk, Some(&next)).await.is(401);
        assert_eq!(again["error"]["second_factor"], "code");
        server.clock.advance_seconds(90);
        sign_in(&desk, Some(&next)).await.is(401);
        sign_in(&desk, Some(&shown(&server, &secret, 0)))
            .await
            .is(200);
        // After a clock that was ten years ahead the app still counts.
        server.clock.advance_seconds(10 * 365 * 86_400);
        sign_in(&desk, Some(&shown(&server, &secret, 0)))
            .await
            .is(200);
        server.clock.advance_seconds(-10 * 365 * 86_400);
        sign_in(&desk, Some(&shown(&server, &secret, 30)))
            .await
            .is(200);
        // A wrong password says nothing of the second factor.
        let guess =
            json!({ "user": { "email": desk.email, "password": "guessed it", "code": next } });
        let said = desk
            .anonymous(Method::POST, "/api/session", Some(guess))
            .await
            .is(401);
        assert_eq!(said["error"]["message"], "Invalid email or password");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_code_that_comes_twice_at_once_signs_one_in() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (secret, _) = enrol(&server, &desk).await;
        let code = shown(&server, &secret, 30);
        let tries = (0..8).map(|_| sign_in(&desk, Some(&code)));
        let answers = futures_util::future::join_all(tries).await;
        let let_in = answers.iter().filter(|it| it.status.as_u16() == 200);
        assert_eq!(let_in.count(), 1);
        server.stop().await;
    }
}

#[tokio::test]
async fn recovery_codes_stand_in_once_each_and_are_kept_as_hashes() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (secret, codes) = enrol(&server, &desk).await;
        sign_in(&desk, Some(&codes[0].to_uppercase())).await.is(200);
        sign_in(&desk, Some(&codes[0])).await.is(401);
        assert_eq!(audited(&desk, "user.recovery_code_used").await, 1);
        let anew = json!({ "code": shown(&server, &secret, 30) });
        let anew = desk.post("/api/second_factor/recovery_codes", anew).await;
        let anew = texts(&anew.data(200)["recovery_codes"]);
        sign_in(&desk, Some(&codes[1])).await.is(401);
        sign_in(&desk, Some(&anew[1])).await.is(200);
        // Whoever has lost the app gives it up with one, and sets up another.
        let other = json!({ "password": PASSWORD });
        desk.post("/api/second_factor", other).await.is(409);
        let guess = json!({ "code": "guessed-it" });
        desk.post("/api/second_factor/give_up", guess).await.is(422);
        let lost = json!({ "code": anew[2] });
        desk.post("/api/second_factor/give_up", lost).await.is(204);
        sign_in(&desk, None).await.is(200);
        assert_eq!(audited(&desk, "user.second_factor_off").await, 1);
        enrol(&server, &desk).await;
        sign_in(&desk, Some(&anew[3])).await.is(401);
        server.stop().await;
    }
}

#[tokio::test]
async fn guessing_codes_takes_longer_each_time_and_the_password_forgives_nothing() {
    for engine in engines() {
        let server =
            TestServer::start_with(engine, |config| config.limits = Limits::default()).await;
        let desk = server.company("Acme").await;
        let (secret, _) = enrol(&server, &desk).await;
        let mut statuses = Vec::new();
        for _ in 0..6 {
            // The right password alone neither counts nor forgives.
            sign_in(&desk, None).await;
            statuses.push(sign_in(&desk, Some("000000")).await.status.as_u16());
        }
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
        let right = shown(&server, &secret, 30);
        let early = sign_in(&desk, Some(&right)).await;
        assert_eq!(early.status.as_u16(), 429);
        eventually(async || (audited(&desk, "user.locked_out").await == 1).then_some(())).await;
        server.clock.advance_seconds(2);
        sign_in(&desk, Some(&right)).await.is(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_account_may_require_it_of_everybody() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let bob = colleague(&server, &desk, "bob", Role::Member).await;
        let require = json!({ "required": true });
        let rule = "/api/second_factor/rule";
        bob.put(rule, require.clone()).await.is(401);
        // Who would lock themselves out is told to begin with themselves.
        desk.put(rule, require.clone()).await.is(409);
        let (secret, _) = enrol(&server, &desk).await;
        desk.put(rule, require).await.is(204);
        bob.get("/api/me").await.is(401);
        desk.get("/api/me").await.is(200);
        let give_up = json!({ "code": shown(&server, &secret, 30) });
        desk.post("/api/second_factor/give_up", give_up)
            .await
            .is(409);

        let asked = sign_in(&bob, None).await.is(401);
        assert_eq!(asked["error"]["second_factor"], "enrolment");
        let theirs = asked["error"]["secret"].as_str().unwrap();
        assert!(asked["error"]["url"].as_str().unwrap().contains(theirs));
        sign_in(&bob, Some("000000")).await.is(401);
        let signed_in = sign_in(&bob, Some(&shown(&server, theirs, 0)))
            .await
            .is(200);
        let codes = texts(&signed_in["recovery_codes"]);
        assert_eq!(codes.len(), 10);
        let next = sign_in(&bob, Some(&codes[0])).await.is(200);
        assert!(next.get("recovery_codes").is_none());
        server.stop().await;
    }
}

#[tokio::test]
async fn an_admin_resets_what_somebody_has_lost() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let bob = colleague(&server, &desk, "bob", Role::Member).await;
        enrol(&server, &bob).await;
        sign_in(&bob, None).await.is(401);
        let account_id = desk.account_id.parse().unwrap();
        let db = server.running().db();
        let with = db.read(move |conn| second_factors::with(conn, account_id));
        assert_eq!(with.await.unwrap(), [UserId(bob.user_id)]);
        let path = format!("/api/users/{}/second_factor", bob.user_id);
        let own = format!("/api/users/{}/second_factor", desk.user_id);
        bob.delete(&path).await.is(401);
        desk.delete(&own).await.is(400);
        desk.delete(&path).await.is(204);
        desk.delete(&path).await.is(204);
        bob.get("/api/me").await.is(401);
        sign_in(&bob, None).await.is(200);
        assert_eq!(audited(&desk, "user.second_factor_reset").await, 1);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_newcomer_without_one_is_not_renewed() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        enrol(&server, &desk).await;
        let required = json!({ "required": true });
        desk.put("/api/second_factor/rule", required).await.is(204);
        let invitation = desk
            .post("/api/user_invitations", json!({}))
            .await
            .data(201);
        let newcomer = json!({ "user": {
            "invite_token": invitation["id"], "email": "eve@acme.test",
            "password": PASSWORD, "password_confirmation": PASSWORD,
        } });
        let welcome = desk
            .anonymous(Method::POST, "/api/registration", Some(newcomer))
            .await
            .data(200);
        let headers = [("authorization", welcome["renew_token"].as_str().unwrap())];
        desk.send(Method::POST, "/api/session/renew", None, &headers)
            .await
            .is(401);
        server.stop().await;
    }
}

#[test]
fn the_command_shows_and_resets_a_second_factor() {
    let shell = Shell::with_account();
    let listed = shell.ok(&["user", "list"]).out;
    let mut lines = listed.lines().map(str::split_whitespace);
    let at = lines.next().unwrap().position(|head| head == "2FA");
    assert_eq!(lines.next().unwrap().nth(at.unwrap()), Some("off"));
    let said = shell.ok(&["user", "reset-second-factor", "ada@acme.test"]);
    assert!(said.out.contains("reset user 1"), "{}", said.out);
    let nobody = shell.run(&["user", "reset-second-factor", "bob@acme.test"]);
    assert_eq!(nobody.code, 64);
}
