//! What a visitor's page does with its customer, on both databases.

use frontdesk_testkit::{Desk, TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

/// The keys of an object, sorted.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

/// Whether every one of these keys is there.
#[track_caller]
pub(crate) fn has(value: &Value, wanted: &str) {
    let found = keys(value);
    for key in wanted.split_whitespace() {
        assert!(found.contains(&key), "no {key} in {value}");
    }
}

/// A customer with these fields, as its page makes it.
pub(crate) async fn create(desk: &Desk, mut fields: Value) -> Value {
    fields["account_id"] = json!(desk.account_id);
    let body = json!({ "customer": fields });
    desk.anonymous(Method::POST, "/api/customers", Some(body))
        .await
        .data(201)
}

/// A visitor tells more about the customer.
pub(crate) async fn describe(desk: &Desk, id: &Value, fields: Value) -> frontdesk_testkit::Answer {
    let path = format!("/api/customers/{}/metadata", id.as_str().unwrap());
    desk.anonymous(Method::PUT, &path, Some(json!({ "metadata": fields })))
        .await
}

const CUSTOMER: &str = "id object name email created_at updated_at first_seen last_seen_at phone \
    external_id profile_photo_url company_id host pathname current_url browser os ip metadata \
    time_zone title";

#[tokio::test]
async fn a_page_makes_a_customer() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let long = format!("https://shop.test/{}", "x".repeat(400));
        let body = json!({ "customer": {
            "account_id": desk.account_id, "inbox_id": "undefined", "name": "Grace\u{202e}",
            "external_id": 42, "email": "undefined", "current_url": long, "pathname": long,
            "metadata": "not an object", "first_seen": "2026-11-17", "last_seen": "2030-01-01",
            "screen_height": 900, "verified": true, "company_id": "nothing",
        } });
        let headers = [("x-forwarded-for", "10.0.0.1, 203.0.113.7")];
        let made = desk
            .send(Method::POST, "/api/customers", Some(body), &headers)
            .await;
        let location = made.headers["location"].to_str().unwrap().to_owned();
        let made = made.data(201);
        has(&made, CUSTOMER);
        assert_eq!(
            location,
            format!("/api/customers/{}", made["id"].as_str().unwrap())
        );
        assert_eq!(made["object"], "customer");
        assert_eq!(made["external_id"], "42");
        assert_eq!(
            (&made["email"], &made["metadata"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(made["current_url"].as_str().unwrap().chars().count(), 255);
        assert_eq!(made["ip"], "203.0.113.7");
        assert_eq!(made["first_seen"], "2026-11-17");
        assert_eq!(
            (&made["verified"], &made["company_id"]),
            (&json!(false), &Value::Null)
        );
        assert!(!made["name"].as_str().unwrap().contains('\u{202e}'));
        assert_eq!(made["id"].as_str().unwrap().as_bytes()[14], b'4');
        server.stop().await;
    }
}

#[tokio::test]
async fn what_makes_no_customer_is_said_field_by_field() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let nowhere = "7d5ba9bb-f86b-4d0b-8b2a-f3b7b0f0c1de";
        let long = "x".repeat(256);
        for (fields, field, problem) in [
            (json!({}), "account_id", "can't be blank"),
            (
                json!({ "account_id": nowhere }),
                "account_id",
                "does not exist",
            ),
            (json!({ "account_id": "me" }), "account_id", "is invalid"),
            (
                json!({ "account_id": desk.account_id, "name": long }),
                "name",
                "is too long",
            ),
            (
                json!({ "account_id": desk.account_id, "email": long }),
                "email",
                "is too long",
            ),
            (
                json!({ "account_id": desk.account_id, "external_id": long }),
                "external_id",
                "is too long",
            ),
            (
                json!({ "account_id": desk.account_id, "external_id": "a\u{0}b" }),
                "external_id",
                "is invalid",
            ),
            (
                json!({ "account_id": desk.account_id, "first_seen": "soon" }),
                "first_seen",
                "is invalid",
            ),
            (
                json!({ "account_id": desk.account_id, "inbox_id": nowhere }),
                "inbox_id",
                "does not exist",
            ),
        ] {
            let body = Some(json!({ "customer": fields }));
            let answer = desk
                .anonymous(Method::POST, "/api/customers", body)
                .await
                .is(422);
            let errors = json!({ field: [problem] });
            let expected = json!({ "error": {
                "status": 422, "message": "Unprocessable Entity", "errors": errors,
            } });
            assert_eq!(answer, expected);
        }
        let bare = desk
            .anonymous(Method::POST, "/api/customers", Some(json!({})))
            .await;
        assert_eq!(
            bare.is(400),
            json!({ "errors": { "detail": "Bad Request" } })
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn a_page_describes_its_customer() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let made = create(&desk, json!({ "name": "Grace", "host": "shop.test" })).await;
        let id = &made["id"];
        let fields = json!({
            "email": "grace@shop.test", "browser": "Firefox", "metadata": { "plan": "gold" },
            "account_id": "7d5ba9bb-f86b-4d0b-8b2a-f3b7b0f0c1de", "verified": true,
        });
        let changed = describe(&desk, id, fields).await.data(200);
        has(&changed, CUSTOMER);
        has(&changed, "tags company");
        assert_eq!(
            (&changed["name"], &changed["email"]),
            (&json!("Grace"), &json!("grace@shop.test"))
        );
        assert_eq!(changed["metadata"], json!({ "plan": "gold" }));
        assert_eq!(
            (&changed["verified"], &changed["account_id"]),
            (&json!(false), &json!(desk.account_id))
        );

        let exists = format!("/api/customers/{}/exists", id.as_str().unwrap());
        assert_eq!(
            desk.anonymous(Method::GET, &exists, None).await.data(200),
            true
        );
        let nobody = json!("7d5ba9bb-f86b-4d0b-8b2a-f3b7b0f0c1de");
        let path = "/api/customers/7d5ba9bb-f86b-4d0b-8b2a-f3b7b0f0c1de/exists";
        assert_eq!(
            desk.anonymous(Method::GET, path, None).await.data(200),
            false
        );
        describe(&desk, &nobody, json!({})).await.is(404);

        let told = desk.get("/api/v1/events?after=0").await.is(200).to_string();
        assert!(told.contains("customer.created") && told.contains("customer.updated"));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_page_finds_its_open_chats_as_it_wrote_them() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let customer = create(&desk, json!({})).await;
        let mut ids = Vec::new();
        for n in 0..4 {
            let body = json!({
                "conversation": { "account_id": desk.account_id, "customer_id": customer["id"] },
                "message": { "body": format!("hello\u{200b} {n}") },
            });
            let started = desk
                .anonymous(Method::POST, "/api/conversations", Some(body))
                .await;
            ids.push(started.data(201)["id"].clone());
        }
        let note =
            json!({ "message": { "conversation_id": ids[3], "body": "VIP", "private": true } });
        desk.post("/api/messages", note).await.data(201);
        let path = |id: &Value, account: &str| {
            format!(
                "/api/conversations/customer?customer_id={}&account_id={account}",
                id.as_str().unwrap()
            )
        };
        let mine = path(&customer["id"], &desk.account_id);
        let found = desk.anonymous(Method::GET, &mine, None).await.data(200);
        let shown: Vec<&Value> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["id"])
            .collect();
        assert_eq!(shown, [&ids[3], &ids[2], &ids[1]]);
        has(
            &found[0],
            "id object source created_at closed_at last_activity_at status read priority \
            subject account_id customer_id assignee_id inbox_id metadata customer messages tags mentions",
        );
        assert_eq!(found[0]["messages"].as_array().unwrap().len(), 1);
        has(
            &found[0]["messages"][0],
            "id object body type content_type private source created_at \
            sent_at seen_at conversation_id account_id user_id user customer_id customer attachments metadata",
        );
        assert_eq!(found[0]["messages"][0]["body"], "hello\u{200b} 3");

        let closed = format!("/api/conversations/{}", ids[3].as_str().unwrap());
        desk.put(&closed, json!({ "conversation": { "status": "closed" } }))
            .await
            .data(200);
        let found = desk.anonymous(Method::GET, &mine, None).await.data(200);
        assert_eq!(found[0]["id"], ids[2]);

        let other = server.company("Other").await;
        let foreign = path(&customer["id"], &other.account_id);
        assert_eq!(
            desk.anonymous(Method::GET, &foreign, None).await.data(200),
            json!([])
        );
        let missing = desk
            .anonymous(
                Method::GET,
                "/api/conversations/customer?inbox_id=undefined",
                None,
            )
            .await;
        assert_eq!(missing.is(422)["error"]["received"], json!([]));
        server.stop().await;
    }
}

