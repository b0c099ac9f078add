//! Sockets in use, with a client somebody else wrote.

use crate::channels_desk::{ACCOUNT, CONVERSATION, CUSTOMER, Desk, SESSION};
use frontdesk_server::channels::{Close, Credential, Identity, Settings};
use futures_util::SinkExt;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

fn shout(reference: u32, body: &str) -> String {
    format!(r#"["1","{reference}","conversation:{CONVERSATION}","shout",{{"body":"{body}"}}]"#)
}

#[tokio::test]
async fn a_shout_reaches_everyone_and_its_sender() {
    let desk = Desk::open().await;
    let (mut one, mut two) = (desk.joined().await, desk.joined().await);
    one.say(&shout(2, "grüße")).await;
    let topic = format!("conversation:{CONVERSATION}");
    let expected = json!([null, null, topic, "shout", {"body": "grüße"}]);
    assert_eq!(
        (one.hear().await, two.hear().await),
        (expected.clone(), expected)
    );
}

#[tokio::test]
async fn large_messages_pass() {
    let desk = Desk::open().await;
    let mut client = desk.joined().await;
    let body = "x".repeat(900_000);
    client.say(&shout(2, &body)).await;
    assert_eq!(client.hear().await[4]["body"], body);
}

#[tokio::test]
async fn a_binary_ping_is_answered_in_bytes() {
    let desk = Desk::open().await;
    let mut client = desk.joined().await;
    let topic = format!("conversation:{CONVERSATION}");
    let size = u8::try_from(topic.len()).unwrap();
    let push = [
        &[0, 1, 1, size, 4],
        b"12".as_slice(),
        topic.as_bytes(),
        b"ping",
        &[0, 255],
    ]
    .concat();
    client.socket.send(Message::binary(push)).await.unwrap();
    let reply = [
        &[1, 1, 1, size, 2],
        b"12".as_slice(),
        topic.as_bytes(),
        b"ok",
        &[0, 255],
    ]
    .concat();
    assert_eq!(client.next().await, Message::binary(reply));
}

#[tokio::test]
async fn pings_and_goodbyes_are_answered() {
    let desk = Desk::open().await;
    let mut client = desk.joined().await;
    client
        .socket
        .send(Message::Ping("are you there".into()))
        .await
        .unwrap();
    assert_eq!(client.next().await, Message::Pong("are you there".into()));
    client.socket.close(None).await.unwrap();
    assert!(matches!(client.next().await, Message::Close(_)));
    desk.empty().await;
}

#[tokio::test]
async fn news_flows_while_a_handler_waits() {
    let desk = Desk::open().await;
    let mut client = desk.joined().await;
    client.say(&shout(2, "wait")).await;
    client.say(&shout(3, "second")).await;
    desk.publish("news", "{}");
    assert_eq!(client.hear().await[3], "news");
    desk.backend.allowed.add_permits(1);
    assert_eq!(client.hear().await[4]["body"], "wait");
    assert_eq!(client.hear().await[4]["body"], "second");
}

#[tokio::test]
async fn what_was_asked_is_done_even_if_the_client_is_gone() {
    let desk = Desk::open().await;
    let (mut asker, mut witness) = (desk.joined().await, desk.joined().await);
    asker.say(&shout(2, "wait")).await;
    while desk.channels.counts().frames_in < 3 {
        tokio::task::yield_now().await;
    }
    let is_asker = |identity: &Identity| matches!(identity, Identity::Anonymous);
    drop(asker);
    desk.backend.allowed.add_permits(1);
    assert_eq!(witness.hear().await[4]["body"], "wait");
    assert_eq!(
        desk.channels.cut_sessions(is_asker),
        desk.channels.counts().sockets as usize
    );
}

#[tokio::test]
async fn who_leaves_is_seen_to_leave() {
    let desk = Desk::open().await;
    let mut agent = desk.connect("token=good&vsn=2.0.0").await;
    agent
        .say(&format!(
            r#"["1","1","notification:{ACCOUNT}","phx_join",{{}}]"#
        ))
        .await;
    for expected in ["phx_reply", "presence_diff", "presence_state"] {
        assert_eq!(agent.hear().await[3], expected);
    }
    let mut customer = desk.connect("vsn=2.0.0").await;
    let params = json!({ "customer_id": CUSTOMER });
    customer
        .say(&format!(
            r#"["1","1","conversation:{CONVERSATION}","phx_join",{params}]"#
        ))
        .await;
    let key = format!("customer:{CUSTOMER}");
    assert!(agent.hear().await[4]["joins"][&key]["metas"][0]["phx_ref"].is_string());
    assert_eq!(agent.hear().await[3], "presence_state");
    drop(customer);
    assert!(agent.hear().await[4]["leaves"][&key]["metas"][0]["phx_ref"].is_string());
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut() {
    let desk = Desk::open().await;
    let (slow, mut quick) = (desk.joined().await, desk.joined().await);
    let large = json!({ "body": "x".repeat(100_000) }).to_string();
    while desk.channels.counts().cut == 0 {
        desk.publish("news", &large);
        assert_eq!(quick.hear().await[3], "news");
    }
    quick.say(&shout(2, "still here")).await;
    assert_eq!(quick.hear().await[4]["body"], "still here");
    drop(slow);
}

#[tokio::test]
async fn an_ended_session_loses_its_sockets() {
    let desk = Desk::open().await;
    let (mut agent, mut visitor) = (
        desk.connect("token=good&vsn=2.0.0").await,
        desk.joined().await,
    );
    let cut = desk.channels.cut_sessions(|identity| match identity {
        Identity::Agent(agent) => agent.credential == Credential::Session(SESSION),
        Identity::Anonymous => false,
    });
    assert_eq!((cut, agent.close_code().await), (1, 1008));
    visitor.say(&shout(2, "hi")).await;
    assert_eq!(visitor.hear().await[4]["body"], "hi");
}

#[tokio::test]
async fn a_restart_closes_all_with_its_own_code() {
    let desk = Desk::open().await;
    let mut clients = [desk.joined().await, desk.joined().await];
    let closing = desk.channels.close_all(Close::RESTART);
    let hearing = async {
        for client in &mut clients {
            assert_eq!(client.close_code().await, 1012);
        }
        drop(clients);
    };
    tokio::join!(closing, hearing);
    assert_eq!(desk.channels.counts().sockets, 0);
    assert!(desk.try_connect("vsn=2.0.0", &[]).await.is_err());
}

#[tokio::test]
async fn silence_ends_a_socket() {
    let desk = Desk::with(Settings {
        idle_seconds: 0,
        ..Settings::default()
    })
    .await;
    let mut client = desk.connect("vsn=2.0.0").await;
    assert_eq!(client.close_code().await, 1001);
}
