use super::*;
use crate::channels::Identity;
use crate::channels::registry::Registry;
use crate::channels::sink::{Ending, QueueLimit, Written};
use frontdesk_protocol::frame::Serializer;
use std::collections::VecDeque;

fn registry() -> Registry {
    let limit = QueueLimit {
        frames: 3,
        bytes: 10_000,
    };
    Registry::new(limit, Arc::new(Counters::default()))
}

fn open(registry: &Registry) -> Arc<Sink> {
    registry.open(Serializer::V2, Identity::Anonymous, 45)
}

fn heard(sink: &Sink) -> Vec<Bytes> {
    let mut batch = VecDeque::new();
    sink.take(Written::default(), &mut batch);
    batch.into()
}

fn tell(hub: &Hub, event: &str) {
    hub.publish(&Broadcast::to_all("room:a", event, "{}"));
}

#[test]
fn one_encoding_is_shared_by_all() {
    let (hub, registry) = (Hub::new(), registry());
    let sinks = [open(&registry), open(&registry)];
    for sink in &sinks {
        hub.join(
            "room:a",
            Arc::clone(sink),
            Audience::Everyone,
            Delivery::Now,
        );
    }
    tell(&hub, "news");
    let [first, second] = sinks.map(|sink| heard(&sink).remove(0));
    assert_eq!(first.as_ptr(), second.as_ptr());
}

#[test]
fn what_is_held_comes_after_the_answer_and_in_order() {
    let (hub, registry) = (Hub::new(), registry());
    let sink = open(&registry);
    let seat = hub.join(
        "room:a",
        Arc::clone(&sink),
        Audience::Everyone,
        Delivery::Held,
    );
    tell(&hub, "first");
    assert!(heard(&sink).is_empty());
    sink.push(Bytes::from_static(b"answer"));
    hub.release(&seat);
    tell(&hub, "second");
    let frames = heard(&sink);
    let said = |frame: &Bytes, text: &str| String::from_utf8_lossy(frame).contains(text);
    assert_eq!(frames.len(), 3);
    assert!(said(&frames[0], "answer") && said(&frames[1], "first") && said(&frames[2], "second"));
}

#[test]
fn what_is_held_is_bounded_too() {
    let (hub, registry) = (Hub::new(), registry());
    let sink = open(&registry);
    hub.join(
        "room:a",
        Arc::clone(&sink),
        Audience::Everyone,
        Delivery::Held,
    );
    for _ in 0..4 {
        tell(&hub, "news");
    }
    assert_ne!(sink.ending(), Ending::Open);
}

#[test]
fn an_empty_topic_leaves_nothing_behind() {
    let (hub, registry) = (Hub::new(), registry());
    let seats = [open(&registry), open(&registry)]
        .map(|sink| hub.join("room:a", sink, Audience::Everyone, Delivery::Now));
    assert_eq!(hub.members("room:a"), 2);
    for seat in &seats {
        hub.leave(seat);
    }
    assert_eq!(hub.members("room:a"), 0);
    assert!(hub.shards.iter().all(|shard| shard.lock().is_empty()));
}
