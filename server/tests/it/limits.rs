//! Who asks for too much waits, and nobody else does.

use frontdesk_server::config::{Limits, Networks};
use frontdesk_testkit::{Answer, Desk, PASSWORD, TestServer, engines, eventually};
use reqwest::Method;
use serde_json::{Value, json};

async fn sign_in(desk: &Desk, email: &str, password: &str, from: &str) -> Answer {
    let user = json!({ "user": { "email": email, "password": password } });
    let headers = [("x-forwarded-for", from)];
    desk.send(Method::POST, "/api/session", Some(user), &headers)
        .await
}

fn seconds(answer: &Answer) -> i64 {
    let after = answer.headers["retry-after"].to_str().unwrap();
    after.parse().unwrap()
}

#[tokio::test]
async fn guessing_passwords_takes_longer_each_time_and_tells_nothing() {
    for engine in engines() {
        let server =
            TestServer::start_with(engine, |config| config.limits = Limits::default()).await;
        let desk = server.company("Acme").await;
        let mut heard: Vec<Vec<(u16, Value)>> = Vec::new();
        for (email, from) in [
            (desk.email.clone(), "198.51.100.1"),
            ("nobody@acme.test".to_owned(), "198.51.100.2"),
        ] {
            let mut answers = Vec::new();
            for _ in 0..7 {
                let answer = sign_in(&desk, &email, "guessed it", from).await;
                answers.push((answer.status.as_u16(), answer.body.clone()));
            }
            heard.push(answers);
        }
        assert_eq!(heard[0], heard[1], "whether somebody exists shows nowhere");
        let statuses: Vec<u16> = heard[0].iter().map(|(status, _)| *status).collect();
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);

        // The right password does not help before the wait is over, from anywhere.
        let early = sign_in(&desk, &desk.email, PASSWORD, "198.51.100.3").await;
        assert_eq!(early.status.as_u16(), 429);
        let wait = seconds(&early);
        assert!((1..=60).contains(&wait), "{wait}");
        server.clock.advance_seconds(wait);
        sign_in(&desk, &desk.email, PASSWORD, "198.51.100.3")
            .await
            .is(200);
        sign_in(&desk, &desk.email, "guessed it", "198.51.100.3")
            .await
            .is(401);
        let told = eventually(async || {
            let entries = desk.get("/api/v1/audit").await.data(200);
            let entries = entries.as_array().unwrap().clone();
            entries
                .into_iter()
                .find(|it| it["action"] == "user.locked_out")
        })
        .await;
        assert_eq!(told["subject"], format!("user:{}", desk.user_id));
        assert_eq!(told["address"], "198.51.100.1");
        server.stop().await;
    }
}

#[tokio::test]
async fn an_address_has_its_rate_and_others_are_not_touched() {
    for engine in engines() {
        let server = TestServer::start_with(engine, |config| {
            config.limits.address_rate = 10;
            config.limits.trusted_proxies = Networks::of(&["127.0.0.1"]).unwrap();
        })
        .await;
        let desk = server.company("Acme").await;
        let ask = |from: &'static str| {
            let headers = [
                ("authorization", desk.token.clone()),
                ("x-forwarded-for", from.to_owned()),
            ];
            let desk = desk.clone();
            async move {
                let headers = headers
                    .each_ref()
                    .map(|(name, value)| (*name, value.as_str()));
                desk.send(Method::GET, "/api/me", None, &headers).await
            }
        };
        for _ in 0..10 {
            ask("198.51.100.1").await.is(200);
        }
        let refused = ask("198.51.100.1").await;
        assert_eq!(refused.status.as_u16(), 429);
        assert_eq!(seconds(&refused), 6);
        assert!(
            refused.body["error"]["message"]
                .as_str()
                .unwrap()
                .starts_with("Too many requests from your address. Try again in 6 s.")
        );
        ask("198.51.100.2").await.is(200);
        let watching = [("x-forwarded-for", "198.51.100.1")];
        for path in ["/health/live", "/health/ready"] {
            desk.send(Method::GET, path, None, &watching).await.is(200);
        }
        // What comes from this machine itself has no address to count by.
        for _ in 0..20 {
            desk.get("/api/me").await.is(200);
        }
        server.clock.advance_seconds(6);
        ask("198.51.100.1").await.is(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_account_a_key_and_a_visitor_have_theirs() {
    for engine in engines() {
        let server = TestServer::start_with(engine, |config| {
            config.limits.account_rate = 30;
            config.limits.key_rate = 5;
            config.limits.visitor_rate = 3;
        })
        .await;
        let (desk, other) = (server.company("Acme").await, server.company("Globex").await);
        let made = json!({ "label": "sync", "scope": "read" });
        let made = desk.post("/api/personal_api_keys", made).await.data(201);
        let bearer = format!("Bearer {}", made["value"].as_str().unwrap());
        let by_key = [("authorization", bearer.as_str())];
        let mut statuses = Vec::new();
        for _ in 0..6 {
            let answer = desk.send(Method::GET, "/api/v1/me", None, &by_key).await;
            statuses.push(answer.status.as_u16());
        }
        assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);

        let (mut let_in, mut refused) = (0, 0);
        for _ in 0..40 {
            match desk.get("/api/me").await.status.as_u16() {
                200 => let_in += 1,
                429 => refused += 1,
                status => panic!("{status}"),
            }
        }
        assert!(let_in < 30 && refused > 10, "{let_in} {refused}");
        other.get("/api/me").await.is(200);

        let visit = |from: &'static str| {
            let customer = json!({ "customer": { "account_id": other.account_id } });
            let other = other.clone();
            async move {
                let headers = [("x-forwarded-for", from)];
                let answer = other
                    .send(Method::POST, "/api/customers", Some(customer), &headers)
                    .await;
                answer.status.as_u16()
            }
        };
        for wanted in [201, 201, 201, 429] {
            assert_eq!(visit("198.51.100.9").await, wanted);
        }
        assert_eq!(visit("198.51.100.8").await, 201);
        server.stop().await;
    }
}
