use super::*;
use crate::channels::Identity;
use crate::channels::counters::Counters;
use crate::channels::hub::{Audience, Delivery};
use crate::channels::registry::Registry;
use crate::channels::sink::{QueueLimit, Sink, Written};
use crate::channels::ws::encode::unframe;
use frontdesk_protocol::frame::Serializer;
use frontdesk_protocol::id::{CustomerId, UserId};
use serde_json::{Value, json};
use std::collections::VecDeque;

struct Scene {
    typing: Arc<Typing>,
    customer: Arc<Sink>,
    reader: Arc<Sink>,
    agent: Arc<Sink>,
    access: ConversationAccess,
}

fn scene() -> Scene {
    let hub = Arc::new(Hub::new());
    let limit = QueueLimit {
        frames: 100,
        bytes: 10_000,
    };
    let registry = Registry::new(limit, Arc::new(Counters::default()));
    let access = ConversationAccess {
        conversation_id: ConversationId::random(),
        account_id: AccountId::random(),
        speaker: Speaker::Customer(CustomerId::random()),
    };
    let join = |topic: Topic| {
        let sink = registry.open(Serializer::V2, Identity::Anonymous, 45);
        let topic = topic.to_string();
        hub.join(&topic, Arc::clone(&sink), Audience::Everyone, Delivery::Now);
        sink
    };
    Scene {
        customer: join(Topic::Conversation(access.conversation_id)),
        reader: join(Topic::Conversation(access.conversation_id)),
        agent: join(Topic::Notification(access.account_id)),
        typing: Arc::new(Typing::new(Arc::clone(&hub), Tasks::default())),
        access,
    }
}

impl Scene {
    fn start(&self) -> Started {
        self.typing.start(&self.access, self.customer.id)
    }

    fn stop(&self) {
        self.typing
            .stop(self.access.conversation_id, self.customer.id);
    }

    fn place(&self) {
        self.typing.place(
            self.access.conversation_id,
            self.customer.id,
            Scope::Account,
        );
    }
}

fn heard(sink: &Sink) -> Vec<bool> {
    payloads(sink)
        .iter()
        .map(|payload| payload["typing"].as_bool().unwrap())
        .collect()
}

fn payloads(sink: &Sink) -> Vec<Value> {
    let mut batch = VecDeque::new();
    sink.take(Written::default(), &mut batch);
    let frame = |bytes| serde_json::from_slice::<Value>(&unframe(bytes).0).unwrap();
    batch.iter().map(|bytes| frame(bytes)[4].clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn the_others_hear_it_and_the_sender_does_not() {
    let scene = scene();
    assert_eq!(scene.start(), Started::New);
    let Speaker::Customer(customer) = scene.access.speaker else {
        panic!("a customer")
    };
    let expected = json!({"typing": true, "type": "customer", "customer_id": customer,
        "conversation_id": scene.access.conversation_id});
    assert_eq!(payloads(&scene.reader), [expected]);
    assert_eq!(heard(&scene.customer), [] as [bool; 0]);
    assert_eq!(heard(&scene.agent), [] as [bool; 0]);
    scene.place();
    assert_eq!(heard(&scene.agent), [true]);
    scene.stop();
    scene.stop();
    assert_eq!(
        (heard(&scene.reader), heard(&scene.agent)),
        (vec![false], vec![false])
    );
}

#[tokio::test(start_paused = true)]
async fn it_ends_two_seconds_after_the_last_word() {
    let scene = scene();
    scene.start();
    scene.place();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(scene.start(), Started::Renewed);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(heard(&scene.reader), [true, true]);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(
        (heard(&scene.reader), heard(&scene.agent)),
        (vec![false], vec![true, true, false])
    );
    assert!(scene.typing.active.lock().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_old_timer_does_not_end_a_new_spell() {
    let scene = scene();
    scene.start();
    tokio::time::sleep(Duration::from_millis(1000)).await;
    scene.stop();
    assert_eq!(scene.start(), Started::New);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(heard(&scene.reader), [true, false, true]);
    tokio::time::sleep(Duration::from_millis(1000)).await;
    assert_eq!(heard(&scene.reader), [false]);
}

#[tokio::test(start_paused = true)]
async fn who_leaves_has_stopped() {
    let mut scene = scene();
    scene.access.speaker = Speaker::Agent(UserId(4));
    scene.start();
    scene.typing.stop_all(scene.customer.id);
    let heard = payloads(&scene.reader);
    assert_eq!(
        (&heard[0]["type"], &heard[0]["user_id"]),
        (&json!("agent"), &json!(4))
    );
    assert_eq!(heard[1]["typing"], false);
}
