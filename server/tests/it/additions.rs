//! What Frontdesk adds below `/api/v1`: events by number, snapshots, bulk, drafts, merges, and
//! commands that are safe to repeat.

use frontdesk_testkit::{Desk, TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

fn seqs(events: &[Value]) -> Vec<i64> {
    events
        .iter()
        .map(|event| event["seq"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn events_have_every_number_once_and_tell_what_happened() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "Hello").await;
        desk.reply(&id, "Hi Grace").await;
        let closed = json!({ "conversation": { "status": "closed" } });
        desk.put(&format!("/api/conversations/{id}"), closed)
            .await
            .data(200);
        let events = desk.events().await;
        let all = seqs(&events);
        assert_eq!(
            all,
            (1..=i64::try_from(all.len()).unwrap()).collect::<Vec<_>>()
        );
        let last = events.last().unwrap();
        assert_eq!(last["kind"], "conversation.updated");
        assert_eq!(last["conversation"]["status"], "closed");
        assert_eq!(last["user_id"], desk.user_id);
        let gone = desk.get("/api/v1/events?after=999").await;
        assert_eq!(gone.is(410)["error"]["reason"], "resync");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_command_that_is_sent_twice_has_one_effect() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "Hello").await;
        let headers = [
            ("authorization", desk.token.as_str()),
            ("idempotency-key", "k1"),
        ];
        let body = json!({ "message": { "conversation_id": id, "body": "Once" } });
        let send = || desk.send(Method::POST, "/api/messages", Some(body.clone()), &headers);
        let (first, second) = tokio::join!(send(), send());
        assert_eq!(first.data(201), second.data(201));
        let shown = desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        assert_eq!(shown["messages"].as_array().unwrap().len(), 2);
        let other = json!({ "message": { "conversation_id": id, "body": "Another" } });
        desk.send(Method::POST, "/api/messages", Some(other), &headers)
            .await
            .is(409);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_shout_that_is_sent_twice_under_a_key_is_one_message() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "Hello").await;
        let mut socket = desk.socket().await;
        let topic = format!("notification:{}", desk.account_id);
        socket.join(&topic, json!({})).await;
        let said = json!({ "conversation_id": id, "body": "Once", "idempotency_key": "k1" });
        for _ in 0..2 {
            let pushed = socket.push(&topic, "shout", said.clone()).await;
            assert_eq!(socket.reply(&pushed).await["status"], "ok");
        }
        let shown = desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        assert_eq!(shown["messages"].as_array().unwrap().len(), 2);
        drop(socket);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_reply_that_has_become_stale_is_refused_unless_forced() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, id) = desk.visitor("Grace", "Hello").await;
        let shown = desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        let seen = shown["last_message_seq"].clone();
        let said = json!({ "message": {
            "conversation_id": id, "body": "Forget it", "customer_id": customer,
        } });
        let news = desk.post("/api/messages", said).await.data(201);
        let reply = |force: bool| {
            let reply = json!({ "message": {
                "conversation_id": id, "body": "Old news", "seen_seq": seen, "force": force,
            } });
            desk.post("/api/messages", reply)
        };
        let refused = reply(false).await.is(409);
        assert_eq!(refused["error"]["newer_message_ids"], json!([news["id"]]));
        reply(true).await.data(201);
        let future = json!({ "message": {
            "conversation_id": id, "body": "From elsewhere", "seen_seq": 9_999,
        } });
        desk.post("/api/messages", future).await.is(422);
        server.stop().await;
    }
}

