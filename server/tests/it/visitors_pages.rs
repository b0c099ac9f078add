//! What pages need beside the conversation: the widget's look, files, links and visits.

use crate::visitors::{create, has};
use frontdesk_testkit::{Desk, TestServer, engines};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const LOOK: &str = "id object created_at updated_at title subtitle color greeting away_message \
    new_message_placeholder email_input_placeholder new_messages_notification_text \
    show_agent_availability agent_available_text agent_unavailable_text require_email_upfront \
    is_open_by_default is_branding_hidden custom_icon_url iframe_url_override icon_variant \
    base_url inbox_id";

const NOBODY: &str = "7d5ba9bb-f86b-4d0b-8b2a-f3b7b0f0c1de";

#[tokio::test]
async fn the_widget_has_a_look_for_every_page() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let path = format!(
            "/api/widget_settings?account_id={}&inbox_id=undefined",
            desk.account_id
        );
        let first = desk.anonymous(Method::GET, &path, None).await.data(200);
        has(&first, LOOK);
        has(
            &first["account"],
            "id object company_name company_logo_url time_zone subscription_plan \
            settings working_hours is_outside_working_hours current_minutes_since_midnight",
        );
        assert_eq!(first["inbox_id"], desk.inbox_id);
        let again = desk.anonymous(Method::GET, &path, None).await.data(200);
        assert_eq!(first["id"], again["id"]);

        let look = json!({ "widget_settings": { "title": "Hi", "color": "#1890ff", "icon_variant": "filled" } });
        let refused = desk
            .anonymous(Method::PUT, "/api/widget_settings", Some(look.clone()))
            .await;
        refused.is(401);
        let changed = desk.put("/api/widget_settings", look).await.data(200);
        has(&changed, LOOK);
        assert_eq!(
            (&changed["title"], changed.get("account")),
            (&json!("Hi"), None)
        );
        for (field, value) in [
            ("color", "red;background:url(x)"),
            ("icon_variant", "round"),
            ("iframe_url_override", "javascript:alert(1)"),
        ] {
            let wrong = json!({ "widget_settings": { field: value } });
            let refused = desk.put("/api/widget_settings", wrong).await.is(422);
            assert_eq!(refused["error"]["errors"][field], json!(["is invalid"]));
        }

        let seen = json!({ "account_id": desk.account_id, "metadata": { "host": "shop.test", "title": "no" } });
        let seen = desk
            .anonymous(Method::PUT, "/api/widget_settings/metadata", Some(seen))
            .await
            .data(200);
        assert_eq!((&seen["title"], seen.get("account")), (&json!("Hi"), None));
        let unknown = format!("/api/widget_settings?account_id={NOBODY}");
        desk.anonymous(Method::GET, &unknown, None).await.is(404);
        let bare = desk
            .anonymous(Method::GET, "/api/widget_settings", None)
            .await
            .is(422);
        assert_eq!(bare["error"]["received"], json!([]));
        server.stop().await;
    }
}

