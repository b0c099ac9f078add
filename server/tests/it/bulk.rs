//! Runs: the same change to many conversations, going on by itself, looked at and taken back.

use frontdesk_testkit::{Desk, TestServer, engines, eventually};
use serde_json::{Value, json};

/// The run once nothing more comes of it.
async fn ended(desk: &Desk, run: &Value) -> Value {
    let path = format!("/api/v1/bulk/runs/{}", run["id"].as_str().unwrap());
    eventually(|| async {
        let run = desk.get(&path).await.data(200);
        (!run["finished_at"].is_null()).then_some(run)
    })
    .await
}

async fn begin(desk: &Desk, body: Value) -> Value {
    let run = desk.post("/api/v1/bulk/runs", body).await.data(201);
    ended(desk, &run).await
}

async fn shown(desk: &Desk, id: &str) -> Value {
    desk.get(&format!("/api/conversations/{id}"))
        .await
        .data(200)
}

async fn count(desk: &Desk, status: &str) -> i64 {
    let path = format!("/api/conversations/count?status={status}");
    desk.get(&path).await.data(200)["count"].as_i64().unwrap()
}

async fn undo(desk: &Desk, run: &Value) -> Value {
    let path = format!("/api/v1/bulk/runs/{}/undo", run["id"].as_str().unwrap());
    let undoing = desk.post(&path, json!({})).await.data(200);
    ended(desk, &undoing).await
}

#[tokio::test]
async fn all_that_a_search_finds_are_closed_and_opened_again_by_one_undo() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let mut ids = Vec::new();
        for n in 0..70 {
            ids.push(
                desk.visitor("Grace", &format!("The harbour is shut, {n}"))
                    .await
                    .1,
            );
        }
        let (_, other) = desk.visitor("Ada", "Something else").await;
        let change = json!({ "update": { "status": "closed" } });
        let asked = json!({ "q": "status:open harbour", "change": change });
        let ahead = desk
            .post("/api/v1/bulk/preview", asked.clone())
            .await
            .data(200);
        assert_eq!(ahead["total"], 70);
        assert_eq!(ahead["customers"], 70);
        assert_eq!(ahead["channels"], json!({ "chat": 70 }));
        let run = begin(&desk, asked).await;
        assert_eq!(run["state"], "done");
        assert_eq!((&run["total"], &run["done"]), (&json!(70), &json!(70)));
        assert_eq!(count(&desk, "closed").await, 70);
        assert_eq!(shown(&desk, &other).await["status"], "open");
        // One of them was taken up again before the change is taken back: that stays.
        let snooze = json!({ "conversation": { "status": "snoozed" } });
        desk.put(&format!("/api/conversations/{}", ids[0]), snooze)
            .await
            .is(200);
        let back = undo(&desk, &run).await;
        assert_eq!((&back["done"], &back["skipped"]), (&json!(69), &json!(1)));
        assert_eq!(count(&desk, "open").await, 70);
        assert_eq!(shown(&desk, &ids[0]).await["status"], "snoozed");
        // Asked again it is the same undoing, and an undoing is not undone.
        assert_eq!(undo(&desk, &run).await["id"], back["id"]);
        let path = format!("/api/v1/bulk/runs/{}/undo", back["id"].as_str().unwrap());
        desk.post(&path, json!({})).await.is(409);
        server.stop().await;
    }
}

#[tokio::test]
async fn each_conversation_of_a_run_is_answered_for_and_none_is_left_half_changed() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let tag = desk
            .post("/api/tags", json!({ "tag": { "name": "storm" } }))
            .await
            .data(201);
        let (grace, one) = desk.visitor("Grace", "One").await;
        let (_, two) = desk.visitor("Ada", "Two").await;
        let ahead = json!({ "ids": [one, two] });
        let seen = desk.post("/api/v1/bulk/preview", ahead).await.data(200)["seq"].clone();
        // Grace writes after the agent looked: she is not answered, and nothing else happens to hers.
        let news = json!({ "message": {
            "conversation_id": one, "body": "Never mind", "customer_id": grace,
        } });
        desk.post("/api/messages", news).await.is(201);
        let change = json!({
            "reply": "All is well again.", "add_tags": [tag["id"]], "update": { "status": "closed" },
        });
        let asked = json!({ "ids": [one, two], "change": change, "seen_seq": seen });
        let run = begin(&desk, asked).await;
        assert_eq!((&run["done"], &run["failed"]), (&json!(1), &json!(1)));
        let path = format!("/api/v1/bulk/runs/{}/items", run["id"].as_str().unwrap());
        let items = desk.get(&format!("{path}?outcome=failed")).await.data(200);
        assert_eq!(items[0]["conversation_id"], json!(one));
        assert_eq!(items[0]["reason"], "something new was written since");
        let (one, two) = (shown(&desk, &one).await, shown(&desk, &two).await);
        assert_eq!((&one["status"], &one["tags"]), (&json!("open"), &json!([])));
        assert_eq!(two["status"], "closed");
        assert_eq!(two["tags"][0]["name"], "storm");
        let bodies: Vec<_> = two["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["body"])
            .collect();
        assert_eq!(bodies, ["Two", "All is well again."]);
        undo(&desk, &run).await;
        let two = shown(&desk, two["id"].as_str().unwrap()).await;
        assert_eq!((&two["status"], &two["tags"]), (&json!("open"), &json!([])));
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_not_understood_or_means_everything_is_refused() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "One").await;
        let close = json!({ "update": { "status": "closed" } });
        for (body, field) in [
            (json!({ "change": close }), "ids"),
            (json!({ "q": "", "change": close }), "q"),
            (json!({ "q": "status:opne", "change": close }), "q"),
            (
                json!({ "q": "status:open", "ids": [id], "change": close }),
                "ids",
            ),
            (json!({ "ids": [id] }), "change"),
            (
                json!({ "ids": [id], "change": { "close": true } }),
                "change",
            ),
            (
                json!({ "ids": [id], "change": { "reply": "Hi" } }),
                "seen_seq",
            ),
            (json!({ "ids": [id], "change": { "note": "  " } }), "note"),
        ] {
            let refused = desk.post("/api/v1/bulk/runs", body.clone()).await.is(422);
            assert!(
                refused["error"]["errors"][field].is_array(),
                "{body}: {refused}"
            );
        }
        assert_eq!(desk.get("/api/v1/bulk/runs").await.data(200), json!([]));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_run_that_is_sent_twice_is_one_and_one_called_off_does_no_more() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for n in 0..200 {
            desk.visitor("Grace", &format!("Number {n}")).await;
        }
        let change = json!({ "update": { "status": "closed" } });
        let body = json!({ "q": "status:open", "change": change });
        let headers = [
            ("authorization", desk.token.as_str()),
            ("idempotency-key", "k1"),
        ];
        let send = || {
            desk.send(
                reqwest::Method::POST,
                "/api/v1/bulk/runs",
                Some(body.clone()),
                &headers,
            )
        };
        let (first, second) = tokio::join!(send(), send());
        let run = first.data(201);
        assert_eq!(run["id"], second.data(201)["id"]);
        let path = format!("/api/v1/bulk/runs/{}", run["id"].as_str().unwrap());
        let off = desk
            .post(&format!("{path}/cancel"), json!({}))
            .await
            .data(200);
        assert_eq!(off["state"], "cancelled");
        let closed = count(&desk, "closed").await;
        let back = undo(&desk, &run).await;
        assert_eq!(back["total"], closed);
        assert_eq!(count(&desk, "open").await, 200);
        server.stop().await;
    }
}
