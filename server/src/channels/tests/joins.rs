//! Part 1.5 of the wire contract: what is answered to joins, leaves and strays.

use super::desk::{ACCOUNT, CONVERSATION, CUSTOMER, Desk, REPLAY, identity};
use crate::channels::{Broadcast, Identity};
use frontdesk_domain::actor::View;
use frontdesk_protocol::frame::{FrameError, Serializer};
use serde_json::{Value, json};

fn ok() -> Value {
    json!({"status": "ok", "response": {}})
}

fn error(reason: &str) -> Value {
    json!({"status": "error", "response": {"reason": reason}})
}

fn topic() -> String {
    format!("conversation:{CONVERSATION}")
}

#[tokio::test]
async fn the_transport_answers_heartbeats_and_nothing_else() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    let heard = client
        .ask(json!([null, "1", "phoenix", "heartbeat", {}]))
        .await;
    assert_eq!(heard, [json!([null, "1", "phoenix", "phx_reply", ok()])]);
    for stray in [
        json!(["3", "3", "phoenix", "phx_join", {}]),
        json!(["3", "3", "nonsense", "phx_join", {}]),
        json!(["3", "3", "conversation", "phx_join", {}]),
        json!(["3", "3", "room:1", "shout", {}]),
    ] {
        let expected = json!([null, "3", stray[2], "phx_reply", error("unmatched topic")]);
        assert_eq!(client.ask(stray).await, [expected]);
    }
}

#[tokio::test]
async fn a_customer_joins_and_sees_itself() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    let heard = client
        .ask(json!([7, 8, topic(), "phx_join", {"customer_id": CUSTOMER}]))
        .await;
    let [reply, diff, state] = &heard[..] else {
        panic!("{heard:?}")
    };
    assert_eq!(*reply, json!([7, 8, topic(), "phx_reply", ok()]));
    let key = format!("customer:{CUSTOMER}");
    let meta = &state[4][&key]["metas"][0];
    let (phx_ref, online_at) = (meta["phx_ref"].clone(), "1700000000");
    assert_eq!(
        *meta,
        json!({"phx_ref": phx_ref, "customer_id": CUSTOMER, "online_at": online_at})
    );
    let entry = json!({ key: {"metas": [meta]} });
    assert_eq!(*state, json!([7, null, topic(), "presence_state", entry]));
    assert_eq!(
        *diff,
        json!([null, null, topic(), "presence_diff", {"joins": entry, "leaves": {}}])
    );
}

#[tokio::test]
async fn without_a_customer_nothing_is_tracked() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    let heard = client.ask(json!(["1", "1", topic(), "phx_join", {}])).await;
    assert_eq!(heard, [json!(["1", "1", topic(), "phx_reply", ok()])]);
}

#[tokio::test]
async fn a_second_join_replaces_the_first() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    client.ask(json!(["7", "7", topic(), "phx_join", {}])).await;
    let heard = client.ask(json!(["9", "9", topic(), "phx_join", {}])).await;
    let replied = json!(["9", "9", topic(), "phx_reply", ok()]);
    assert_eq!(
        heard,
        [replied, json!(["7", "7", topic(), "phx_close", {}])]
    );
    desk.hub()
        .publish(&Broadcast::to_all(&topic(), "shout", "{}"));
    assert_eq!(client.hear(), [json!([null, null, topic(), "shout", {}])]);
    // The same join_ref again: a close would end the new subscription.
    let heard = client
        .ask(json!(["9", "10", topic(), "phx_join", {}]))
        .await;
    assert_eq!(heard, [json!(["9", "10", topic(), "phx_reply", ok()])]);
}

#[tokio::test]
async fn leaving_is_answered_before_it_is_closed() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    let leave = |join_ref: Value| json!([join_ref, "35", topic(), "phx_leave", {}]);
    let answered = |join_ref: Value| json!([join_ref, "35", topic(), "phx_reply", ok()]);
    assert_eq!(client.ask(leave(json!("9"))).await, [answered(json!("9"))]);
    client.ask(json!(["9", "9", topic(), "phx_join", {}])).await;
    assert_eq!(client.ask(leave(json!("8"))).await, [] as [Value; 0]);
    assert_eq!(
        client.ask(json!(["8", "36", topic(), "ping", {}])).await,
        [] as [Value; 0]
    );
    let closed = json!(["9", "9", topic(), "phx_close", {}]);
    assert_eq!(
        client.ask(leave(Value::Null)).await,
        [answered(json!("9")), closed]
    );
    desk.hub()
        .publish(&Broadcast::to_all(&topic(), "shout", "{}"));
    assert_eq!(client.hear(), [] as [Value; 0]);
}

