//! The events of each topic, and who hears what follows.

use super::desk::{ACCOUNT, CONVERSATION, CUSTOMER, Client, Desk, REPLAY};
use crate::channels::{Broadcast, Flavour, Frame, Scope};
use frontdesk_domain::actor::View;
use frontdesk_protocol::frame::Payload;
use frontdesk_protocol::id::UserId;
use serde_json::{Value, json};

const NOTHING: [Value; 0] = [];

fn topic() -> String {
    format!("conversation:{CONVERSATION}")
}

fn notification() -> String {
    format!("notification:{ACCOUNT}")
}

async fn join(client: &mut Client, topic: &str, params: Value) {
    client
        .say(&json!(["1", "1", topic, "phx_join", params]))
        .await;
    assert_eq!(client.hear()[0][4]["status"], "ok");
}

fn answer(topic: &str, payload: &Value) -> Value {
    json!(["1", "2", topic, "phx_reply", payload])
}

#[tokio::test]
async fn a_shout_is_kept_and_not_answered() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    join(&mut client, &topic(), json!({"customer_id": CUSTOMER})).await;
    let shout = |body: Value| json!(["1", "2", topic(), "shout", body]);
    assert_eq!(client.ask(shout(json!({"body": "hi"}))).await, NOTHING);
    assert_eq!(
        client
            .ask(json!(["1", "3", topic(), "messages:seen", {}]))
            .await,
        NOTHING
    );
    let refused = json!({"status": "error", "response": {"reason": "is invalid"}});
    let heard = client.ask(shout(json!({"body": "refuse me"}))).await;
    assert_eq!(heard, [answer(&topic(), &refused)]);
    let kept = desk.backend.kept.lock().clone();
    assert!(
        kept[0].starts_with("Customer(") && kept[0].ends_with(r#"shouts {"body":"hi"}"#),
        "{kept:?}"
    );
    assert!(kept[1].ends_with("sees") && kept.len() == 3, "{kept:?}");
    let heard = client.ask(shout(json!("text"))).await;
    assert_eq!(heard[0][4]["response"]["reason"], "invalid payload");
}

#[tokio::test]
async fn an_unknown_event_keeps_the_channel() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    join(&mut client, &topic(), json!({})).await;
    let unknown = json!({"status": "error", "response": {"reason": "unknown event"}});
    let heard = client.ask(json!(["1", "2", topic(), "dance", {}])).await;
    assert_eq!(heard, [answer(&topic(), &unknown)]);
    let heard = client
        .ask(json!([null, "2", topic(), "ping", {"a": [1]}]))
        .await;
    assert_eq!(
        heard,
        [answer(
            &topic(),
            &json!({"status": "ok", "response": {"a": [1]}})
        )]
    );
}

#[tokio::test]
async fn an_agents_events_are_answered() {
    let desk = Desk::open();
    let mut agent = desk.agent(7, View::All);
    join(&mut agent, &notification(), json!({"ids": []})).await;
    let about = json!({"conversation_id": CONVERSATION, "body": "hello"});
    for event in ["shout", "read", "watch:one", "watch:many", "unwatch"] {
        let heard = agent
            .ask(json!(["1", "2", notification(), event, about]))
            .await;
        assert_eq!(
            heard,
            [answer(
                &notification(),
                &json!({"status": "ok", "response": {}})
            )]
        );
    }
    let heard = agent
        .ask(json!(["1", "2", notification(), "read", {}]))
        .await;
    assert_eq!(heard[0][4]["response"]["reason"], "invalid payload");
    assert_eq!(desk.backend.kept.lock().len(), 2);
}

#[tokio::test]
async fn agents_are_present_in_both_places() {
    let desk = Desk::open();
    let (mut visitor, mut agent) = (desk.visitor(), desk.agent(7, View::All));
    let room = format!("room:{ACCOUNT}");
    join(&mut visitor, &room, json!({})).await;
    agent
        .say(&json!(["1", "1", notification(), "phx_join", {}]))
        .await;
    let heard = agent.hear();
    let state = heard.last().unwrap();
    assert_eq!(state[3], "presence_state");
    assert_eq!(state[4]["user:7"]["metas"][0]["user_id"], 7);
    let heard = visitor.hear();
    assert_eq!(
        heard[0][4]["joins"]["user:7"]["metas"][0]["online_at"],
        "1700000000"
    );
    drop(agent);
    assert_eq!(
        visitor.hear()[0][4]["leaves"]["user:7"]["metas"][0]["user_id"],
        7
    );
}