async fn upload(desk: &Desk, form: Form) -> (u16, Value) {
    let sent = desk
        .http
        .post(format!("{}/api/upload", desk.url))
        .multipart(form)
        .send()
        .await;
    let answer = sent.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

fn file(bytes: &[u8], name: &str, kind: &str) -> Part {
    let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    part.mime_str(kind).unwrap()
}

#[tokio::test]
async fn a_file_comes_back_as_it_went() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let bytes = b"<script>alert(1)</script>";
        // The file first: who it belongs to comes after it in the form.
        let form = Form::new()
            .part("file", file(bytes, "../my Büro.html", "text/html"))
            .text("account_id", desk.account_id.clone());
        let (status, made) = upload(&desk, form).await;
        assert_eq!(status, 201, "{made}");
        let made = &made["data"];
        assert_eq!(
            crate::visitors::keys(made),
            ["content_type", "file_url", "filename", "id", "object"]
        );
        assert_eq!(made["filename"], "my-Büro.html");
        assert_eq!(made["content_type"], "application/octet-stream");
        let fetched = desk
            .http
            .get(made["file_url"].as_str().unwrap())
            .send()
            .await
            .unwrap();
        assert_eq!(fetched.status(), 200);
        let headers = fetched.headers().clone();
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(
            headers["content-disposition"]
                .to_str()
                .unwrap()
                .starts_with("attachment")
        );
        assert!(
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("default-src 'none'")
        );
        assert_eq!(fetched.bytes().await.unwrap().as_ref(), bytes);

        let other = server.company("Other").await;
        let id = made["id"].as_str().unwrap();
        let foreign = format!("/files/{}/{id}/x", other.account_id);
        desk.anonymous(Method::GET, &foreign, None).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_no_upload_is_refused() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let small = || file(b"x", "x.txt", "text/plain");
        let (status, said) = upload(&desk, Form::new().part("file", small())).await;
        assert_eq!(
            (status, &said["error"]["errors"]["account_id"]),
            (422, &json!(["can't be blank"]))
        );
        let unknown = Form::new().part("file", small()).text("account_id", NOBODY);
        let (status, said) = upload(&desk, unknown).await;
        assert_eq!(
            (status, &said["error"]["errors"]["account_id"]),
            (422, &json!(["does not exist"]))
        );
        let empty = Form::new().text("account_id", desk.account_id.clone());
        let (status, said) = upload(&desk, empty).await;
        assert_eq!(
            (status, &said["error"]["errors"]["file"]),
            (422, &json!(["can't be blank"]))
        );
        let large = vec![b'x'; 25 * 1024 * 1024 + 1];
        let large = Form::new().part("file", file(&large, "x.bin", "text/plain"));
        assert_eq!(upload(&desk, large).await.0, 413);
        desk.post("/api/upload", json!({})).await.is(415);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_link_shows_one_conversation_for_a_day() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let customer = create(&desk, json!({ "name": "Grace" })).await;
        let started = json!({
            "conversation": { "account_id": desk.account_id, "customer_id": customer["id"] },
            "message": { "body": "Hello" },
        });
        let held = desk
            .anonymous(Method::POST, "/api/conversations", Some(started))
            .await
            .data(201);
        let id = held["id"].as_str().unwrap();
        let note = json!({ "message": { "conversation_id": id, "body": "VIP", "private": true } });
        desk.post("/api/messages", note).await.data(201);
        let share = format!("/api/conversations/{id}/share");
        desk.anonymous(Method::POST, &share, None).await.is(401);
        let link = desk.post(&share, json!({})).await.data(200);
        assert_eq!(link["ok"], true);
        let token = link["token"].as_str().unwrap();
        let read = format!("/api/conversations/shared?conversation_id={id}&token={token}");
        let shown = desk.anonymous(Method::GET, &read, None).await.data(200);
        assert_eq!(shown["messages"].as_array().unwrap().len(), 1);
        assert_eq!(
            (&shown["messages"][0]["body"], &shown["customer"]["ip"]),
            (&json!("Hello"), &Value::Null)
        );
        let spam = json!({ "conversation": { "status": "spam" } });
        desk.put(&format!("/api/conversations/{id}"), spam)
            .await
            .is(200);
        let shown = desk.anonymous(Method::GET, &read, None).await.data(200);
        assert_eq!(shown["status"], "closed", "nobody outside is told of spam");

        let denied = json!({ "error": { "status": 403, "message": "Access denied" } });
        for wrong in [
            format!("/api/conversations/shared?conversation_id={id}&token=x"),
            format!("/api/conversations/shared?conversation_id={NOBODY}&token={token}"),
            "/api/conversations/shared".to_owned(),
        ] {
            assert_eq!(
                desk.anonymous(Method::GET, &wrong, None).await.is(403),
                denied
            );
        }
        server.clock.advance_seconds(24 * 60 * 60);
        let late = desk.anonymous(Method::GET, &read, None).await.is(403);
        assert_eq!(late["error"]["message"], "This link has expired");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_visit_is_begun_ended_and_named() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let customer = create(&desk, json!({})).await;
        let visit = json!({ "browser_session": {
            "account_id": desk.account_id, "started_at": "2026-11-20T20:21:14.123Z", "metadata": { "a": 1 },
        } });
        let made = desk
            .anonymous(Method::POST, "/api/browser_sessions", Some(visit))
            .await
            .data(201);
        has(
            &made,
            "id object account_id customer_id metadata started_at finished_at",
        );
        assert_eq!(made["started_at"], "2026-11-20T20:21:14Z");
        let path = |what: &str| {
            format!(
                "/api/browser_sessions/{}/{what}",
                made["id"].as_str().unwrap()
            )
        };
        assert_eq!(
            desk.anonymous(Method::GET, &path("exists"), None)
                .await
                .data(200),
            true
        );
        let beacon = |what: &str| {
            let request = desk
                .http
                .post(format!("{}{}?ip=1&_=1", desk.url, path(what)));
            request
                .header("origin", "https://shop.test")
                .header("content-type", "application/x-www-form-urlencoded")
                .body("data=e30%3D")
                .send()
        };
        let ended = beacon("finish").await.unwrap();
        assert_eq!(ended.headers()["access-control-allow-credentials"], "true");
        assert!(ended.json::<Value>().await.unwrap()["data"]["finished_at"].is_string());
        let going = beacon("restart")
            .await
            .unwrap()
            .json::<Value>()
            .await
            .unwrap();
        assert_eq!(going["data"]["finished_at"], Value::Null);

        let named = Some(json!({ "customer_id": customer["id"] }));
        let named = desk
            .anonymous(Method::POST, &path("identify"), named)
            .await
            .data(200);
        assert_eq!(named["customer_id"], customer["id"]);
        let other = server.company("Other").await;
        let foreign = create(&other, json!({})).await;
        let foreign = Some(json!({ "customer_id": foreign["id"] }));
        desk.anonymous(Method::POST, &path("identify"), foreign)
            .await
            .is(422);
        let unknown = format!("/api/browser_sessions/{NOBODY}/finish");
        desk.anonymous(Method::POST, &unknown, None).await.is(404);
        server.stop().await;
    }
}
