//! Managing an account and its users.

use crate::people::colleague;
use frontdesk_domain::Role;
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};

#[tokio::test]
async fn an_account_is_changed_field_by_field() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let mut agent = desk.socket().await;
        let topic = format!("notification:{}", desk.account_id);
        agent.join(&topic, json!({ "cursor": 0 })).await;
        let wish = json!({ "account": {
            "company_name": "Acme Ltd", "time_zone": "europe/berlin",
            "settings": { "conversation_reminders_enabled": true },
            "working_hours": [{ "day": "weekdays", "start_minute": 540, "end_minute": 1020 }],
        } });
        let changed = desk.put("/api/accounts/me", wish).await.data(200);
        assert_eq!(changed["object"], "account");
        assert_eq!(changed["time_zone"], "Europe/Berlin");
        assert_eq!(changed["settings"]["conversation_reminders_enabled"], true);
        assert_eq!(changed["working_hours"][0]["start_minute"], 540);
        assert_eq!(changed["users"][0]["id"], desk.user_id);
        let told = agent
            .wait(|frame| frame[3] == "event" && frame[4]["entity"] == "account")
            .await;
        assert_eq!(told[4]["entity_id"], desk.account_id);

        let more = json!({ "account": {
            "settings": { "max_num_conversation_reminders": 3 }, "time_zone": null,
        } });
        let any = format!("/api/accounts/{}", uuid::Uuid::new_v4());
        let changed = desk.put(&any, more).await.data(200);
        assert_eq!(changed["id"], desk.account_id);
        assert_eq!(changed["company_name"], "Acme Ltd");
        assert_eq!(changed["time_zone"], Value::Null);
        assert_eq!(changed["settings"]["conversation_reminders_enabled"], true);
        assert_eq!(changed["settings"]["max_num_conversation_reminders"], 3);
        drop(agent);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_account_refuses_what_cannot_be() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let cases = [
            ("company_name", json!("  "), "can't be blank"),
            (
                "company_name",
                json!("x".repeat(256)),
                "should be at most 255 character(s)",
            ),
            ("time_zone", json!("Mars/Olympus"), "is invalid"),
            ("time_zone", json!("../../etc/passwd"), "is invalid"),
            (
                "settings",
                json!({ "max_num_conversation_reminders": -1 }),
                "is invalid",
            ),
            (
                "working_hours",
                json!([{ "day": "someday", "start_minute": 0, "end_minute": 1 }]),
                "is invalid",
            ),
            (
                "working_hours",
                json!([{ "day": "monday", "start_minute": 0, "end_minute": 1441 }]),
                "is invalid",
            ),
        ];
        for (field, value, problem) in cases {
            let wish = json!({ "account": { (field): value } });
            let refused = desk.put("/api/accounts/me", wish).await.is(422);
            assert_eq!(
                refused,
                json!({ "error": {
                    "status": 422, "message": "Unprocessable Entity",
                    "errors": { (field): [problem] },
                } })
            );
        }
        desk.put("/api/accounts/me", json!({ "company_name": "x" }))
            .await
            .is(400);
        let same = desk.get("/api/accounts/me").await.data(200);
        assert_eq!(same["company_name"], "Acme");
        server.stop().await;
    }
}

async fn role(desk: &Desk, id: i64, role: Value) -> frontdesk_testkit::Answer {
    desk.put(&format!("/api/users/{id}/role"), json!({ "role": role }))
        .await
}

#[tokio::test]
async fn users_are_managed_by_admins_and_not_by_themselves() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let grace = colleague(&server, &desk, "grace", Role::Member).await;
        let refused = role(&grace, desk.user_id, json!("user")).await.is(401);
        assert_eq!(
            refused,
            json!({ "error": { "status": 401, "message": "Unauthorized access" } })
        );
        role(&desk, desk.user_id, json!("user")).await.is(400);
        let own = |what: &str| format!("/api/users/{}/{what}", desk.user_id);
        desk.post(&own("disable"), json!({})).await.is(400);
        desk.post(&own("enable"), json!({})).await.is(400);
        desk.post(&own("archive"), json!({})).await.is(403);
        role(&desk, grace.user_id, json!("owner")).await.is(400);
        role(&desk, grace.user_id, Value::Null).await.is(400);
        role(&desk, 999_999, json!("user")).await.is(404);

        let mut socket = grace.socket().await;
        let changed = role(&desk, grace.user_id, json!("viewer")).await.data(200);
        assert_eq!(
            (&changed["id"], &changed["role"]),
            (&json!(grace.user_id), &json!("viewer"))
        );
        socket.closed().await;
        drop(socket);
        grace.get("/api/me").await.is(200);

        let mut socket = grace.socket().await;
        let path = format!("/api/v1/users/{}/visibility", grace.user_id);
        let wish = json!({ "visibility": "own_and_unassigned" });
        let changed = desk.put(&path, wish).await.data(200);
        assert_eq!(changed["visibility"], "own_and_unassigned");
        socket.closed().await;
        drop(socket);
        desk.put(&path, json!({ "visibility": "everything" }))
            .await
            .is(422);

        let theirs = |what: &str| format!("/api/users/{}/{what}", grace.user_id);
        desk.post(&theirs("archive"), json!({})).await.data(200);
        let account = desk.get("/api/accounts/me").await.data(200);
        assert_eq!(account["users"].as_array().unwrap().len(), 1);
        let back = desk.post(&theirs("enable"), json!({})).await.data(200);
        assert_eq!(back["archived_at"], Value::Null);
        server.stop().await;
    }
}

#[tokio::test]
async fn two_admins_cannot_demote_each_other_at_once() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let ada = server.company("Acme").await;
        let grace = colleague(&server, &ada, "grace", Role::Admin).await;
        let (one, two) = tokio::join!(
            role(&ada, grace.user_id, json!("user")),
            role(&grace, ada.user_id, json!("user"))
        );
        let made = [&one, &two].iter().filter(|it| it.status == 200).count();
        assert_eq!(made, 1, "{one:?} {two:?}");
        server.stop().await;
    }
}
