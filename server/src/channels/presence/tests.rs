use super::*;
use crate::channels::Identity;
use crate::channels::counters::Counters;
use crate::channels::hub::{Audience, Delivery};
use crate::channels::registry::Registry;
use crate::channels::sink::{QueueLimit, Sink, Written};
use crate::channels::ws::encode::unframe;
use frontdesk_protocol::frame::Serializer;
use serde_json::{Value, json};
use std::collections::VecDeque;

fn scene(listeners: usize) -> (Arc<Presence>, Vec<Arc<Sink>>) {
    let hub = Arc::new(Hub::new());
    let limit = QueueLimit {
        frames: 1000,
        bytes: 1 << 20,
    };
    let registry = Registry::new(limit, Arc::new(Counters::default()));
    let listen = |_| {
        let sink = registry.open(Serializer::V2, Identity::Anonymous, 45);
        hub.join(
            "room:a",
            Arc::clone(&sink),
            Audience::Everyone,
            Delivery::Now,
        );
        sink
    };
    let sinks = (0..listeners).map(listen).collect();
    (Arc::new(Presence::new(hub, Tasks::default())), sinks)
}

fn heard(sink: &Sink) -> Vec<Value> {
    let mut batch = VecDeque::new();
    sink.take(Written::default(), &mut batch);
    let frame = |bytes| serde_json::from_slice::<Value>(&unframe(bytes).0).unwrap();
    batch.iter().map(|bytes| frame(bytes)[4].clone()).collect()
}

fn state(presence: &Presence) -> Value {
    presence.with_state("room:a", None, |state| serde_json::from_str(state).unwrap())
}

#[tokio::test]
async fn one_key_with_two_connections_has_two_metas() {
    let (presence, sinks) = scene(1);
    assert_eq!(state(&presence), json!({}));
    let first = presence.track(
        "room:a",
        "user:1".to_owned(),
        Tells::Openly,
        "\"user_id\":1",
    );
    let second = presence.track(
        "room:a",
        "user:1".to_owned(),
        Tells::Openly,
        "\"user_id\":1",
    );
    let metas = state(&presence)["user:1"]["metas"].clone();
    assert_eq!(
        (metas.as_array().unwrap().len(), &metas[0]["user_id"]),
        (2, &json!(1))
    );
    assert_ne!(metas[0]["phx_ref"], metas[1]["phx_ref"]);
    presence.untrack(&first);
    presence.untrack(&first);
    let diffs = heard(&sinks[0]);
    assert_eq!(diffs.len(), 3);
    assert_eq!(
        diffs[2],
        json!({"joins": {}, "leaves": {"user:1": {"metas": [metas[0]]}}})
    );
    presence.untrack(&second);
    assert_eq!(state(&presence), json!({}));
    assert!(presence.shard("room:a").lock().is_empty());
}

#[tokio::test(start_paused = true)]
async fn large_rooms_hear_of_many_at_once() {
    let (presence, sinks) = scene(PROMPT_LISTENERS + 1);
    let mut tracks: Vec<Track> = (0..100)
        .map(|user| {
            presence.track(
                "room:a",
                format!("user:{user}"),
                Tells::Openly,
                &format!("\"user_id\":{user}"),
            )
        })
        .collect();
    presence.untrack(&tracks.remove(0));
    presence.update(&mut tracks[0], "\"user_id\":1,\"away\":true");
    assert_eq!(heard(&sinks[0]), [] as [Value; 0]);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let diffs = heard(&sinks[0]);
    let [diff] = &diffs[..] else {
        panic!("{diffs:?}")
    };
    // Who came and went within one diff is in none.
    assert_eq!(diff["joins"].as_object().unwrap().len(), 99);
    assert_eq!(
        (&diff["leaves"], &diff["joins"]["user:0"]),
        (&json!({}), &Value::Null)
    );
    assert_eq!(diff["joins"]["user:1"]["metas"][0]["away"], true);
    assert_eq!(diff["joins"], state(&presence));

    tracks.iter().for_each(|track| presence.untrack(track));
    tokio::time::sleep(Duration::from_millis(50)).await;
    let diffs = heard(&sinks[0]);
    assert_eq!(
        (diffs.len(), diffs[0]["leaves"].as_object().unwrap().len()),
        (1, 99)
    );
    assert!(presence.shard("room:a").lock().is_empty());
}

#[tokio::test]
async fn an_update_names_the_meta_it_replaces() {
    let (presence, sinks) = scene(1);
    let mut track = presence.track("room:a", "user:1".to_owned(), Tells::Openly, "\"a\":1");
    presence.update(&mut track, "\"a\":2");
    let diff = heard(&sinks[0]).remove(1);
    let (joined, left) = (
        &diff["joins"]["user:1"]["metas"][0],
        &diff["leaves"]["user:1"]["metas"][0],
    );
    assert_eq!((&joined["a"], &left["a"]), (&json!(2), &json!(1)));
    assert_eq!(joined["phx_ref_prev"], left["phx_ref"]);
    presence.broadcast_state("room:a");
    assert_eq!(heard(&sinks[0]), [json!({"user:1": {"metas": [joined]}})]);
}
