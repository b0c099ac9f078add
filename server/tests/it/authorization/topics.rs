//! Every topic, joined by everybody; and what those who may only read can do there.

use super::rows::Rows;
use super::world::{CANARY, Caller, World};
use frontdesk_protocol::topic::Topic;
use frontdesk_testkit::{Socket, engines};
use serde_json::{Value, json};

/// Everybody.
const CALLERS: [Caller; 10] = [
    Caller::Nobody,
    Caller::Customer,
    Caller::Viewer,
    Caller::Member,
    Caller::Admin,
    Caller::ReadKey,
    Caller::WriteKey,
    Caller::AdminKey,
    Caller::Foreign,
    Caller::ForeignKey,
];

/// Who may join. A new kind of topic does not compile until it is decided here.
fn may_join(topic: &Topic, caller: Caller) -> bool {
    let is_foreign = matches!(caller, Caller::Foreign | Caller::ForeignKey);
    let is_ours = !is_foreign && !matches!(caller, Caller::Nobody | Caller::Customer);
    match topic {
        Topic::Phoenix => false,
        // Ids are these visitors' credentials; the account of a room need not even exist.
        Topic::Room(_) | Topic::ConversationLobby(_) | Topic::Replay(..) => true,
        Topic::Conversation(_) => !is_foreign,
        Topic::Notification(_)
        | Topic::Events(_)
        | Topic::ReplayIndex(_)
        | Topic::ReplayWatch(..)
        | Topic::IssueLobby(_) => is_ours,
    }
}

/// One topic of each kind, about the company's rows.
async fn topics(world: &World, rows: &mut Rows) -> Vec<Topic> {
    let account = world.desk.account_id.parse().unwrap();
    let visit = world.row(rows, "visit").await.parse().unwrap();
    let customer = world.row(rows, "customer").await.parse().unwrap();
    let conversation = world.row(rows, "conversation").await.parse().unwrap();
    vec![
        Topic::Phoenix,
        Topic::Conversation(conversation),
        Topic::ConversationLobby(None),
        Topic::ConversationLobby(Some(customer)),
        Topic::Notification(account),
        Topic::Room(account.to_string()),
        Topic::Events(account),
        Topic::Replay(account, visit),
        Topic::ReplayIndex(account),
        Topic::ReplayWatch(account, visit),
        Topic::IssueLobby(customer),
    ]
}

async fn open(world: &World, caller: Caller) -> Socket {
    Socket::open(&world.server.url, &world.socket_params(caller)).await
}

#[tokio::test]
async fn every_topic_lets_in_exactly_those_it_should() {
    for engine in engines() {
        let world = World::new(engine).await;
        let mut rows = Rows::new();
        let topics = topics(&world, &mut rows).await;
        for caller in CALLERS {
            let mut socket = open(&world, caller).await;
            let params = match caller {
                Caller::Customer => json!({ "customer_id": rows["customer"] }),
                _ => json!({}),
            };
            for topic in &topics {
                let reply = socket.join(&topic.to_string(), params.clone()).await;
                let expected = if may_join(topic, caller) {
                    "ok"
                } else {
                    "error"
                };
                assert_eq!(reply["status"], expected, "{caller:?} at {topic}: {reply}");
                assert!(!reply.to_string().contains(CANARY), "{caller:?} at {topic}");
            }
            drop(socket);
        }
        let stranger = json!({ "customer_id": world.row(&mut rows, "second_customer").await });
        let mut socket = open(&world, Caller::Nobody).await;
        let topic = format!("conversation:{}", rows["conversation"]);
        assert_eq!(socket.join(&topic, stranger).await["status"], "error");
        drop(socket);
        world.server.stop().await;
    }
}

