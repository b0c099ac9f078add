//! Drafts while they are written: who hears of the words, how one is stopped, and how one is wished for
//! otherwise.

use crate::ai::{draft_in, drafting, drafts, runs};
use crate::ai_model::{ask, desk_of, streams};
use crate::office::colleague;
use frontdesk_domain::{Role, Visibility};
use frontdesk_testkit::{
    Answers, Desk, Engine, ModelServer, Socket, TestServer, engines, eventually,
};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A reply that comes in these pieces, and what gives leave for each.
fn paced(pieces: &[&str]) -> (Answers, Arc<Semaphore>) {
    let leave = Arc::new(Semaphore::new(0));
    let pieces = pieces.iter().map(|it| (*it).to_owned()).collect();
    (Answers::Paced(pieces, Arc::clone(&leave)), leave)
}

fn topic(desk: &Desk) -> String {
    format!("notification:{}", desk.account_id)
}

async fn agent(desk: &Desk) -> Socket {
    let mut socket = desk.socket().await;
    socket.join(&topic(desk), json!({ "cursor": 0 })).await;
    socket
}

/// Waits until the agent has heard this much of the text.
async fn heard(socket: &mut Socket, state: &str, text: &str) -> Value {
    let is_it = |frame: &Value| {
        frame[3] == "draft:text" && frame[4]["state"] == state && frame[4]["text"] == text
    };
    socket.wait(is_it).await[4].clone()
}

