//! Colleagues, teams, and what users say about themselves.

use crate::office::{account, colleague, keys};
use frontdesk_db::queries;
use frontdesk_domain::account::User;
use frontdesk_domain::{Role, UserId, Visibility};
use frontdesk_server::failure::Failure;
use frontdesk_testkit::{TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn colleagues_are_listed_while_they_have_access() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (desk, theirs) = (server.company("Acme").await, server.company("Other").await);
        let member = colleague(&server, &desk, Role::Member, Visibility::All).await;
        let ids = |list: Value| -> Vec<i64> {
            let all = list.as_array().unwrap().iter();
            all.map(|user| user["id"].as_i64().unwrap()).collect()
        };
        let (me, other) = (desk.user_id, member.user_id);
        assert_eq!(ids(desk.get("/api/users").await.data(200)), [me, other]);
        assert_eq!(
            ids(desk.get("/api/users?role=user").await.data(200)),
            [other]
        );
        let by_email = format!("/api/v1/users?email={}", desk.email);
        assert_eq!(ids(desk.get(&by_email).await.data(200)), [me]);
        desk.get("/api/users?role=king").await.is(422);
        let one = format!("/api/users/{other}");
        assert_eq!(desk.get(&one).await.data(200)["object"], "user");
        theirs.get(&one).await.is(404);

        let account_id = account(&desk);
        let disabled = server.running().db().write(account_id, move |unit| {
            let user = queries::users::by_id(unit.conn(), account_id, UserId(other))?.unwrap();
            let disabled_at = Some(unit.now());
            queries::users::update(
                unit,
                &User {
                    disabled_at,
                    ..user
                },
            )?;
            Ok::<_, Failure>(())
        });
        disabled.await.unwrap();
        desk.get(&one).await.is(404);
        assert_eq!(ids(desk.get("/api/users").await.data(200)), [me]);
        assert_eq!(
            ids(desk.get("/api/users?active=false").await.data(200)),
            [other]
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn users_say_who_they_are_and_whether_they_work() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let before = desk.get("/api/profile").await.data(200);
        assert_eq!(before.get("full_name"), None);
        let said =
            json!({ "user_profile": { "full_name": "Ada Lovelace", "display_name": "Ada" } });
        let after = desk.put("/api/profile", said).await.data(200);
        assert_eq!(
            [
                &after["full_name"],
                &after["display_name"],
                &after["profile_photo_url"]
            ],
            [&json!("Ada Lovelace"), &json!("Ada"), &Value::Null]
        );
        assert_eq!(desk.get("/api/v1/profile/whatever").await.data(200), after);
        desk.put("/api/profile", json!({ "full_name": "Ada" }))
            .await
            .is(400);
        let long = json!({ "user_profile": { "full_name": "x".repeat(256) } });
        desk.put("/api/profile", long).await.is(422);

        let away = json!({ "availability": "away" });
        let user = desk.put("/api/v1/me/availability", away).await.data(200);
        assert_eq!(user["availability"], "away");
        let odd = json!({ "availability": "asleep" });
        desk.put("/api/v1/me/availability", odd).await.is(422);
        let told = desk.events().await;
        let last = told.last().unwrap();
        assert_eq!(
            [&last["kind"], &last["entity"]],
            [&json!("entity.changed"), &json!("user")]
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn settings_are_kept_from_the_first_look() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let first = desk.get("/api/user_settings").await.data(200);
        assert_eq!(
            keys(&first),
            [
                "email_alert_on_new_conversation",
                "email_alert_on_new_message",
                "expo_push_token",
                "id",
                "object",
                "signature",
                "user_id"
            ]
        );
        let wish = json!({ "user_settings": { "email_alert_on_new_message": true } });
        let path = format!("/api/v1/user_settings/{}", first["id"].as_str().unwrap());
        let changed = desk.put(&path, wish).await.data(200);
        assert_eq!(changed["email_alert_on_new_message"], true);
        assert_eq!(changed["id"], first["id"]);
        assert_eq!(desk.get("/api/user_settings").await.data(200), changed);
        server.stop().await;
    }
}

#[tokio::test]
async fn teams_have_members_of_their_own_company() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (desk, theirs) = (server.company("Acme").await, server.company("Other").await);
        let member = colleague(&server, &desk, Role::Member, Visibility::All).await;
        let new = json!({ "team": { "name": "Billing" } });
        member.post("/api/v1/teams", new.clone()).await.is(401);
        let made = desk.post("/api/v1/teams", new.clone()).await;
        let one = made.headers["location"].to_str().unwrap().to_owned();
        assert_eq!(
            keys(&made.data(201)),
            [
                "account_id",
                "created_at",
                "id",
                "name",
                "object",
                "updated_at",
                "user_ids"
            ]
        );
        desk.post("/api/v1/teams", new).await.is(422);
        let members = format!("{one}/members");
        let joined = desk
            .put(&format!("{members}/{}", member.user_id), json!({}))
            .await;
        assert_eq!(joined.data(200)["user_ids"], json!([member.user_id]));
        desk.put(&format!("{members}/{}", theirs.user_id), json!({}))
            .await
            .is(404);
        theirs
            .put(&format!("{members}/{}", theirs.user_id), json!({}))
            .await
            .is(404);
        theirs.get(&one).await.is(404);
        assert_eq!(
            member.get("/api/v1/teams").await.data(200)[0]["user_ids"],
            json!([member.user_id])
        );
        desk.delete(&format!("{members}/{}", member.user_id))
            .await
            .is(204);
        assert_eq!(desk.get(&one).await.data(200)["user_ids"], json!([]));
        let renamed = json!({ "team": { "name": "Money" } });
        let renamed = desk.request(Method::PATCH, &one, Some(renamed)).await;
        assert_eq!(renamed.data(200)["name"], "Money");
        desk.delete(&one).await.is(204);
        desk.get(&one).await.is(404);
        server.stop().await;
    }
}
