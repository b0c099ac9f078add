//! Part 1.1 of the wire contract: who gets a socket.

use crate::channels_desk::{ACCOUNT, Desk};
use serde_json::json;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::http::Response;

fn refusal<T>(outcome: Result<T, Error>) -> Response<Option<Vec<u8>>> {
    match outcome {
        Err(Error::Http(response)) => *response,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was accepted"),
    }
}

#[tokio::test]
async fn anyone_may_connect_without_a_token() {
    let desk = Desk::open().await;
    for query in [
        "?&vsn=2.0.0",
        "vsn=2.0.0&inbox_id=undefined&api_key=x&account_id=1",
    ] {
        let mut client = desk.connect(query).await;
        client.say(r#"[null,"1","phoenix","heartbeat",{}]"#).await;
        let reply = json!([null, "1", "phoenix", "phx_reply", {"status": "ok", "response": {}}]);
        assert_eq!(client.hear().await, reply);
    }
}

#[tokio::test]
async fn a_bad_token_is_refused_at_the_upgrade() {
    let desk = Desk::open().await;
    for query in [
        "token=bad&vsn=2.0.0",
        "token=&vsn=2.0.0",
        "token=good&token=bad&vsn=2.0.0",
    ] {
        let response = refusal(desk.try_connect(query, &[]).await);
        assert_eq!(response.status(), 403, "{query}");
        assert_eq!(
            response.body().as_deref().unwrap_or_default(),
            b"",
            "{query}"
        );
    }
    desk.connect("token=bad&token=good&vsn=2.0.0").await;
}

#[tokio::test]
async fn a_good_token_makes_an_agent() {
    let desk = Desk::open().await;
    let mut client = desk.connect("token=good&vsn=2.0.0").await;
    client
        .say(&format!(
            r#"["1","1","notification:{ACCOUNT}","phx_join",{{}}]"#
        ))
        .await;
    assert_eq!(client.hear().await[4]["status"], "ok");
}

#[tokio::test]
async fn without_a_version_it_is_version_one() {
    let desk = Desk::open().await;
    let mut client = desk.connect("").await;
    client
        .say(r#"{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}"#)
        .await;
    assert_eq!(client.hear().await["event"], "phx_reply");
    let response = refusal(desk.try_connect("vsn=3.0.0", &[]).await);
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn a_token_may_come_among_the_protocols() {
    let desk = Desk::open().await;
    let name = "sec-websocket-protocol";
    // tungstenite refuses an answer that does not name one of the offered protocols.
    let good = "phoenix, base64url.bearer.phx.Z29vZA";
    let mut client = desk
        .try_connect("vsn=2.0.0", &[(name, good)])
        .await
        .unwrap();
    client
        .say(&format!(
            r#"["1","1","notification:{ACCOUNT}","phx_join",{{}}]"#
        ))
        .await;
    assert_eq!(client.hear().await[4]["status"], "ok");
    let bad = "phoenix, base64url.bearer.phx.YmFk";
    assert_eq!(
        refusal(desk.try_connect("vsn=2.0.0", &[(name, bad)]).await).status(),
        403
    );
}

#[tokio::test]
async fn any_origin_is_welcome() {
    let desk = Desk::open().await;
    desk.try_connect("vsn=2.0.0", &[("origin", "https://elsewhere.example")])
        .await
        .unwrap();
}
