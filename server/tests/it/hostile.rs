//! Requests that nobody means well are answered like any other wrong request, on both databases.

use frontdesk_testkit::{Desk, TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

/// Numbers at their ends, a NUL, bytes that are no UTF-8, names that nest.
const QUERY_VALUES: &[&str] = &[
    "=9223372036854775807",
    "=-9223372036854775808",
    "=99999999999999999999",
    "=%00",
    "=%ff%fe",
    "=-9999-01-01T00:00:00Z",
    "=%22%2A%27%5C%25",
    "[a][b]=1",
    "[]=1&x[]=2",
];

/// Every `GET` of the description with its query parameters, the path's ids filled in.
fn queries(document: &Value) -> Vec<(String, Vec<String>)> {
    let paths = document["paths"].as_object().unwrap();
    let gets = paths.iter().filter_map(|(path, place)| {
        let parameters = place["get"]["parameters"].as_array()?;
        let names = parameters.iter().filter(|it| it["in"] == "query");
        let names = names.map(|it| it["name"].as_str().unwrap().to_owned());
        let id = "910a2dec-8902-4cc1-beeb-8da1658eec67";
        Some((path.replace("{id}", id), names.collect()))
    });
    gets.collect()
}

async fn assert_answered(desk: &Desk, method: Method, path: &str, body: Option<Value>) {
    let answer = desk.request(method, path, body).await;
    assert!(answer.status.as_u16() < 500, "{path}: {}", answer.body);
}

#[tokio::test]
async fn no_query_makes_the_server_fail() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let document = desk.get("/api/openapi.json").await.is(200);
        for (path, names) in queries(&document) {
            for name in names {
                for value in QUERY_VALUES {
                    let path = format!("{path}?{name}{value}");
                    assert_answered(&desk, Method::GET, &path, None).await;
                }
            }
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn events_after_the_last_possible_number_need_a_new_snapshot() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let path = format!("/api/v1/events?after={}", i64::MAX);
        assert_eq!(desk.get(&path).await.is(410)["error"]["reason"], "resync");
        server.stop().await;
    }
}

#[tokio::test]
async fn no_text_makes_the_server_fail() {
    let long = "b7Kq".repeat(4000);
    let texts = ["\0", "a\0b", "\u{fffe}", "\u{202e}", long.as_str()];
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for text in texts {
            for (path, body) in requests(&desk, text) {
                assert_answered(&desk, Method::POST, path, Some(body)).await;
            }
        }
        server.stop().await;
    }
}

/// Texts that end in columns with an index, and free ones.
fn requests(desk: &Desk, text: &str) -> Vec<(&'static str, Value)> {
    let account_id = &desk.account_id;
    let customer = json!({
        "account_id": account_id, "name": text, "email": text, "external_id": text, "host": text,
        "metadata": { text: text },
    });
    vec![
        ("/api/customers", json!({ "customer": customer })),
        (
            "/api/tags",
            json!({ "tag": { "name": text, "color": text } }),
        ),
        (
            "/api/companies",
            json!({ "company": { "name": text, "external_id": text } }),
        ),
        (
            "/api/issues",
            json!({ "issue": { "title": text, "body": text } }),
        ),
        (
            "/api/session",
            json!({ "user": { "email": text, "password": text } }),
        ),
        ("/api/reset_password", json!({ "email": text })),
    ]
}

#[tokio::test]
async fn json_as_deep_as_a_well_is_refused() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let deep = format!("{{\"tag\":{}{}}}", "[".repeat(50_000), "]".repeat(50_000));
        let answer = desk
            .http
            .post(format!("{}/api/tags", desk.url))
            .header("authorization", &desk.token)
            .header("content-type", "application/json")
            .body(deep)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 400);
        server.stop().await;
    }
}