#[tokio::test]
async fn a_missing_topic_answers_as_a_foreign_one() {
    for engine in engines() {
        let world = World::new(engine).await;
        let mut rows = Rows::new();
        let mut socket = open(&world, Caller::Foreign).await;
        for topic in topics(&world, &mut rows).await {
            if may_join(&topic, Caller::Foreign) || topic == Topic::Phoenix {
                continue;
            }
            let foreign = socket.join(&topic.to_string(), json!({})).await;
            let mut missing = topic.to_string();
            for id in [
                &world.desk.account_id,
                &rows["visit"],
                &rows["customer"],
                &rows["conversation"],
            ] {
                missing = missing.replace(id, &uuid::Uuid::new_v4().to_string());
            }
            assert_ne!(missing, topic.to_string());
            assert_eq!(socket.join(&missing, json!({})).await, foreign, "{topic}");
        }
        drop(socket);
        world.server.stop().await;
    }
}

/// Pushes, then waits until the server has surely dealt with it.
async fn push(socket: &mut Socket, topic: &str, event: &str, payload: Value) {
    socket.push(topic, event, payload).await;
    let ping = socket.push(topic, "ping", json!({})).await;
    socket.reply(&ping).await;
}

#[tokio::test]
async fn who_may_only_read_writes_nothing_by_channel() {
    for engine in engines() {
        let world = World::new(engine).await;
        let mut rows = Rows::new();
        let id = world.row(&mut rows, "conversation").await;
        world.desk.reply(&id, CANARY).await;
        let before = world.written().await;
        let said = json!({ "conversation_id": id, "body": "x", "customer_id": rows["customer"] });

        let notification = format!("notification:{}", world.desk.account_id);
        let conversation = format!("conversation:{id}");
        for caller in [Caller::Viewer, Caller::ReadKey] {
            let mut reader = open(&world, caller).await;
            reader.join(&notification, json!({})).await;
            reader.join(&conversation, json!({})).await;
            for event in ["shout", "read"] {
                push(&mut reader, &notification, event, said.clone()).await;
            }
            for event in ["shout", "messages:seen"] {
                push(&mut reader, &conversation, event, said.clone()).await;
            }
            assert_eq!(world.written().await, before, "{caller:?} wrote");
        }

        let theirs = format!("notification:{}", world.foreign.account_id);
        let mut foreign = open(&world, Caller::Foreign).await;
        foreign.join(&theirs, json!({})).await;
        for event in ["shout", "read"] {
            push(&mut foreign, &theirs, event, said.clone()).await;
        }
        // One who knows the conversation but not its customer may listen, and no more.
        let mut nobody = open(&world, Caller::Nobody).await;
        nobody.join(&conversation, json!({})).await;
        push(&mut nobody, &conversation, "shout", said.clone()).await;
        assert_eq!(world.written().await, before, "a stranger wrote");
        let shown = world
            .desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        assert_eq!(shown["messages"].as_array().unwrap().len(), 3);
        drop((foreign, nobody));
        world.server.stop().await;
    }
}

#[tokio::test]
async fn nothing_of_one_company_is_told_to_another() {
    for engine in engines() {
        let world = World::new(engine).await;
        let theirs = format!("notification:{}", world.foreign.account_id);
        let mut foreign = open(&world, Caller::Foreign).await;
        foreign.join(&theirs, json!({ "cursor": 0 })).await;
        let mut ours = open(&world, Caller::Admin).await;
        let topic = format!("notification:{}", world.desk.account_id);
        ours.join(&topic, json!({})).await;
        let (_, id) = world.desk.visitor(CANARY, CANARY).await;
        assert_eq!(ours.event(&topic, "conversation:created").await["id"], id);
        world.foreign.visitor("Eve", "The last word").await;
        loop {
            let frame = foreign.wait(|frame| frame[3] == "event").await;
            let text = frame.to_string();
            assert!(
                !text.contains(CANARY) && !text.contains(&world.desk.account_id),
                "{text}"
            );
            if text.contains("The last word") {
                break;
            }
        }
        drop((foreign, ours));
        world.server.stop().await;
    }
}
