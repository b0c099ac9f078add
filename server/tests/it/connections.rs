//! Connections as admins keep them: secrets go in sealed and never come out.

use frontdesk_db::DbError;
use frontdesk_db::queries::connections;
use frontdesk_domain::ConnectionId;
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};

const PASSWORD: &str = "correct-horse-battery";

async fn inbox(desk: &Desk) -> Value {
    let wish = json!({ "inbox": { "name": "Mail", "channel": "email" } });
    desk.post("/api/inboxes", wish).await.data(201)["id"].clone()
}

fn wish(inbox_id: &Value) -> Value {
    json!({ "connection": {
        "name": "Support", "kind": "email", "inbox_id": inbox_id,
        "settings": { "host": "mail.test" }, "secrets": { "password": PASSWORD },
    } })
}

#[tokio::test]
async fn secrets_go_in_sealed_and_never_come_out() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let inbox_id = inbox(&desk).await;
        let made = desk.post("/api/v1/connections", wish(&inbox_id)).await;
        let made = made.data(201);
        assert_eq!(made["state"], "untested");
        assert_eq!(made["settings"], json!({ "host": "mail.test" }));
        let path = format!("/api/v1/connections/{}", made["id"].as_str().unwrap());
        let shown = desk.get(&path).await.data(200);
        let listed = desk.get("/api/v1/connections").await.data(200);
        for answer in [&made, &shown, &listed[0]] {
            assert!(!answer.to_string().contains(PASSWORD), "{answer}");
        }
        let account_id = desk.account_id.parse().unwrap();
        let id: ConnectionId = made["id"].as_str().unwrap().parse().unwrap();
        let kept: Result<_, DbError> = server
            .running()
            .db()
            .read(move |conn| connections::secrets(conn, account_id, id))
            .await;
        let kept = kept.unwrap().unwrap();
        let clear = |part: &[u8]| part == PASSWORD.as_bytes();
        assert!(!kept.windows(PASSWORD.len()).any(clear), "it is sealed");
    }
}

#[tokio::test]
async fn what_is_switched_off_stays_so_until_it_is_switched_on() {
    let server = TestServer::start(frontdesk_testkit::Engine::Sqlite).await;
    let desk = server.company("Acme").await;
    let made = desk.post("/api/v1/connections", wish(&inbox(&desk).await));
    let made = made.await.data(201);
    let path = format!("/api/v1/connections/{}", made["id"].as_str().unwrap());
    let change = |it: Value| desk.put(&path, json!({ "connection": it }));
    let off = change(json!({ "enabled": false })).await.data(200);
    assert_eq!(off["state"], "off");
    let set = change(json!({ "settings": { "host": "b.test" } })).await;
    assert_eq!(set.data(200)["state"], "off");
    let on = change(json!({ "enabled": true })).await.data(200);
    assert_eq!(on["state"], "untested");
    desk.delete(&path).await.is(204);
    desk.get(&path).await.is(404);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_by_its_field() {
    let server = TestServer::start(frontdesk_testkit::Engine::Sqlite).await;
    let desk = server.company("Acme").await;
    let inbox_id = inbox(&desk).await;
    let cases = [
        (json!({ "kind": "email", "inbox_id": inbox_id }), "name"),
        (json!({ "name": "x", "inbox_id": inbox_id }), "kind"),
        (json!({ "name": "x", "kind": "email" }), "inbox_id"),
        (
            json!({ "name": "x", "kind": "chat", "inbox_id": inbox_id }),
            "kind",
        ),
        (
            json!({ "name": "x", "kind": "email", "inbox_id": desk.account_id }),
            "inbox_id",
        ),
    ];
    for (body, field) in cases {
        let wish = json!({ "connection": body });
        let refused = desk.post("/api/v1/connections", wish).await.is(422);
        assert!(refused.to_string().contains(field), "{field}: {refused}");
    }
}
