//! Connecting a mailbox from the command line, and being told exactly what is wrong.

use crate::town::{SUPPORT, Town, conversations};
use serde_json::json;

fn arguments(town: &Town) -> Vec<String> {
    let smtp = format!("localhost:{}/starttls", town.postfix.submission);
    let imap = format!("localhost:{}/tls", town.dovecot.imaps);
    let words = [
        "inbox",
        "add",
        "email",
        SUPPORT,
        "--user",
        "support",
        "--password-stdin",
    ];
    let mut all: Vec<String> = words.map(str::to_owned).to_vec();
    all.extend(["--smtp".to_owned(), smtp, "--imap".to_owned(), imap]);
    all
}

#[tokio::test]
async fn a_mailbox_is_connected_with_its_address_and_its_password() {
    let town = Town::build().await;
    assert_eq!(town.shell.init(&[]).code, 0);
    let all = arguments(&town);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let wrong = town.shell.with_input(&all, "guessed\n");
    assert_ne!(wrong.code, 0);
    for part in ["BAD  sending", "BAD  receiving", "does not take the user"] {
        assert!(wrong.out.contains(part), "{part}: {}", wrong.out);
    }
    assert!(wrong.err.contains("nothing was added"), "{}", wrong.err);

    let added = town.shell.with_input(&all, "s3cret\n");
    assert_eq!(added.code, 0, "{}{}", added.out, added.err);
    let id = added.after("added connection");
    let id = id.split(' ').next().unwrap();
    let tried = town.shell.ok(&["connections", "test", id]);
    assert!(
        tried.out.contains("shows INBOX to support"),
        "{}",
        tried.out
    );

    let doctor = ["doctor", "--only", "logins"];
    let seen = town.shell.ok(&doctor);
    assert!(seen.out.contains("1 tried, all are let in"), "{}", seen.out);

    let serving = town.serve();
    let desk = town.sign_in(&serving).await;
    let path = format!("/api/v1/connections/{id}/test");
    let shown = desk.post(&path, json!({})).await.data(200);
    assert_eq!(shown["works"], true, "{shown}");
    town.alice_writes(SUPPORT, "Parcel", &[]);
    let found = conversations(&desk, 1).await;
    assert_eq!(found[0]["source"], "email");

    // Somebody changes the password at the provider, and beside the server the doctor sees it.
    let changed = json!({ "connection": { "secrets": { "password": "yesterday" } } });
    let path = format!("/api/v1/connections/{id}");
    desk.put(&path, changed).await.data(200);
    let seen = town.shell.run(&doctor);
    assert_eq!(seen.code, 1, "{}", seen.out);
    for part in [
        "BAD   logins",
        "1 of 1: support@example.test (sending: ",
        "receiving: ",
    ] {
        assert!(seen.out.contains(part), "{part}: {}", seen.out);
    }
    serving.stop();
}

#[tokio::test]
async fn a_port_that_is_wrong_is_named() {
    let town = Town::build().await;
    assert_eq!(town.shell.init(&[]).code, 0);
    let mut all = arguments(&town);
    let last = all.len() - 1;
    all[last] = format!("localhost:{}/tls", town.postfix.submission);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let said = town.shell.with_input(&all, "s3cret\n");
    assert!(
        said.out.contains("does not speak TLS there"),
        "{}",
        said.out
    );
    assert!(said.out.contains("ok   sending"), "{}", said.out);
}
