//! The server as an operator runs it: started on an empty folder, looked at, told to stop.

use frontdesk_testkit::Shell;
use frontdesk_testkit::http;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;

#[tokio::test]
async fn it_starts_on_an_empty_folder_and_stops_when_told() {
    let shell = Shell::new();
    let server = shell.serve(&[]);
    let ready = http()
        .get(format!("{}/health/ready", server.url))
        .send()
        .await
        .unwrap();
    assert_eq!(ready.status(), 200);
    assert_eq!(ready.headers()["x-request-id"].len(), 32);
    let metrics = http()
        .get(format!("{}/metrics", server.url))
        .send()
        .await
        .unwrap();
    let metrics = metrics.text().await.unwrap();
    let counted =
        "frontdesk_http_requests_total{method=\"GET\",route=\"/health/ready\",status=\"2xx\"} 1";
    assert!(metrics.contains(counted), "{metrics}");
    for name in [
        "frontdesk_sockets 0",
        "process_open_fds",
        "process_resident_memory_bytes",
    ] {
        assert!(metrics.contains(name), "{name}: {metrics}");
    }
    let refused = shell.run(&["inbox", "add", "Shop"]);
    assert!(refused.err.contains("is working in"), "{}", refused.err);
    for file in std::fs::read_dir(shell.data()).unwrap() {
        let file = file.unwrap();
        let found = file.metadata().unwrap();
        let expected = if found.is_dir() { 0o700 } else { 0o600 };
        let mode = found.permissions().mode() & 0o777;
        assert_eq!(mode, expected, "{}", file.path().display());
    }
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("stopped"), "{log}");
}

#[tokio::test]
async fn metrics_can_be_elsewhere_or_nowhere() {
    let shell = Shell::new();
    let server = shell.serve(&["--set", "metrics.serve=off"]);
    let metrics = http()
        .get(format!("{}/metrics", server.url))
        .send()
        .await
        .unwrap();
    assert_eq!(metrics.status(), 404);
}

#[tokio::test]
async fn the_log_is_json_and_holds_no_secrets() {
    let shell = Shell::new();
    let arguments = [
        "init",
        "--account",
        "canary-company",
        "--email",
        "canary@acme.test",
        "--password-stdin",
    ];
    assert_eq!(shell.with_input(&arguments, "canary-password\n").code, 0);
    let server = shell.serve(&["--log-format", "json", "--log-level", "trace"]);
    let client = http();
    let sign_in = json!({ "user": { "email": "canary@acme.test", "password": "canary-password" } });
    let session = format!("{}/api/session", server.url);
    let answer = client.post(&session).body(sign_in.to_string());
    let answer = answer
        .header("content-type", "application/json")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    let token = answer["data"]["token"].as_str().unwrap().to_owned();
    let me = format!("{}/api/me?token={token}&note=canary-query", server.url);
    let me = client
        .get(me)
        .header("authorization", &token)
        .send()
        .await
        .unwrap();
    assert_eq!(me.status(), 200);
    let wrong = json!({ "user": { "email": "canary@acme.test", "password": "canary-wrong" } });
    let wrong = client.post(&session).body(wrong.to_string());
    wrong
        .header("content-type", "application/json")
        .send()
        .await
        .unwrap();
    let broken = client.post(&session).body("{\"canary-broken");
    broken
        .header("content-type", "application/json")
        .send()
        .await
        .unwrap();
    let (_, log) = server.stop();
    let mut requests = 0;
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        requests += usize::from(line["target"] == "requests");
    }
    assert_eq!(requests, 4, "{log}");
    for secret in [
        "canary",
        token.as_str(),
        answer["data"]["renew_token"].as_str().unwrap(),
    ] {
        assert!(
            !log.contains(secret),
            "{}",
            log.lines().find(|l| l.contains(secret)).unwrap()
        );
    }
}

#[test]
fn an_address_in_use_is_told_kindly() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = Shell::new().run(&["serve", "--listen", &address]);
    assert_eq!(said.code, 1);
    assert!(
        said.err
            .contains(&format!("nothing can listen on {address}")),
        "{}",
        said.err
    );
    assert!(
        said.err
            .contains("hint: see whether another server is running"),
        "{}",
        said.err
    );
}

#[test]
fn the_description_of_the_api_is_printed() {
    let said = Shell::new().ok(&["openapi"]);
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert!(document["paths"].as_object().unwrap().len() > 1);
}

#[tokio::test]
async fn a_full_server_asks_to_come_back_later() {
    let shell = Shell::new();
    let server = shell.serve(&["--set", "limits.sockets=2"]);
    let ready = format!("{}/health/ready", server.url);
    let (first, second) = (http(), http());
    for client in [&first, &second] {
        assert_eq!(client.get(&ready).send().await.unwrap().status(), 200);
    }
    let third = http().get(&ready).send().await.unwrap();
    assert_eq!(third.status(), 503);
    assert_eq!(third.headers()["retry-after"], "2");
    assert_eq!(first.get(&ready).send().await.unwrap().status(), 200);
}