#[tokio::test]
async fn agents_hear_the_words_as_they_come_and_nobody_else_does() {
    for engine in engines() {
        let (answer, leave) = paced(&["Dear [na", "me 1], five", " days [1", "]."]);
        let model = ModelServer::start([answer]).await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        let mut maya = agent(&desk).await;
        let mut old = desk.socket().await;
        old.join(&topic(&desk), json!({})).await;
        let text = "Grace here. When is the refund for my parcel?";
        let (customer, id) = desk.visitor("Grace Hopper", text).await;
        let mut visitor = desk.visitor_socket().await;
        let joining = json!({ "customer_id": customer });
        let joined = visitor.join(&format!("conversation:{id}"), joining).await;
        assert_eq!(joined["status"], "ok");
        let path = format!("/api/v1/conversations/{id}/drafts");
        let asked = desk.post(&path, json!({})).await.data(201);
        let first = heard(&mut maya, "going", "").await;
        assert_eq!(first["draft_id"], asked["id"]);
        assert_eq!(first["conversation_id"], id.as_str());
        leave.add_permits(1);
        heard(&mut maya, "going", "Dear").await;
        leave.add_permits(1);
        heard(&mut maya, "going", "Dear Grace, five").await;

        // Whoever comes in the middle has all of it at once.
        let mut late = agent(&desk).await;
        heard(&mut late, "going", "Dear Grace, five").await;
        leave.add_permits(2);
        heard(&mut maya, "done", "Dear Grace, five days.").await;
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["body"], "Dear Grace, five days.");

        let reply = desk.reply(&id, "Here you are.").await;
        let sent = |frame: &Value| frame[4]["id"] == reply["id"];
        visitor.wait(sent).await;
        old.wait(sent).await;
        for mut socket in [visitor, old] {
            while let Some(frame) = socket.passed() {
                assert_ne!(frame[3], "draft:text", "{frame}");
            }
        }
        drop((maya, late));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_draft_nobody_asked_for_is_heard_as_well() {
    let (answer, leave) = paced(&["Five days [1]."]);
    let model = ModelServer::start([answer]).await;
    let (server, desk) = desk_of(Engine::Sqlite, &model, |_| {}).await;
    drafting(&desk).await;
    let mut maya = agent(&desk).await;
    let una = colleague(&server, &desk, Role::Member, Visibility::OwnAndUnassigned).await;
    let mut una = agent(&una).await;
    let (_, id) = desk
        .visitor("Grace", "When is the refund for my parcel?")
        .await;
    let created = |frame: &Value| frame[4]["kind"] == "conversation.created";
    una.wait(created).await;
    let path = format!("/api/conversations/{id}");
    let mine = json!({ "conversation": { "assignee_id": desk.user_id } });
    desk.put(&path, mine).await.is(200);
    server.clock.advance_seconds(1);
    let first = heard(&mut maya, "going", "").await;
    assert_eq!(first["draft_id"], Value::Null);
    assert_eq!(first["conversation_id"], id.as_str());
    leave.add_permits(1);
    heard(&mut maya, "done", "Five days.").await;
    let everybodys = json!({ "conversation": { "assignee_id": null } });
    desk.put(&path, everybodys).await.is(200);
    una.wait(created).await;
    while let Some(frame) = una.passed() {
        assert_ne!(
            frame[3], "draft:text",
            "it is not for who does not see it: {frame}"
        );
    }
    drop((maya, una));
    server.stop().await;
}

#[tokio::test]
async fn a_draft_is_stopped_and_one_that_breaks_off_says_so() {
    let (answer, leave) = paced(&["Five ", "days [1]."]);
    let breaks = Answers::Breaks("Five".to_owned());
    let model = ModelServer::start([answer, breaks]).await;
    let (server, desk) = desk_of(Engine::Sqlite, &model, |_| {}).await;
    let mut maya = agent(&desk).await;
    let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
    leave.add_permits(1);
    heard(&mut maya, "going", "Five").await;
    let stop = format!("/api/v1/conversations/{id}/drafts/stop");
    desk.post(&stop, json!({})).await.is(204);
    let told = heard(&mut maya, "broken", "").await;
    assert_eq!(told["why"], "It was stopped.");
    let failed = draft_in(&desk, &id, "failed").await;
    assert_eq!(failed["reason"], "It was stopped.");
    desk.post(&stop, json!({})).await.is(204);

    let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
    let told = heard(&mut maya, "broken", "").await;
    assert_eq!(told["conversation_id"], id.as_str());
    assert_eq!(told["why"], "The model's answer broke off.");
    drop(maya);
    server.stop().await;
}

#[tokio::test]
async fn a_draft_that_is_wished_for_otherwise_takes_the_place_of_the_other() {
    for engine in engines() {
        let script = ["Dear [name 1], five long days [1].", "Five days [1]."];
        let model = ModelServer::start(script.map(streams)).await;
        let (server, desk) = desk_of(engine, &model, |_| {}).await;
        let text = "Grace here. When is the refund for my parcel?";
        let (id, first) = ask(&desk, text).await;
        draft_in(&desk, &id, "ready").await;
        let path = format!("/api/v1/conversations/{id}/drafts");
        let shown = desk
            .get(&format!("{path}/prompt?hint=shorter"))
            .await
            .data(200);
        let asked = desk
            .post(&path, json!({ "hint": " shorter " }))
            .await
            .data(201);
        assert_eq!(asked["hint"], "shorter");
        let second = eventually(async || {
            let there = drafts(&desk, &id).await;
            let mut ready = there.into_iter().filter(|it| it["state"] == "ready");
            ready.find(|it| it["id"] == asked["id"])
        });
        assert_eq!(second.await["body"], "Five days.");
        let there = drafts(&desk, &id).await;
        let old = there.iter().find(|it| it["id"] == first["id"]).unwrap();
        assert_eq!(old["state"], "rejected");
        assert_eq!(old["reason"], "Another one was asked for.");

        let told = &model.asked()[1].body["messages"];
        assert_eq!(told, &shown["messages"], "what was shown is what is sent");
        let system = told[0]["content"].as_str().unwrap();
        assert!(system.contains(r#"{"wish":"shorter","before":"Dear [name 1], five long days."}"#));
        let long = json!({ "hint": "x".repeat(501) });
        desk.post(&path, long).await.is(422);
        server.stop().await;
    }
}

#[tokio::test]
async fn without_a_model_another_text_is_offered_and_none_is_rewritten() {
    let server = TestServer::start(Engine::Sqlite).await;
    let desk = server.company("Acme").await;
    for (name, text) in [
        ("Refunds for parcels", "Five days."),
        ("Refund of a parcel", "Send it back."),
    ] {
        crate::ai::canned(&desk, name, text).await;
    }
    let (id, _) = ask(&desk, "When is the refund for my parcel?").await;
    let first = draft_in(&desk, &id, "ready").await;
    let path = format!("/api/v1/conversations/{id}/drafts");
    desk.post(&path, json!({})).await.data(201);
    let second = eventually(async || {
        let there = drafts(&desk, &id).await;
        let ready = there.into_iter().find(|it| it["state"] == "ready");
        ready.filter(|it| it["id"] != first["id"])
    });
    assert_ne!(second.await["body"], first["body"]);
    desk.post(&path, json!({ "hint": "shorter" })).await.is(409);
    server.stop().await;
}

#[tokio::test]
async fn an_agent_s_text_is_rewritten_without_what_belongs_to_the_customer() {
    let script = [
        "We sent [link 1] to [email 1].",
        "See https://evil.test",
        "Asked: a refund\nNext step: call [name 1]",
    ];
    let model = ModelServer::start(script.map(streams)).await;
    let (server, desk) = desk_of(Engine::Sqlite, &model, |_| {}).await;
    let (_, id) = desk
        .visitor("Grace Hopper", "Grace here: where is my refund?")
        .await;
    let path = format!("/api/v1/conversations/{id}/rewrite");
    let own = "we sended https://acme.test/x to grace@example.com";
    let asked = json!({ "text": own, "wish": "grammar" });
    let text = desk.post(&path, asked.clone()).await.data(200);
    assert_eq!(
        text["text"],
        "We sent https://acme.test/x to grace@example.com."
    );
    let told = model.asked()[0].body.to_string();
    assert!(told.contains("we sended [link 1] to [email 1]"), "{told}");
    assert!(!told.contains("grace@example.com"));
    let refused = desk.post(&path, asked).await.data(200);
    assert_eq!(refused["text"], Value::Null);
    assert!(refused["why"].as_str().unwrap().contains("a link"));

    let path = format!("/api/v1/conversations/{id}/hand_over");
    let note = desk.post(&path, json!({})).await.data(200);
    assert_eq!(note["text"], "Asked: a refund\nNext step: call Grace");
    let told = model.asked()[2].body.to_string();
    assert!(
        told.contains("[name 1] here: where is my refund?"),
        "{told}"
    );
    assert!(!told.contains("Grace"));
    let runs = runs(&desk, 3).await;
    let failed = runs.iter().filter(|it| it["outcome"] == "failed");
    assert_eq!((runs.len(), failed.count()), (3, 1));
    assert!(drafts(&desk, &id).await.is_empty());
    server.stop().await;
}