#[tokio::test]
async fn bulk_answers_for_each_conversation() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, one) = desk.visitor("Grace", "One").await;
        let (_, two) = desk.visitor("Ada", "Two").await;
        let missing = "11111111-1111-4111-8111-111111111111";
        let close = json!({ "conversation": { "status": "closed" } });
        desk.put(&format!("/api/conversations/{two}"), close)
            .await
            .data(200);
        let bulk = json!({ "ids": [one, two, missing], "update": { "status": "closed" } });
        let answer = desk.post("/api/v1/bulk", bulk).await.data(200);
        let outcomes: Vec<_> = answer["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| &item["outcome"])
            .collect();
        assert_eq!(outcomes, ["done", "skipped", "failed"]);
        let bulk = json!({ "filter": { "status": "closed" }, "update": { "status": "open" } });
        assert_eq!(desk.post("/api/v1/bulk", bulk).await.data(200)["done"], 2);
        let open = desk
            .get("/api/conversations/count?status=open")
            .await
            .data(200);
        assert_eq!(open["count"], 2);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_draft_is_sent_once_and_never_when_stale() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, id) = desk.visitor("Grace", "Hello").await;
        let new = json!({ "draft": { "conversation_id": id, "body": "Hi!", "origin": "test" } });
        let draft = desk.post("/api/v1/drafts", new.clone()).await.data(201);
        let approve = format!("/api/v1/drafts/{}/approve", draft["id"].as_str().unwrap());
        let approved = desk.post(&approve, json!({ "version": 1 })).await.data(200);
        assert_eq!(approved["message"]["body"], "Hi!");
        assert_eq!(approved["draft"]["state"], "approved");
        desk.post(&approve, json!({ "version": 1 })).await.is(409);

        let draft = desk.post("/api/v1/drafts", new).await.data(201);
        let said = json!({ "message": {
            "conversation_id": id, "body": "Forget it", "customer_id": customer,
        } });
        desk.post("/api/messages", said).await.data(201);
        let approve = format!("/api/v1/drafts/{}/approve", draft["id"].as_str().unwrap());
        let stale = desk.post(&approve, json!({ "version": 1 })).await.is(409);
        assert_eq!(
            stale["error"]["newer_message_ids"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
        desk.post(&approve, json!({ "version": 1, "force": true }))
            .await
            .data(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn merges_come_apart_again() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (customer, one) = desk.visitor("Grace", "One").await;
        let two = desk.writes_first(&customer, "Two").await;
        let merge = format!("/api/v1/conversations/{one}/merge");
        let merged = desk.post(&merge, json!({ "into_id": two })).await.data(200);
        let thread = desk
            .get(&format!("/api/conversations/{two}"))
            .await
            .data(200);
        let bodies: Vec<_> = thread["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["body"].clone())
            .collect();
        assert_eq!((&bodies[0], &bodies[1]), (&json!("One"), &json!("Two")));
        let undo = format!("/api/v1/merges/{}/undo", merged["id"].as_str().unwrap());
        desk.post(&undo, json!({})).await.data(200);
        let back = desk
            .get(&format!("/api/conversations/{one}"))
            .await
            .data(200);
        assert_eq!(back["messages"][0]["body"], "One");
        assert_eq!(back["status"], "open");
        desk.post(&undo, json!({})).await.is(409);

        let (other, three) = desk.visitor("G. Hopper", "Three").await;
        let merge = format!("/api/v1/customers/{other}/merge");
        let merged = desk
            .post(&merge, json!({ "into_id": customer }))
            .await
            .data(200);
        let moved = desk
            .get(&format!("/api/conversations/{three}"))
            .await
            .data(200);
        assert_eq!(moved["customer_id"], customer);
        let undo = format!("/api/v1/merges/{}/undo", merged["id"].as_str().unwrap());
        desk.post(&undo, json!({})).await.data(200);
        let back = desk
            .get(&format!("/api/conversations/{three}"))
            .await
            .data(200);
        assert_eq!(back["customer_id"], other);
        server.stop().await;
    }
}

/// The bodies of a conversation's thread, in order.
async fn bodies(desk: &Desk, id: &str) -> Vec<String> {
    let path = format!("/api/conversations/{id}");
    let thread = desk.get(&path).await.data(200);
    let messages = thread["messages"].as_array().unwrap().iter();
    messages
        .map(|it| it["body"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_message_is_split_off_and_comes_back_by_merging() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "My invoice").await;
        let answer = desk.reply(&id, "And another thing").await;
        let split = format!("/api/v1/conversations/{id}/split");
        let new = uuid::Uuid::new_v4().to_string();
        let body = json!({ "message_ids": [answer["id"]], "id": new });
        let made = desk.post(&split, body.clone()).await.data(201);
        assert_eq!(made["id"], json!(new));
        let number = made["number"].as_i64().unwrap();
        assert_eq!(bodies(&desk, &new).await[0], "And another thing");
        let left = bodies(&desk, &id).await;
        assert_eq!(left[0], "My invoice");
        assert_eq!(left[1], format!("1 message split off to #{number}"));
        desk.post(&split, body).await.is(409);
        let all = json!({ "message_ids": [uuid::Uuid::new_v4()] });
        desk.post(&split, all).await.is(422);

        let merge = format!("/api/v1/conversations/{new}/merge");
        desk.post(&merge, json!({ "into_id": id })).await.data(200);
        assert_eq!(bodies(&desk, &id).await[1], "And another thing");
        server.stop().await;
    }
}

#[tokio::test]
async fn linked_conversations_and_the_same_person_stand_beside_each_other() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (grace, one) = desk.visitor("Grace", "One").await;
        let (other, two) = desk.visitor("G. Hopper", "Two").await;
        let links = format!("/api/v1/conversations/{one}/links");
        desk.post(&links, json!({ "to_id": two })).await.is(200);
        desk.post(&links, json!({ "to_id": two })).await.is(200);
        for (here, there) in [(&one, &two), (&two, &one)] {
            let path = format!("/api/v1/conversations/{here}/related");
            let beside = desk.get(&path).await.data(200);
            let linked = beside["links"].as_array().unwrap();
            assert_eq!(linked.len(), 1);
            assert_eq!(linked[0]["conversation"]["id"], json!(there));
            assert_eq!(beside["alike"], json!([]));
            let lines = bodies(&desk, here).await;
            assert!(lines[1].starts_with("Linked with #"), "{lines:?}");
            assert_eq!(lines.len(), 2);
        }
        desk.delete(&format!("{links}/{two}")).await.is(200);
        let related = format!("/api/v1/conversations/{one}/related");
        assert_eq!(desk.get(&related).await.data(200)["links"], json!([]));

        for id in [&grace, &other] {
            let phone = json!({ "customer": { "phone": "+15550100" } });
            desk.put(&format!("/api/customers/{id}"), phone)
                .await
                .is(200);
        }
        let alike = desk.get(&related).await.data(200)["alike"].clone();
        assert_eq!(alike[0]["customer"]["id"], json!(other));
        assert_eq!(alike[0]["reason"], "the same number");
        let stranger = server.company("Globex").await;
        stranger.get(&related).await.is(404);
        server.stop().await;
    }
}

