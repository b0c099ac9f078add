//! The small shared things: shapes, validation, the wall between companies, and roles.

use crate::office::{colleague, conversation, customer, keys};
use frontdesk_domain::{Role, Visibility};
use frontdesk_testkit::{TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

/// A noun: its path, its key, a body that makes one, and the field it cannot do without.
const NOUNS: &[(&str, &str, &str, &str)] = &[
    (
        "/api/tags",
        "tag",
        "name",
        "name description color created_at updated_at",
    ),
    (
        "/api/issues",
        "issue",
        "title",
        "title body state github_issue_url closed_at account_id creator_id assignee_id created_at updated_at",
    ),
    (
        "/api/companies",
        "company",
        "name",
        "name external_id website_url description logo_image_url industry slack_channel_id slack_channel_name slack_team_id slack_team_name metadata account_id created_at updated_at",
    ),
    (
        "/api/canned_responses",
        "canned_response",
        "name",
        "name content",
    ),
];

/// A body that makes one of these.
fn body(key: &str, field: &str, text: &str) -> Value {
    let mut inner = json!({ field: text });
    if key == "canned_response" {
        inner["content"] = json!("Hello!");
    }
    json!({ key: inner })
}

#[tokio::test]
async fn every_noun_is_added_shown_changed_and_deleted() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for (path, key, field, fields) in NOUNS {
            let made = desk.post(path, body(key, field, "First")).await;
            let location = made.headers["location"].to_str().unwrap().to_owned();
            let made = made.data(201);
            assert_eq!(location, format!("{path}/{}", made["id"].as_str().unwrap()));
            let mut expected: Vec<_> = fields.split(' ').collect();
            expected.push("id");
            if *key != "canned_response" {
                assert_eq!(made["object"], *key);
                expected.push("object");
            }
            expected.sort_unstable();
            assert_eq!(keys(&made), expected, "{path}");

            let changed = body(key, field, "Second");
            assert_eq!(
                desk.put(&location, changed.clone()).await.data(200)[field],
                "Second"
            );
            let patched = desk.request(Method::PATCH, &location, Some(changed)).await;
            assert_eq!(patched.data(200), desk.get(&location).await.data(200));
            assert_eq!(desk.get(path).await.data(200)[0]["id"], made["id"]);

            let gone = desk.delete(&location).await;
            assert_eq!(gone.status, 204);
            assert_eq!(gone.body, Value::Null);
            desk.get(&location).await.is(404);
            desk.delete(&location).await.is(404);
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for (path, key, field, _) in NOUNS {
            let problem = |answer: Value| answer["error"]["errors"][field][0].clone();
            let none = desk.post(path, json!({ *key: {} })).await.is(422);
            assert_eq!(problem(none), "can't be blank", "{path}");
            let blank = desk.post(path, body(key, field, "  ")).await.is(422);
            assert_eq!(problem(blank), "can't be blank", "{path}");
            let long = desk
                .post(path, body(key, field, &"x".repeat(300_000)))
                .await;
            assert_eq!(
                problem(long.is(422)),
                "should be at most 255 character(s)",
                "{path}"
            );
            let number = desk
                .post(path, json!({ *key: { *field: 7 } }))
                .await
                .is(422);
            assert_eq!(problem(number), "is invalid", "{path}");
            desk.post(path, json!({})).await.is(400);
            desk.get(&format!("{path}/undefined")).await.is(400);
        }
        for (path, key) in [
            ("/api/tags", "tag"),
            ("/api/canned_responses", "canned_response"),
        ] {
            desk.post(path, body(key, "name", "Same")).await.is(201);
            let taken = desk.post(path, body(key, "name", "Same")).await.is(422);
            assert_eq!(
                taken["error"]["errors"]["name"][0],
                "has already been taken"
            );
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn another_company_neither_sees_nor_names_them() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (ours, theirs) = (server.company("Acme").await, server.company("Other").await);
        for (path, key, field, _) in NOUNS {
            let made = ours.post(path, body(key, field, "Ours")).await.data(201);
            let one = format!("{path}/{}", made["id"].as_str().unwrap());
            theirs.get(&one).await.is(404);
            theirs.put(&one, body(key, field, "Mine")).await.is(404);
            theirs.delete(&one).await.is(404);
            assert_eq!(theirs.get(path).await.data(200), json!([]));
            assert_eq!(ours.get(&one).await.data(200)[field], "Ours");
        }
        let missing = |answer: Value, field: &str| {
            assert_eq!(answer["error"]["errors"][field][0], "does not exist");
        };
        let issue = json!({ "issue": { "title": "T", "assignee_id": ours.user_id } });
        missing(
            theirs.post("/api/issues", issue).await.is(422),
            "assignee_id",
        );
        let grace = customer(&server, &ours, "Grace").await;
        let note = json!({ "note": { "body": "N", "customer_id": grace } });
        missing(
            theirs.post("/api/notes", note.clone()).await.is(422),
            "customer_id",
        );
        let note = ours.post("/api/notes", note).await.data(201);
        theirs
            .get(&format!("/api/notes/{}", note["id"].as_str().unwrap()))
            .await
            .is(404);

        let tag = ours
            .post("/api/tags", body("tag", "name", "Red"))
            .await
            .data(201);
        let held = conversation(&theirs, &customer(&server, &theirs, "Ada").await, "Hi").await;
        let tags = format!("/api/conversations/{}/tags", held["id"].as_str().unwrap());
        let named = json!({ "tag_id": tag["id"] });
        missing(theirs.post(&tags, named.clone()).await.is(422), "tag_id");
        ours.post(&tags, named).await.is(404);
        theirs
            .delete(&format!("{tags}/{}", tag["id"].as_str().unwrap()))
            .await
            .is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn viewers_look_and_members_work() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let viewer = colleague(&server, &desk, Role::Viewer, Visibility::All).await;
        let member = colleague(&server, &desk, Role::Member, Visibility::All).await;
        for (path, key, field, _) in NOUNS {
            viewer.post(path, body(key, field, "V")).await.is(401);
            let made = member.post(path, body(key, field, "M")).await.data(201);
            let one = format!("{path}/{}", made["id"].as_str().unwrap());
            viewer.get(&one).await.is(200);
            viewer.put(&one, body(key, field, "V")).await.is(401);
            viewer.delete(&one).await.is(401);
            member.delete(&one).await.is(204);
            desk.anonymous(Method::GET, path, None).await.is(401);
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn an_issue_is_closed_when_it_is_settled() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let made = desk
            .post("/api/issues", body("issue", "title", "Broken"))
            .await
            .data(201);
        assert_eq!(
            (&made["state"], &made["closed_at"]),
            (&json!("unstarted"), &Value::Null)
        );
        assert_eq!(made["creator_id"], desk.user_id);
        let one = format!("/api/issues/{}", made["id"].as_str().unwrap());
        let to = |state: &str| json!({ "issue": { "state": state } });
        let closed = desk.put(&one, to("closed")).await.data(200);
        assert!(closed["closed_at"].as_str().unwrap().ends_with('Z'));
        let open = desk.put(&one, to("in_progress")).await.data(200);
        assert_eq!(open["closed_at"], Value::Null);
        let wrong = desk.put(&one, to("lost")).await.is(422);
        assert_eq!(wrong["error"]["errors"]["state"][0], "is invalid");
        server.stop().await;
    }
}

#[tokio::test]
async fn notes_are_listed_with_their_people() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (grace, ada) = (
            customer(&server, &desk, "Grace").await,
            customer(&server, &desk, "Ada").await,
        );
        for (body, about) in [("Likes tea", &grace), ("Likes coffee", &ada)] {
            let note = json!({ "note": { "body": body, "customer_id": about } });
            let note = desk.post("/api/notes", note).await.data(201);
            assert_eq!(
                keys(&note),
                [
                    "author_id",
                    "body",
                    "content_type",
                    "created_at",
                    "customer_id",
                    "id",
                    "object",
                    "updated_at"
                ]
            );
        }
        let found = desk
            .get(&format!("/api/notes?customer_id={grace}"))
            .await
            .data(200);
        assert_eq!(found.as_array().unwrap().len(), 1);
        assert_eq!(found[0]["author"]["id"], desk.user_id);
        assert_eq!(found[0]["customer"]["name"], "Grace");
        assert_eq!(
            desk.get("/api/notes?author_id=999999").await.data(200),
            json!([])
        );
        desk.get("/api/notes?author_id=me2").await.is(422);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_tag_on_a_conversation_is_told_of() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let held = conversation(&desk, &customer(&server, &desk, "Grace").await, "Hi").await;
        let tag = desk
            .post("/api/tags", body("tag", "name", "Red"))
            .await
            .data(201);
        let tag_id = tag["id"].as_str().unwrap();
        let topic = format!("notification:{}", desk.account_id);
        let mut socket = desk.socket().await;
        socket.join(&topic, json!({})).await;

        let one = format!("/api/conversations/{}", held["id"].as_str().unwrap());
        let tags = format!("{one}/tags");
        let done = desk.post(&tags, json!({ "tag_id": tag_id })).await;
        assert_eq!(done.data(200), json!({ "ok": true }));
        let told = socket.event(&topic, "conversation:updated").await;
        assert_eq!(told["updates"]["tags"], json!([tag]));
        assert_eq!(desk.get(&one).await.data(200)["tags"][0], tag);
        let none = desk.post(&tags, json!({})).await.is(422);
        assert_eq!(none["error"]["errors"]["tag_id"][0], "can't be blank");

        desk.delete(&format!("{tags}/{tag_id}")).await.is(200);
        let told = socket.event(&topic, "conversation:updated").await;
        assert_eq!(told["id"], held["id"]);
        assert_eq!(told["updates"]["id"], held["id"]);
        assert_eq!(told["updates"]["tags"], json!([]));
        desk.delete(&format!("{tags}/{tag_id}")).await.is(200);
        drop(socket);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_key_reaches_them_below_v1() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let made = desk
            .post("/api/v1/tags", body("tag", "name", "Red"))
            .await
            .data(201);
        desk.get(&format!("/api/v1/tags/{}", made["id"].as_str().unwrap()))
            .await
            .is(200);
        desk.get("/api/v1/canned_responses").await.is(200);
        desk.get("/api/v1/reporting").await.is(404);
        server.stop().await;
    }
}
