//! What cannot be taken in waits whole, until an admin tries again or throws it away.

use super::post::{Post, letter};
use frontdesk_testkit::{Shell, TestServer, engines, eventually, http};
use serde_json::json;
use std::path::Path;

#[tokio::test]
async fn what_cannot_be_read_waits_whole_and_once() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        for _ in 0..2 {
            post.brings("").await;
        }
        server.clock.advance_seconds(1);
        post.brings("Subject: nobody wrote this\r\n\r\nReally.")
            .await;
        let waits = post.waiting(2).await;
        assert_eq!(waits[0]["reason"], "unreadable");
        assert_eq!(waits[1]["reason"], "no_sender");
        assert_eq!(waits[1]["subject"], "nobody wrote this");
        assert_eq!(waits[1]["way"], "pipe");
        post.conversations(0).await;

        let one = format!("/api/v1/quarantine/{}", waits[1]["id"].as_str().unwrap());
        let raw = http()
            .get(format!("{}{one}/raw", server.url))
            .header("authorization", &post.desk.token)
            .send()
            .await
            .unwrap();
        assert_eq!(raw.headers()["content-type"], "message/rfc822");
        assert!(raw.text().await.unwrap().ends_with("Really."));
        let tried = post
            .desk
            .post(&format!("{one}/retry"), json!({}))
            .await
            .data(200);
        assert_eq!(tried["waits"], true);
        assert!(post.waiting(2).await[1]["tried_at"].is_string());
        post.desk.delete(&one).await.is(204);
        post.desk.get(&one).await.is(404);
        post.waiting(1).await;
        let told = post.desk.get("/api/v1/audit").await.is(200).to_string();
        for action in ["read", "retried", "discarded"] {
            assert!(told.contains(&format!("quarantine.{action}")), "{told}");
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn what_waited_gets_in_once_its_reason_is_gone() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let settings = json!({ "address": "support@example.com", "aliases": ["ada@example.com"] });
        post.set(settings).await;
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        let waits = post.waiting(1).await;
        assert_eq!(waits[0]["reason"], "loop");
        assert_eq!(waits[0]["sender"], "ada@example.com");
        post.set(json!({ "address": "support@example.com" })).await;
        let retry = format!(
            "/api/v1/quarantine/{}/retry",
            waits[0]["id"].as_str().unwrap()
        );
        let tried = post.desk.post(&retry, json!({})).await.data(200);
        assert_eq!(tried["waits"], false);
        post.waiting(0).await;
        let found = post.conversations(1).await;
        assert_eq!(found[0]["id"], tried["conversation_id"]);
        post.desk.post(&retry, json!({})).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_pipe_is_answered_as_mail_servers_expect() {
    let shell = Shell::with_account();
    let mail = letter("1@example.com", "Broken lamp", "Hello");
    let early = shell.with_input(&["ingest"], &mail);
    assert_eq!(early.code, 75, "{}", early.err);
    let settings = shell.data().join("mail.json");
    std::fs::write(&settings, r#"{ "address": "support@example.com" }"#).unwrap();
    let settings = settings.to_str().unwrap();
    shell.ok(&["inbox", "add", "Mail"]);
    let add = ["connections", "add", "Support", "--kind", "email"];
    let more = ["--inbox", "Mail", "--settings", settings];
    shell.ok(&[&add[..], &more[..]].concat());
    let server = shell.serve(&[]);
    eventually(async || {
        let taken = shell.with_input(&["ingest", "--to", "support+x@example.com"], &mail);
        (taken.code == 0).then_some(())
    })
    .await;
    let nobody = shell.with_input(&["ingest", "--to", "nobody@example.com"], &mail);
    assert_eq!(nobody.code, 67, "{}", nobody.err);
    let usage = shell.with_input(&["ingest", "--no"], &mail);
    assert_eq!(usage.code, 64, "{}", usage.err);
    shell.with_input(&["ingest"], "no mail");
    let waiting = shell.data().join("mail/waiting");
    empties(&waiting).await;
    let listed = shell.ok(&["quarantine", "list"]);
    let line = listed.out.lines().nth(1).unwrap();
    assert!(line.contains("no_sender"), "{line}");
    let id = line.split_whitespace().next().unwrap();
    assert!(
        shell
            .ok(&["quarantine", "show", id])
            .out
            .contains("nobody can be answered")
    );
    assert_eq!(shell.ok(&["quarantine", "raw", id]).out, "no mail");
    server.stop();

    // Accepted while no server runs, and taken in by the next.
    let later = letter("2@example.com", "Second", "While you were away");
    assert_eq!(shell.with_input(&["ingest"], &later).code, 0);
    let tried = shell.ok(&["quarantine", "retry", id]);
    assert!(tried.out.contains("still waits"), "{}", tried.out);
    shell.ok(&["quarantine", "discard", id]);
    let server = shell.serve(&[]);
    empties(&waiting).await;
    server.stop();
}

/// Waits until the server has taken all mail from a folder.
async fn empties(folder: &Path) {
    eventually(async || {
        let empty = std::fs::read_dir(folder).unwrap().next().is_none();
        empty.then_some(())
    })
    .await;
}