/// How many conversations a snapshot names of those that were not closed before.
async fn closed_since(desk: &Desk, since: &str) -> usize {
    let url = format!("{}/api/v1/snapshot?closed_since={since}", desk.url);
    let client = reqwest::Client::new();
    let request = client.get(url).header("authorization", &desk.token);
    let text = request.send().await.unwrap().text().await.unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let ids =
        lines.filter_map(|line: Value| line["conversation"]["id"].as_str().map(str::to_owned));
    ids.collect::<std::collections::BTreeSet<_>>().len()
}

#[tokio::test]
async fn a_snapshot_is_complete_and_says_from_where_events_go_on() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for name in ["Grace", "Ada", "Mary"] {
            desk.visitor(name, "Hello from a visitor").await;
        }
        let url = format!("{}/api/v1/snapshot", desk.url);
        // As it comes over the wire: other clients unpack by themselves.
        let raw = reqwest::Client::builder().no_gzip().build().unwrap();
        let lines = |gzip: &'static str| {
            let request = raw.get(&url).header("authorization", &desk.token);
            let request = request.header("accept-encoding", gzip);
            async move { request.send().await.unwrap().bytes().await.unwrap() }
        };
        let plain = String::from_utf8(lines("identity").await.to_vec()).unwrap();
        let read: Vec<Value> = plain
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(read.first().unwrap()["type"], "start");
        assert_eq!(read.last().unwrap()["type"], "end");
        // One that changed lately may come twice; none may be missing.
        let ids: std::collections::BTreeSet<_> = read
            .iter()
            .filter_map(|line| line["conversation"]["id"].as_str())
            .collect();
        assert_eq!(ids.len(), 3);
        let newest = desk.events().await.last().unwrap()["seq"].clone();
        assert_eq!(read[0]["seq"], newest);
        assert_eq!(closed_since(&desk, "2000-01-01T00:00:00Z").await, 3);
        let (_, closed) = desk.visitor("Joan", "Hello").await;
        let command = json!({ "conversation": { "status": "closed" } });
        desk.put(&format!("/api/conversations/{closed}"), command)
            .await
            .data(200);
        assert_eq!(closed_since(&desk, "2000-01-01T00:00:00Z").await, 4);
        assert_eq!(closed_since(&desk, "2200-01-01T00:00:00Z").await, 3);
        let refused = desk.get("/api/v1/snapshot?closed_since=lately").await;
        assert_eq!(refused.status, 422);
        let plain = String::from_utf8(lines("identity").await.to_vec()).unwrap();
        let packed = lines("gzip").await;
        assert_eq!(packed[..2], [0x1f, 0x8b]);
        assert!(packed.len() < plain.len());
        let mut unpacked = String::new();
        let mut reader = flate2::read::GzDecoder::new(&packed[..]);
        std::io::Read::read_to_string(&mut reader, &mut unpacked).unwrap();
        assert_eq!(unpacked, plain);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_search_finds_words_and_knows_operators() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "The zeppelin has landed").await;
        desk.visitor("Ada", "Nothing of note").await;
        let other = server.company("Other").await;
        other.visitor("Eve", "Another zeppelin").await;
        let found = desk
            .get("/api/v1/search?q=zeppelin%20status%3Aopen")
            .await
            .is(200);
        assert_eq!(found["data"].as_array().unwrap().len(), 1, "{found}");
        assert_eq!(found["data"][0]["conversation"]["id"], id);
        assert!(
            found["data"][0]["snippet"]["text"]
                .as_str()
                .unwrap()
                .contains("zeppelin")
        );
        let none = desk
            .get("/api/v1/search?q=zeppelin%20status%3Aclosed")
            .await
            .is(200);
        assert_eq!(none["data"], json!([]));
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_forwarded_comes_back_beside_the_conversation_and_never_into_it() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, id) = desk.visitor("Grace", "My parcel is lost").await;
        let note = json!({ "message": { "conversation_id": id, "body": "Our secret", "private": true, "type": "note" } });
        desk.post("/api/messages", note).await.data(201);
        let forward = format!("/api/v1/conversations/{id}/forward");
        let body = json!({ "to": "Carrier@example.com", "body": "Where is it?" });
        let side = desk.post(&forward, body).await.data(201);
        let side_id = side["id"].as_str().unwrap().to_owned();
        assert_eq!(
            (&side["status"], &side["source"]),
            (&json!("snoozed"), &json!("email"))
        );
        let sent = bodies(&desk, &side_id).await;
        assert!(sent[0].starts_with("Where is it?\n\nGrace, "), "{sent:?}");
        assert!(sent[0].ends_with("> My parcel is lost\n"), "{sent:?}");
        assert!(!sent[0].contains("Our secret"));
        assert!(sent[1].starts_with("Forwarded from #"), "{sent:?}");

        let path = format!("/api/conversations/{id}");
        let closed = json!({ "conversation": { "status": "closed" } });
        desk.put(&path, closed).await.is(200);
        let answer = json!({ "message": { "conversation_id": side_id,
            "customer_id": side["customer_id"], "body": "In our depot." } });
        desk.post("/api/messages", answer).await.data(201);
        let here = desk.get(&path).await.data(200);
        assert_eq!(
            (&here["status"], &here["read"]),
            (&json!("open"), &json!(false))
        );
        let last = here["messages"].as_array().unwrap().last().unwrap().clone();
        let words = format!(
            "carrier@example.com answered in #{}:\nIn our depot.",
            side["number"]
        );
        assert_eq!(
            (&last["body"], &last["private"]),
            (&json!(words), &json!(true))
        );
        assert_eq!(last["customer_id"], json!(null));
        let there = desk
            .get(&format!("/api/conversations/{side_id}"))
            .await
            .data(200);
        assert_eq!(there["status"], "open");

        for (to, field) in [("nobody", "to"), ("", "to")] {
            let refused = desk.post(&forward, json!({ "to": to })).await.is(422);
            assert!(refused.to_string().contains(field), "{refused}");
        }
        server.stop().await;
    }
}
