//! Agents' notifications outside the program, against a real receiver.

use crate::people::colleague;
use frontdesk_domain::Role;
use frontdesk_testkit::{Desk, Receiver, TestServer, engines, eventually};
use serde_json::{Value, json};

async fn choose(desk: &Desk, receiver: &Receiver, more: Value) -> Value {
    let mut wish = json!({
        "service": "webhook", "url": format!("{}/me", receiver.url), "token": "t0ken",
    });
    let all = wish.as_object_mut().unwrap();
    all.extend(more.as_object().unwrap().clone());
    desk.put("/api/v1/me/notifications", wish).await.data(200)
}

#[tokio::test]
async fn only_what_is_mine_comes_and_no_text_unless_chosen() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (desk, mine) = (server.company("Acme").await, Receiver::start().await);
        let theirs = Receiver::start().await;
        let member = colleague(&server, &desk, "max", Role::Member).await;
        choose(&desk, &mine, json!({})).await;
        let chosen = json!({ "on_unassigned": true, "with_text": true });
        choose(&member, &theirs, chosen).await;

        // Nobody has it yet: the member wanted to know.
        let (_, id) = desk.visitor("Grace", "Hello").await;
        let got = theirs.has_got(1).await;
        let payload = &got[0].json()["payload"];
        assert_eq!(
            (&payload["reason"], &payload["text"]),
            (&json!("unassigned"), &json!("Hello"))
        );
        assert_eq!(got[0].header("authorization"), "Bearer t0ken");

        // The admin takes it, and is not told of what the admin does.
        desk.reply(&id, "Hi").await;
        let give = json!({ "conversation": { "assignee_id": member.user_id } });
        desk.put(&format!("/api/conversations/{id}"), give)
            .await
            .data(200);
        let got = theirs.has_got(2).await;
        assert_eq!(got[1].json()["payload"]["reason"], "assigned");

        // Being named is told wherever it is, without the text where that was not chosen.
        let note = json!({ "message": {
            "conversation_id": id, "body": "Look at this", "private": true,
            "mentioned_user_ids": [desk.user_id],
        } });
        member.post("/api/messages", note).await.is(201);
        let got = mine.has_got(1).await;
        assert_eq!(got.len(), 1);
        let payload = &got[0].json()["payload"];
        assert_eq!(
            (&payload["reason"], &payload["text"]),
            (&json!("mentioned"), &Value::Null)
        );
        assert!(!got[0].body.contains("Look") && !got[0].body.contains("Grace"));
        server.stop().await;
    }
}

#[tokio::test]
async fn settings_are_ones_own_and_hide_their_token() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (desk, receiver) = (server.company("Acme").await, Receiver::start().await);
        let path = "/api/v1/me/notifications";
        assert_eq!(desk.get(path).await.data(200), Value::Null);
        let quiet = json!({ "from": "22:00", "until": "07:00" });
        let more = json!({ "quiet_hours": quiet, "time_zone": "Europe/Berlin" });
        let kept = choose(&desk, &receiver, more).await;
        assert_eq!(
            (&kept["quiet_hours"], &kept["has_token"]),
            (&quiet, &json!(true))
        );
        let shown = desk.get(path).await.data(200);
        assert_eq!(shown, kept);
        assert!(!shown.to_string().contains("t0ken"));
        let tried = desk
            .post(&format!("{path}/test"), json!({}))
            .await
            .data(200);
        assert_eq!(tried["sent"], true);
        assert_eq!(receiver.got()[0].json()["payload"]["reason"], "test");

        let wrong = [
            ("service", json!("pager")),
            ("url", json!("http://127.0.0.1.nip.io:x")),
            ("time_zone", json!("Mars/Base")),
            ("quiet_hours", json!({ "from": "25:00", "until": "07:00" })),
            ("token", json!("two words")),
        ];
        for (field, value) in wrong {
            let mut wish = json!({ "service": "webhook", "url": receiver.url });
            wish[field] = value;
            desk.put(path, wish).await.is(422);
        }
        assert_eq!(desk.delete(path).await.status, 204);
        assert_eq!(desk.get(path).await.data(200), Value::Null);
        server.stop().await;
    }
}

/// A clock's face, so many minutes from the server's now.
fn face(server: &TestServer, later: i64) -> String {
    let minutes = server.running().db().now().0 / 60_000_000 + later;
    let minute = minutes.rem_euclid(24 * 60);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[tokio::test]
async fn quiet_hours_are_quiet_and_end() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (desk, mine) = (server.company("Acme").await, Receiver::start().await);
        let theirs = Receiver::start().await;
        let member = colleague(&server, &desk, "max", Role::Member).await;
        let quiet = json!({ "from": face(&server, -60), "until": face(&server, 60) });
        let quiet = json!({ "on_unassigned": true, "quiet_hours": quiet });
        choose(&desk, &mine, quiet).await;
        choose(&member, &theirs, json!({ "on_unassigned": true })).await;

        desk.visitor("Grace", "In the night").await;
        // What each is told of a message is put in together.
        theirs.has_got(1).await;
        eventually(async || {
            let jobs = desk.get("/api/v1/jobs?kind=push").await.is(200);
            (jobs["data"] == json!([])).then_some(())
        })
        .await;
        assert!(mine.got().is_empty());
        server.clock.advance_seconds(2 * 3600);
        desk.visitor("Ada", "In the morning").await;
        let got = mine.has_got(1).await;
        assert_eq!(got[0].json()["payload"]["conversation_number"], 2);
        server.stop().await;
    }
}