#[tokio::test]
async fn cursors_choose_the_flavour() {
    let desk = Desk::open();
    let (mut old, mut new) = (desk.agent(1, View::All), desk.agent(2, View::All));
    join(&mut old, &notification(), json!({})).await;
    new.say(&json!(["1", "1", notification(), "phx_join", {"cursor": 41}]))
        .await;
    assert_eq!(new.hear()[0][4]["response"], json!({"after": 41}));
    old.hear();
    let topic = notification();
    let publish = |flavour, event| {
        let broadcast = Broadcast::to_all(&topic, event, "{}");
        desk.hub().publish(&Broadcast {
            flavour,
            ..broadcast
        });
    };
    publish(Some(Flavour::Legacy), "shout");
    publish(Some(Flavour::Numbered), "event");
    publish(None, "typing");
    assert_eq!(old.hear_events(), ["shout", "typing"]);
    assert_eq!(new.hear_events(), ["event", "typing"]);
}

#[tokio::test]
async fn agents_hear_only_what_they_see() {
    let desk = Desk::open();
    let (mut all, mut own) = (
        desk.agent(1, View::All),
        desk.agent(2, View::OwnAndUnassigned { user_id: UserId(2) }),
    );
    for agent in [&mut all, &mut own] {
        join(agent, &notification(), json!({})).await;
    }
    all.hear();
    let topic = notification();
    let tell = |assignee: i64, hidden| {
        let scope = Scope::Conversation {
            inbox: None,
            assignee: Some(UserId(assignee)),
        };
        let broadcast = Broadcast::to_all(&topic, "event", r#"{"seq":1,"body":"secret"}"#);
        desk.hub().publish(&Broadcast {
            scope,
            hidden,
            ..broadcast
        });
    };
    tell(1, None);
    tell(
        1,
        Some(Frame {
            event: "event",
            payload: Payload::Json(r#"{"seq":1}"#),
        }),
    );
    tell(2, None);
    let bodies = |client: &Client| -> Vec<Value> {
        client
            .hear()
            .into_iter()
            .map(|frame| frame[4]["body"].clone())
            .collect()
    };
    assert_eq!(bodies(&all), ["secret", "secret", "secret"]);
    assert_eq!(bodies(&own), [Value::Null, json!("secret")]);
}

#[tokio::test]
async fn the_test_lobby_repeats_what_it_hears() {
    let desk = Desk::open();
    let mut client = desk.visitor();
    join(&mut client, "conversation:lobby", json!({})).await;
    let heard = client
        .ask(json!(["1", "2", "conversation:lobby", "shout", {"x": 1}]))
        .await;
    assert_eq!(
        heard,
        [json!([null, null, "conversation:lobby", "shout", {"x": 1}])]
    );
}

#[tokio::test]
async fn a_recorded_visit() {
    let desk = Desk::open();
    let (mut page, mut list, mut watcher) = (
        desk.visitor(),
        desk.agent(1, View::All),
        desk.agent(2, View::All),
    );
    let index = format!("events:admin:{ACCOUNT}:all");
    let (page_topic, watch) = (
        format!("events:{ACCOUNT}:{REPLAY}"),
        format!("events:admin:{ACCOUNT}:{REPLAY}"),
    );
    let key = format!("session:{REPLAY}");
    join(&mut list, &index, json!({})).await;
    join(&mut page, &page_topic, json!({"customerId": CUSTOMER})).await;
    let heard = list.hear();
    assert_eq!(heard[0][4]["joins"][&key]["metas"][0]["active"], true);
    assert_eq!(heard[1][3], "presence_state");
    join(&mut watcher, &watch, json!({})).await;
    let heard = page.hear();
    assert_eq!(heard.last().unwrap()[3], "presence_state");
    assert_eq!(heard.last().unwrap()[4][&key]["metas"][0]["admin"], true);

    let event = json!({"event": {"timestamp": 5}, "customer_id": CUSTOMER});
    assert_eq!(
        page.ask(json!(["1", "2", page_topic, "replay:event:emitted", event]))
            .await,
        NOTHING
    );
    assert_eq!(
        watcher.hear(),
        [json!([null, null, watch, "replay:event:emitted", event])]
    );
    assert_eq!(desk.backend.kept.lock().len(), 1);

    page.say(&json!(["1", "3", page_topic, "session:inactive", {"ts": 99}]))
        .await;
    let diff = list.hear().remove(0);
    let (left, came) = (
        &diff[4]["leaves"][&key]["metas"][0],
        &diff[4]["joins"][&key]["metas"][0],
    );
    assert_eq!((&came["active"], &came["ts"]), (&json!(false), &json!(99)));
    assert_eq!(came["phx_ref_prev"], left["phx_ref"]);
    assert_ne!(came["phx_ref"], left["phx_ref"]);
}
