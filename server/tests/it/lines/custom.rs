//! A channel that others made.

use super::{connect, conversations, reaches};
use frontdesk_testkit::{Answered as Answer, Desk, Receiver, TestServer, engines};
use serde_json::{Value, json};

pub(super) const KEY: &str = "a-key-of-more-than-twenty-four-letters";

pub(super) async fn posts(desk: &Desk, hook: &str, key: &str, body: Value) -> u16 {
    let request = desk.http.post(hook).bearer_auth(key).json(&body);
    request.send().await.unwrap().status().as_u16()
}

pub(super) async fn by_bridge(desk: &Desk, url: &str) -> String {
    let secrets = json!({ "key": KEY, "signing_secret": "another-secret-of-many-letters" });
    connect(desk, "custom", json!({ "url": url }), secrets).await
}

#[tokio::test]
async fn any_program_can_bring_messages_and_take_the_answers() {
    for engine in engines() {
        let bridge = Receiver::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let hook = by_bridge(&desk, &format!("{}/out", bridge.url)).await;
        let hello = json!({ "message": { "id": "1", "from": "ada", "name": "Ada", "text": "Hi" } });
        assert_eq!(posts(&desk, &hook, "guessed", hello.clone()).await, 403);
        assert_eq!(
            posts(&desk, &hook, KEY, json!({ "message": {} })).await,
            400
        );
        for _ in 0..2 {
            assert_eq!(posts(&desk, &hook, KEY, hello.clone()).await, 204);
        }
        let found = conversations(&desk).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["messages"].as_array().unwrap().len(), 1);
        let reply = desk
            .reply(found[0]["id"].as_str().unwrap(), "Hello Ada")
            .await;
        let got = bridge.has_got(1).await.remove(0);
        assert_eq!(got.json()["to"], "ada");
        assert_eq!(got.json()["text"], "Hello Ada");
        assert_eq!(got.header("webhook-id"), reply["id"].as_str().unwrap());
        reaches(&desk, &reply, "sent").await;
        let receipt = json!({ "receipt": { "message_id": reply["id"], "state": "read" } });
        assert_eq!(posts(&desk, &hook, KEY, receipt).await, 204);
        reaches(&desk, &reply, "read").await;
        server.stop().await;
    }
}

#[tokio::test]
async fn a_channel_that_is_silent_holds_up_no_other() {
    for engine in engines() {
        let (slow, quick) = (Receiver::start().await, Receiver::start().await);
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let slow_hook = by_bridge(&desk, &slow.url).await;
        let quick_hook = by_bridge(&desk, &quick.url).await;
        slow.answer([Answer::Silence; 20]);
        for from in 0..20 {
            let from = from.to_string();
            let hello = json!({ "message": { "id": from, "from": from, "text": "Hi" } });
            assert_eq!(posts(&desk, &slow_hook, KEY, hello).await, 204);
        }
        for held in conversations(&desk).await {
            desk.reply(held["id"].as_str().unwrap(), "Hello").await;
        }
        let hello = json!({ "message": { "id": "q", "from": "q", "name": "Quick", "text": "Hi" } });
        assert_eq!(posts(&desk, &quick_hook, KEY, hello).await, 204);
        let found = conversations(&desk).await;
        let of_quick = found
            .iter()
            .find(|it| it["customer"]["name"] == "Quick")
            .unwrap();
        let reply = desk.reply(of_quick["id"].as_str().unwrap(), "Hello").await;
        reaches(&desk, &reply, "sent").await;
        assert!(
            slow.got().len() <= 4,
            "a connection has so many calls at once"
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn one_channel_cannot_speak_of_what_another_sent() {
    for engine in engines() {
        let bridge = Receiver::start().await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let (hook, other) = (
            by_bridge(&desk, &bridge.url).await,
            by_bridge(&desk, &bridge.url).await,
        );
        let hello = json!({ "message": { "id": "1", "from": "ada", "text": "Hi" } });
        assert_eq!(posts(&desk, &hook, KEY, hello).await, 204);
        let id = conversations(&desk).await[0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let reply = desk.reply(&id, "Hello").await;
        reaches(&desk, &reply, "sent").await;
        let receipt = json!({ "receipt": { "message_id": reply["id"], "state": "failed" } });
        assert_eq!(posts(&desk, &other, KEY, receipt).await, 204);
        reaches(&desk, &reply, "sent").await;
        server.stop().await;
    }
}
