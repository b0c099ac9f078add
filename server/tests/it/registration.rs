//! Coming in: founding a company, following an invitation, and being turned away.

use frontdesk_server::config::Registration;
use frontdesk_testkit::{Answer, PASSWORD, TestServer, engines};
use reqwest::{Client, Method};
use serde_json::{Value, json};

async fn register(server: &TestServer, user: Value) -> Answer {
    post(server, "/api/registration", json!({ "user": user })).await
}

async fn post(server: &TestServer, path: &str, body: Value) -> Answer {
    send(
        &server.http,
        Method::POST,
        &format!("{}{path}", server.url),
        "",
        Some(body),
    )
    .await
}

async fn send(
    http: &Client,
    method: Method,
    url: &str,
    token: &str,
    body: Option<Value>,
) -> Answer {
    let mut request = http.request(method, url).header("authorization", token);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.unwrap();
    Answer {
        status,
        headers,
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    }
}

async fn get(server: &TestServer, path: &str, token: &Value) -> Answer {
    let url = format!("{}{path}", server.url);
    send(
        &server.http,
        Method::GET,
        &url,
        token.as_str().unwrap(),
        None,
    )
    .await
}

fn founder(email: &str) -> Value {
    json!({
        "company_name": "Acme", "email": email,
        "password": PASSWORD, "password_confirmation": PASSWORD,
    })
}

#[tokio::test]
async fn a_founder_gets_an_account_with_a_primary_inbox() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let made = register(&server, founder(" Ada@Acme.Test ")).await;
        let made = made.data(200);
        let me = get(&server, "/api/me", &made["token"]).await.data(200);
        assert_eq!(
            (&me["email"], &me["role"], &me["account_id"]),
            (
                &json!("ada@acme.test"),
                &json!("admin"),
                &made["account_id"]
            )
        );
        let account = get(&server, "/api/accounts/me", &made["token"])
            .await
            .data(200);
        assert_eq!(account["company_name"], "Acme");
        assert_eq!(account["users"][0]["email"], "ada@acme.test");
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_invalid_answers_500_field_by_field() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        register(&server, founder("ada@acme.test")).await.data(200);
        let cases = [
            (json!({}), "email", "can't be blank"),
            (json!({}), "company_name", "can't be blank"),
            (json!({}), "password", "can't be blank"),
            (json!({ "email": 5 }), "email", "is invalid"),
            (
                json!({ "email": "ada at acme" }),
                "email",
                "has invalid format",
            ),
            (
                json!({ "password": "1234567" }),
                "password",
                "should be at least 8 character(s)",
            ),
            (
                json!({ "password": PASSWORD, "password_confirmation": "else" }),
                "password_confirmation",
                "does not match confirmation",
            ),
            (founder("ADA@acme.test"), "email", "has already been taken"),
        ];
        for (user, field, problem) in cases {
            let error = register(&server, user).await.is(500)["error"].clone();
            assert_eq!(error["status"], 500);
            assert_eq!(error["message"], "Couldn't create user");
            assert_eq!(error["errors"][field], json!([problem]));
        }
        post(&server, "/api/registration", json!({})).await.is(400);
        server.stop().await;
    }
}

#[tokio::test]
async fn the_configuration_says_who_may_found() {
    for engine in engines() {
        for (registration, first, second) in [
            (Registration::Open, 200, 200),
            (Registration::First, 200, 403),
            (Registration::Invite, 403, 403),
            (Registration::Closed, 403, 403),
        ] {
            let server =
                TestServer::start_with(engine, |config| config.registration = registration).await;
            let tried = register(&server, founder("a@one.test")).await;
            assert_eq!(tried.status, first, "{registration:?}");
            let tried = register(&server, founder("b@two.test")).await;
            assert_eq!(tried.status, second, "{registration:?}");
            server.stop().await;
        }
    }
}

#[tokio::test]
async fn an_invitation_lets_one_person_in_for_three_days() {
    for engine in engines() {
        let server =
            TestServer::start_with(engine, |it| it.registration = Registration::Invite).await;
        let desk = server.company("Acme").await;
        let invitation = desk
            .post("/api/user_invitations", json!({}))
            .await
            .data(201);
        let mut newcomer = founder("grace@acme.test");
        newcomer["invite_token"] = invitation["id"].clone();
        let joined = register(&server, newcomer.clone()).await.data(200);
        assert_eq!(joined["account_id"], json!(desk.account_id));
        let me = get(&server, "/api/me", &joined["token"]).await.data(200);
        assert_eq!(me["role"], "user");

        newcomer["email"] = json!("eve@acme.test");
        register(&server, newcomer.clone()).await.is(403);
        newcomer["invite_token"] = json!("guessed");
        register(&server, newcomer.clone()).await.is(403);

        let body = json!({ "role": "viewer" });
        let late = desk.post("/api/user_invitations", body).await.data(201);
        assert_eq!(late["role"], "viewer");
        newcomer["invite_token"] = late["id"].clone();
        server.clock.advance_seconds(3 * 24 * 3600);
        register(&server, newcomer).await.is(403);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_invitation_spent_on_a_taken_address_stays_good() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let invitation = desk
            .post("/api/user_invitations", json!({}))
            .await
            .data(201);
        let mut newcomer = founder(&desk.email);
        newcomer["invite_token"] = invitation["id"].clone();
        let refused = register(&server, newcomer.clone()).await.is(500);
        assert_eq!(
            refused["error"]["errors"]["email"],
            json!(["has already been taken"])
        );
        newcomer["email"] = json!("grace@acme.test");
        register(&server, newcomer).await.data(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn onboarding_founds_a_company_with_its_context() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let wish = json!({
            "email": "ada@acme.test", "password": PASSWORD, "company_name": "Acme",
            "business_context": { "business_name": "Acme Dental", "services": ["Cleaning"] },
        });
        let made = post(&server, "/api/onboarding", wish.clone()).await.is(201);
        assert!(made["account_id"].is_string() && made["inbox_id"].is_string());
        assert!(made["user_id"].is_i64() && made["message"].is_string());
        let who = json!({ "user": { "email": "ada@acme.test", "password": PASSWORD } });
        let token = post(&server, "/api/session", who).await.data(200)["token"].clone();
        let context = get(&server, "/api/business_context", &token).await.is(200);
        assert_eq!(context["business_name"], "Acme Dental");
        assert_eq!(context["services"], json!(["Cleaning"]));

        let again = post(&server, "/api/onboarding", wish).await.is(422);
        assert_eq!(
            again["error"]["errors"]["email"],
            json!(["has already been taken"])
        );
        server.stop().await;
    }
}