#[tokio::test]
async fn who_was_merged_away_is_followed_and_cannot_rename_the_other() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let chat = create(&desk, json!({})).await;
        let known = create(&desk, json!({ "email": "grace@shop.test" })).await;
        let body = json!({
            "conversation": { "account_id": desk.account_id, "customer_id": chat["id"] },
            "message": { "body": "Hello" },
        });
        let started = desk.anonymous(Method::POST, "/api/conversations", Some(body));
        let started = started.await.data(201);
        let id = chat["id"].as_str().unwrap();
        let merge = format!("/api/v1/customers/{id}/merge");
        desk.post(&merge, json!({ "into_id": known["id"] }))
            .await
            .is(200);

        let mine = format!(
            "/api/conversations/customer?customer_id={id}&account_id={}",
            desk.account_id
        );
        let found = desk.anonymous(Method::GET, &mine, None).await.data(200);
        assert_eq!(found[0]["id"], started["id"]);
        let fields = json!({ "email": "evil@x.test", "browser": "Lynx" });
        let told = describe(&desk, &chat["id"], fields).await.data(200);
        assert_eq!(
            (&told["id"], &told["email"], &told["browser"]),
            (&known["id"], &json!("grace@shop.test"), &json!("Lynx"))
        );
        server.stop().await;
    }
}