#[tokio::test]
async fn foreign_and_missing_get_one_answer() {
    let desk = Desk::open();
    let other = "11111111-1111-4111-8111-111111111111";
    let agent = || identity(5, View::All);
    let cases = [
        (
            Identity::Anonymous,
            format!("conversation:{other}"),
            "unauthorized",
        ),
        (
            Identity::Anonymous,
            "conversation:*".to_owned(),
            "unauthorized",
        ),
        (
            Identity::Anonymous,
            format!("notification:{ACCOUNT}"),
            "Unauthorized",
        ),
        (agent(), format!("notification:{other}"), "Unauthorized"),
        (agent(), "notification:".to_owned(), "Unauthorized"),
        (
            Identity::Anonymous,
            format!("issue:lobby:{CUSTOMER}"),
            "Unauthorized",
        ),
        (agent(), format!("issue:lobby:{other}"), "Unauthorized"),
        (
            Identity::Anonymous,
            format!("events:admin:{ACCOUNT}:all"),
            "unauthorized",
        ),
        (
            Identity::Anonymous,
            format!("events:admin:{ACCOUNT}:{REPLAY}"),
            "unauthorized",
        ),
        (agent(), format!("events:admin:{other}:all"), "unauthorized"),
        (
            agent(),
            format!("events:admin:{ACCOUNT}:{other}"),
            "unauthorized",
        ),
        (
            Identity::Anonymous,
            format!("events:{ACCOUNT}"),
            "unauthorized",
        ),
        (
            Identity::Anonymous,
            format!("events:{ACCOUNT}:{other}"),
            "unauthorized",
        ),
    ];
    for (identity, topic, reason) in cases {
        let mut client = desk.client(Serializer::V2, identity);
        let heard = client.ask(json!(["1", "2", topic, "phx_join", {}])).await;
        assert_eq!(
            heard,
            [json!(["1", "2", topic, "phx_reply", error(reason)])]
        );
    }
}

#[tokio::test]
async fn topics_anyone_may_join() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    for topic in [
        format!("conversation:lobby:{CUSTOMER}"),
        "conversation:lobby".to_owned(),
    ] {
        let heard = client.ask(json!(["1", "2", topic, "phx_join", {}])).await;
        assert_eq!(heard, [json!(["1", "2", topic, "phx_reply", ok()])]);
    }
    let heard = client
        .ask(json!(["1", "2", "room:whatever", "phx_join", {}]))
        .await;
    let state = json!(["1", null, "room:whatever", "presence_state", {}]);
    assert_eq!(
        heard,
        [json!(["1", "2", "room:whatever", "phx_reply", ok()]), state]
    );
}

#[tokio::test]
async fn a_hundred_topics_and_no_more() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    for number in 0..100 {
        client
            .say(&json!([
                number,
                number,
                format!("room:{number}"),
                "phx_join",
                {}
            ]))
            .await;
    }
    client.hear();
    let heard = client.ask(json!([1, 1, "room:100", "phx_join", {}])).await;
    assert_eq!(
        heard,
        [json!([
            1,
            1,
            "room:100",
            "phx_reply",
            error("too many channels joined")
        ])]
    );
    // One that is joined already takes its own place.
    client.say(&json!([2, 2, "room:50", "phx_join", {}])).await;
    assert_eq!(
        client.hear_events(),
        ["phx_reply", "phx_close", "presence_state"]
    );
}

#[tokio::test]
async fn version_one_has_four_keys() {
    let desk = Desk::open();
    let mut client = desk.client(Serializer::V1, Identity::Anonymous);
    let join = json!({"topic": topic(), "event": "phx_join", "payload": {}, "ref": "1"});
    let reply = json!({"topic": topic(), "event": "phx_reply", "payload": ok(), "ref": "1"});
    assert_eq!(client.ask(join).await, [reply]);
    desk.hub()
        .publish(&Broadcast::to_all(&topic(), "shout", r#"{"id":1}"#));
    let shout = json!({"topic": topic(), "event": "shout", "payload": {"id": 1}, "ref": null});
    assert_eq!(client.hear(), [shout]);
    let leave = json!({"topic": topic(), "event": "phx_leave", "payload": {}, "ref": "2"});
    let heard = client.ask(leave).await;
    let closed = json!({"topic": topic(), "event": "phx_close", "payload": {}, "ref": "1"});
    assert_eq!(heard[1], closed);
}

#[tokio::test]
async fn what_is_not_a_frame_is_an_error_of_this_connection() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    assert_eq!(client.try_say("{}").await, Err(FrameError::Malformed));
    assert_eq!(client.try_say("[1,2]").await, Err(FrameError::Malformed));
}

#[tokio::test]
async fn everything_is_given_back_at_the_end() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    let watcher = &mut desk.agent(1, View::All);
    let notification = format!("notification:{ACCOUNT}");
    watcher
        .say(&json!(["1", "1", notification, "phx_join", {}]))
        .await;
    client
        .say(&json!(["1", "1", topic(), "phx_join", {"customer_id": CUSTOMER}]))
        .await;
    watcher.hear();
    assert_eq!(
        (desk.channels.counts().sockets, desk.hub().members(&topic())),
        (2, 1)
    );
    drop(client);
    assert_eq!(
        (desk.channels.counts().sockets, desk.hub().members(&topic())),
        (1, 0)
    );
    let heard = watcher.hear();
    assert_eq!(heard[0][4]["joins"], json!({}));
    assert!(
        heard[0][4]["leaves"][format!("customer:{CUSTOMER}")]["metas"][0]["phx_ref"].is_string()
    );
    assert_eq!(desk.channels.counts().subscriptions, 1);
}
