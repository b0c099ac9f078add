//! What dashboards keep and look at: webhooks, addresses, the company's context, numbers, and
//! the audit log.

use crate::people::colleague;
use frontdesk_domain::Role;
use frontdesk_testkit::{TestServer, engines};
use serde_json::{Value, json};

#[tokio::test]
async fn webhooks_are_kept_for_admins() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let wish = |url: &str| json!({ "event_subscription": { "webhook_url": url } });
        for bad in [
            "",
            "ftp://a.test/x",
            "a.test",
            "https://",
            "http://me:pw@a.test/",
            "file:///etc",
        ] {
            let refused = desk
                .post("/api/event_subscriptions", wish(bad))
                .await
                .is(422);
            assert!(
                refused["error"]["errors"]["webhook_url"].is_array(),
                "{refused}"
            );
        }
        let made = desk
            .post("/api/event_subscriptions", wish("https://a.test/hook"))
            .await;
        let made = made.data(201);
        assert_eq!(
            (&made["verified"], &made["scope"]),
            (&json!(false), &Value::Null)
        );
        let path = format!("/api/event_subscriptions/{}", made["id"].as_str().unwrap());
        let change =
            json!({ "event_subscription": { "scope": "conversation:updated", "verified": true } });
        let changed = desk.put(&path, change).await.data(200);
        assert_eq!(changed["webhook_url"], "https://a.test/hook");
        assert_eq!(
            (&changed["scope"], &changed["verified"]),
            (&json!("conversation:updated"), &json!(false))
        );
        let member = colleague(&server, &desk, "grace", Role::Member).await;
        member.get("/api/event_subscriptions").await.is(401);
        assert_eq!(desk.delete(&path).await.status, 204);
        desk.get(&path).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn forwarding_addresses_are_addresses() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let wish = json!({ "forwarding_address": {
            "forwarding_email_address": " Help@Acme.test", "source_email_address": "not one",
        } });
        let refused = desk.post("/api/forwarding_addresses", wish).await.is(422);
        assert_eq!(
            refused["error"]["errors"],
            json!({ "source_email_address": ["has invalid format"] })
        );
        let wish =
            json!({ "forwarding_address": { "forwarding_email_address": " Help@Acme.test" } });
        let made = desk.post("/api/forwarding_addresses", wish).await.data(201);
        assert_eq!(made["forwarding_email_address"], "help@acme.test");
        let list = desk.get("/api/forwarding_addresses").await.data(200);
        assert_eq!(list, json!([made]));
        server.stop().await;
    }
}

#[tokio::test]
async fn the_context_of_the_business_comes_without_an_envelope() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let empty = desk.get("/api/business_context").await.is(200);
        assert_eq!(empty["business_name"], Value::Null);
        let wish =
            json!({ "business_name": "Acme Dental", "faqs": [{ "q": "Open?", "a": "Yes" }] });
        desk.post("/api/business_context", wish).await.is(201);
        let more = json!({ "services": ["Cleaning"], "faqs": null });
        let changed = desk.put("/api/business_context", more).await.is(200);
        assert_eq!(changed["business_name"], "Acme Dental");
        assert_eq!(changed["services"], json!(["Cleaning"]));
        assert_eq!(changed["faqs"], Value::Null);
        let long = json!({ "business_name": "x".repeat(256) });
        desk.put("/api/business_context", long).await.is(422);
        server.stop().await;
    }
}

#[tokio::test]
async fn the_numbers_are_those_of_the_account() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let other = server.company("Globex").await;
        other.visitor("Eve", "Elsewhere").await;
        let (_, id) = desk.visitor("Grace", "Hello").await;
        server.clock.advance_seconds(90);
        desk.reply(&id, "Hi Grace").await;

        let report = desk.get("/api/reporting").await.data(200);
        let today = frontdesk_testkit::START.to_date();
        let on_today = |count: i64| json!([{ "date": today, "count": count }]);
        assert_eq!(report["messages_by_date"], on_today(2));
        assert_eq!(report["sent_messages_by_date"], on_today(1));
        assert_eq!(report["received_messages_by_date"], on_today(1));
        assert_eq!(report["conversations_by_date"], on_today(1));
        assert_eq!(report["messages_per_user"][0]["user"]["email"], desk.email);
        assert_eq!(report["average_time_to_first_respond"], 90);
        let days = report["messages_by_weekday"].as_array().unwrap();
        let busy: Vec<_> = days.iter().filter(|day| day["total"] == 1).collect();
        let weekday = today.parse::<jiff::civil::Date>().unwrap().strftime("%A");
        assert_eq!(busy.len(), 1);
        assert_eq!(busy[0]["day"], weekday.to_string());
        let past = "/api/reporting?from_date=2020-01-01&to_date=2020-02-01T00:00:00Z";
        assert_eq!(
            desk.get(past).await.data(200)["messages_by_date"],
            json!([])
        );
        desk.get("/api/reporting?from_date=soon").await.is(422);

        let billing = desk.get("/api/billing").await.data(200);
        assert_eq!(
            (&billing["num_users"], &billing["num_messages"]),
            (&json!(1), &json!(2))
        );
        let status = desk.get("/api/onboarding_status").await.is(200);
        assert_eq!(status["invited_teammates"], false);
        colleague(&server, &desk, "grace", Role::Member).await;
        let status = desk.get("/api/onboarding_status").await.is(200);
        assert_eq!(status["invited_teammates"], true);
        assert_eq!(desk.get("/api/browser_sessions").await.data(200), json!([]));
        assert_eq!(desk.get("/api/lambdas").await.data(200), json!([]));
        server.stop().await;
    }
}

#[tokio::test]
async fn the_audit_log_is_read_in_pages_and_holds_no_secret() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let grace = colleague(&server, &desk, "grace", Role::Member).await;
        let key = desk
            .post("/api/personal_api_keys", json!({ "label": "bot" }))
            .await
            .data(201);
        let invited = desk
            .post("/api/user_invitations", json!({}))
            .await
            .data(201);
        let mail = json!({ "to_address": "ada@acme.test" });
        desk.post("/api/user_invitation_emails", mail).await.is(201);
        let role = json!({ "role": "admin" });
        desk.put(&format!("/api/users/{}/role", grace.user_id), role)
            .await
            .data(200);

        let mut lines: Vec<Value> = Vec::new();
        let mut path = "/api/v1/audit?limit=2".to_owned();
        loop {
            let page = desk.get(&path).await.is(200);
            lines.extend(page["data"].as_array().unwrap().iter().cloned());
            let Some(next) = page["next"].as_str() else {
                break;
            };
            path = format!("/api/v1/audit?limit=2&after={next}");
        }
        let actions: Vec<_> = lines
            .iter()
            .map(|line| line["action"].as_str().unwrap())
            .collect();
        assert_eq!(
            actions,
            [
                "user.role",
                "user.invited",
                "user.invited",
                "key.created",
                "user.added",
                "user.added",
                "account.created",
            ]
        );
        assert_eq!(lines[0]["subject"], format!("user:{}", grace.user_id));
        assert_eq!(
            (&lines[0]["user_id"], &lines[0]["detail"]),
            (&json!(desk.user_id), &json!("admin"))
        );
        assert_eq!(lines[1]["detail"], "user ada@acme.test");
        let text = Value::Array(lines).to_string();
        assert!(!text.contains(key["value"].as_str().unwrap()));
        assert!(!text.contains(invited["id"].as_str().unwrap()));
        server.stop().await;
    }
}
