//! A server that stands behind a proxy: all channels go by it.

use super::custom::{KEY, posts};
use super::twilio::{ACCOUNT, OURS, TOKEN};
use super::{connect, conversations};
use frontdesk_testkit::{Desk, Shell, eventually};
use parking_lot::Mutex;
use serde_json::json;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// A proxy that lets nobody through, and the hosts it was asked for.
async fn proxy(serving: &mut JoinSet<()>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let noted = Arc::clone(&asked);
    serving.spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut line = String::new();
            let read = BufReader::new(&mut stream).read_line(&mut line).await;
            if read.is_ok() && line.starts_with("CONNECT ") {
                noted
                    .lock()
                    .push(line.split(' ').nth(1).unwrap().to_owned());
            }
            drop(stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").await);
        }
    });
    (url, asked)
}

#[tokio::test]
async fn every_channel_goes_by_the_proxy_of_the_environment() {
    let mut serving = JoinSet::new();
    let (proxy, asked) = proxy(&mut serving).await;
    let shell = Shell::with_account().knowing("HTTPS_PROXY", &proxy);
    let server = shell.serve(&[]);
    let desk = Desk::of(&server.url, "ada@acme.test", "correct horse").await;
    // A bot that asks and an app that looks for what it missed call by themselves.
    let bot = json!({ "bot_token": "5550001:not-a-real-token" });
    connect(
        &desk,
        "telegram",
        json!({ "base_url": "https://telegram.test" }),
        bot,
    )
    .await;
    let app = json!({ "bot_token": "xoxb-1", "app_token": "xapp-1" });
    connect(
        &desk,
        "slack",
        json!({ "base_url": "https://slack.test/api" }),
        app,
    )
    .await;
    let numbers =
        json!({ "account_sid": ACCOUNT, "numbers": [OURS], "base_url": "https://twilio.test" });
    let hook = connect(&desk, "sms", numbers, json!({ "auth_token": TOKEN })).await;
    let id = hook.rsplit('/').next().unwrap();
    desk.post(&format!("/api/v1/connections/{id}/test"), json!({}))
        .await;
    let secrets = json!({ "key": KEY, "signing_secret": "another-secret-of-many-letters" });
    let hook = connect(
        &desk,
        "custom",
        json!({ "url": "https://bridge.test/out" }),
        secrets,
    )
    .await;
    let hello = json!({ "message": { "id": "1", "from": "ada", "text": "Hi" } });
    assert_eq!(posts(&desk, &hook, KEY, hello).await, 204);
    let talks = conversations(&desk).await;
    desk.reply(talks[0]["id"].as_str().unwrap(), "Hello").await;
    eventually(async || {
        let asked = asked.lock();
        let hosts = [
            "telegram.test:443",
            "slack.test:443",
            "twilio.test:443",
            "bridge.test:443",
        ];
        let all = hosts.iter().all(|it| asked.iter().any(|host| host == it));
        all.then_some(())
    })
    .await;
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
}

#[tokio::test]
async fn who_is_named_in_no_proxy_is_called_past_it() {
    let mut serving = JoinSet::new();
    let (proxy, asked) = proxy(&mut serving).await;
    let shell = Shell::with_account()
        .knowing("HTTPS_PROXY", &proxy)
        .knowing("NO_PROXY", "near.test,10.0.0.0/8");
    let server = shell.serve(&[]);
    let desk = Desk::of(&server.url, "ada@acme.test", "correct horse").await;
    for host in ["near.test", "far.test"] {
        let numbers = json!({ "account_sid": ACCOUNT, "numbers": [OURS],
            "base_url": format!("https://twilio.{host}") });
        let hook = connect(&desk, "sms", numbers, json!({ "auth_token": TOKEN })).await;
        let id = hook.rsplit('/').next().unwrap();
        let tried = desk
            .post(&format!("/api/v1/connections/{id}/test"), json!({}))
            .await
            .data(200);
        assert_eq!(tried["works"], false, "{tried}");
    }
    let asked = asked.lock().clone();
    assert!(
        asked.iter().any(|it| it == "twilio.far.test:443"),
        "{asked:?}"
    );
    assert!(
        !asked.iter().any(|it| it.contains("near.test")),
        "{asked:?}"
    );
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
}
