//! Clients that do not keep up, fall silent or have lost their right to listen.

use super::desk::{ACCOUNT, CONVERSATION, Client, Desk, identity};
use crate::channels::sink::Ending;
use crate::channels::{Agent, Broadcast, Close, Credential, Identity, Rate, Settings, Speech};
use frontdesk_domain::actor::View;
use frontdesk_protocol::frame::Serializer;
use frontdesk_protocol::id::{ApiKeyId, UserId};
use frontdesk_protocol::time::Timestamp;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

#[tokio::test]
async fn a_client_that_does_not_keep_up_is_cut_and_the_others_are_not() {
    let desk = Desk::with(Settings {
        queue_frames: 10,
        ..Settings::default()
    });
    let (mut slow, mut quick) = (desk.visitor(), desk.visitor());
    for client in [&mut slow, &mut quick] {
        client
            .ask(json!(["1", "1", "room:a", "phx_join", {}]))
            .await;
    }
    for _ in 0..11 {
        desk.hub()
            .publish(&Broadcast::to_all("room:a", "news", "{}"));
        assert_eq!(quick.hear_events(), ["news"]);
    }
    assert_eq!(slow.ending(), Ending::Closing(Close::SLOW));
    assert_eq!(
        (quick.ending(), desk.channels.counts().cut),
        (Ending::Open, 1)
    );
}

#[tokio::test]
async fn bytes_count_too_but_one_frame_always_fits() {
    let desk = Desk::with(Settings {
        queue_bytes: 1000,
        ..Settings::default()
    });
    let mut client = desk.visitor();
    client
        .ask(json!(["1", "1", "room:a", "phx_join", {}]))
        .await;
    let large = json!({ "body": "x".repeat(5000) }).to_string();
    desk.hub()
        .publish(&Broadcast::to_all("room:a", "news", &large));
    assert_eq!(client.ending(), Ending::Open);
    desk.hub()
        .publish(&Broadcast::to_all("room:a", "news", "{}"));
    assert_eq!(client.ending(), Ending::Closing(Close::SLOW));
}

#[tokio::test(start_paused = true)]
async fn silence_ends_a_connection() {
    let desk = Desk::open();
    let (silent, mut alive) = (desk.visitor(), desk.visitor());
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_secs(10)).await;
        alive
            .say(&json!([null, "1", "phoenix", "heartbeat", {}]))
            .await;
    }
    assert_eq!(silent.ending(), Ending::Closing(Close::IDLE));
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(
        (silent.ending(), alive.ending()),
        (Ending::Dead, Ending::Open)
    );
}

#[tokio::test]
async fn an_ended_session_is_cut() {
    let desk = Desk::open();
    let (first, second) = (desk.agent(1, View::All), desk.agent(2, View::All));
    let visitor = desk.visitor();
    let Identity::Agent(ended) = identity(1, View::All) else {
        panic!("an agent")
    };
    let is_ended = |identity: &Identity| match identity {
        Identity::Agent(agent) => agent.credential == ended.credential,
        Identity::Anonymous => false,
    };
    assert_eq!(desk.channels.cut_sessions(is_ended), 1);
    assert_eq!(first.ending(), Ending::Closing(Close::REVOKED));
    assert_eq!(
        (second.ending(), visitor.ending()),
        (Ending::Open, Ending::Open)
    );
    assert_ne!(first.id(), second.id());
}

/// The connection of a key, good until the desk's clock is at this second.
fn by_key(desk: &Desk, ends_at: i64, speech: Speech) -> Client {
    let key = Agent {
        user_id: UserId(1),
        account_id: ACCOUNT,
        credential: Credential::Key {
            id: ApiKeyId::random(),
            ends_at: Some(Timestamp::from_seconds(ends_at)),
            speech,
        },
        view: View::All,
    };
    desk.client(Serializer::V2, Identity::Agent(Arc::new(key)))
}

#[tokio::test(start_paused = true)]
async fn a_key_that_ends_by_itself_takes_its_connection_along() {
    let desk = Desk::open();
    let over = by_key(&desk, 1_700_000_000, Speech::Free);
    let good = by_key(&desk, 1_700_000_001, Speech::Free);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(over.ending(), Ending::Closing(Close::REVOKED));
    assert_eq!(good.ending(), Ending::Open);
}

#[tokio::test]
async fn a_key_for_reading_listens() {
    let desk = Desk::open();
    let mut reader = by_key(&desk, 1_800_000_000, Speech::None);
    let mut writer = by_key(&desk, 1_800_000_000, Speech::Free);
    let (notification, conversation) = (
        format!("notification:{ACCOUNT}"),
        format!("conversation:{CONVERSATION}"),
    );
    for client in [&mut reader, &mut writer] {
        for topic in [&notification, &conversation] {
            let join = json!(["1", "1", topic, "phx_join", {}]);
            assert_eq!(client.ask(join).await[0][4]["status"], "ok");
        }
        for (topic, event) in [
            (&notification, "shout"),
            (&notification, "read"),
            (&notification, "typing"),
            (&conversation, "shout"),
            (&conversation, "typing"),
        ] {
            let said = json!({"conversation_id": CONVERSATION, "body": "x", "typing": false});
            client.say(&json!(["1", "2", topic, event, said])).await;
        }
    }
    let refused = |client: &Client| {
        let frames = client.hear().into_iter();
        let refused = frames.filter(|frame| frame[4]["response"]["reason"] == "forbidden");
        refused.count()
    };
    assert_eq!((refused(&reader), refused(&writer)), (5, 0));
    assert_eq!(desk.backend.kept.lock().len(), 3, "only the writer's");
}

#[tokio::test]
async fn one_broadcast_serves_both_versions() {
    let desk = Desk::open();
    let mut old = desk.client(Serializer::V1, Identity::Anonymous);
    let mut new = desk.visitor();
    old.say(&json!({"topic": "room:a", "event": "phx_join", "payload": {}, "ref": "1"}))
        .await;
    new.say(&json!(["1", "1", "room:a", "phx_join", {}])).await;
    old.hear();
    new.hear();
    desk.hub()
        .publish(&Broadcast::to_all("room:a", "news", "{}"));
    assert_eq!(new.hear(), [json!([null, null, "room:a", "news", {}])]);
    let expected = json!({"topic": "room:a", "event": "news", "payload": {}, "ref": null});
    assert_eq!(old.hear(), [expected]);
}

#[tokio::test(start_paused = true)]
async fn who_speaks_too_fast_has_to_wait() {
    let rate = Some(Rate {
        per_second: 10,
        burst: 5,
    });
    let desk = Desk::with(Settings {
        rate,
        ..Settings::default()
    });
    let mut hasty = desk.visitor();
    let start = tokio::time::sleep(Duration::ZERO).deadline();
    for _ in 0..25 {
        hasty
            .say(&json!([null, "1", "phoenix", "heartbeat", {}]))
            .await;
    }
    assert_eq!(start.elapsed().as_millis().div_ceil(100), 20);
    assert_eq!(hasty.hear().len(), 25);
}
