//! Every way to be kept from strangers, and a mailbox with a name of another script.

use crate::town::{SUPPORT, Town, conversations, is, reaches};
use serde_json::{Value, json};
use std::process::Command;

/// Connects support's mailbox with other servers.
async fn connect(town: &Town, desk: &frontdesk_testkit::Desk, change: Value) -> String {
    let mut settings = town.settings();
    for (name, server) in change.as_object().unwrap() {
        for (key, value) in server.as_object().unwrap() {
            settings[name][key] = value.clone();
        }
    }
    let connection = json!({ "connection": {
        "name": "Support", "kind": "email", "inbox_id": desk.inbox_id,
        "settings": settings, "secrets": { "password": "s3cret" } } });
    let made = desk.post("/api/v1/connections", connection).await.data(201);
    made["id"].as_str().unwrap().to_owned()
}

/// Somebody does something to a mailbox who is not the server.
fn doveadm(town: &Town, words: &[&str]) {
    let mut command = Command::new("doveadm");
    command.arg("-c").arg(town.file("dovecot.conf")).args(words);
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
}

#[tokio::test]
async fn tls_begins_at_once_for_smtp_and_when_both_say_so_for_imap() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let change = json!({
        "smtp": { "port": town.postfix.submissions, "security": "tls" },
        "imap": { "port": town.dovecot.imap, "security": "starttls" } });
    let id = connect(&town, &desk, change).await;
    is(&desk, &id, "working").await;
    town.alice_writes(SUPPORT, "Parcel", &[]);
    let found = conversations(&desk, 1).await;
    let reply = desk
        .reply(found[0]["id"].as_str().unwrap(), "On its way.")
        .await;
    reaches(&desk, &reply, "sent").await;
    assert!(town.mailbox("alice", 1).await[0].contains("Re: Parcel"));
    let path = format!("/api/v1/connections/{id}/test");
    let tested = desk.post(&path, json!({})).await.data(200);
    assert_eq!(tested["works"], true);
    serving.stop();
}

#[tokio::test]
async fn a_mailbox_may_have_a_name_of_another_script() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = connect(
        &town,
        &desk,
        json!({ "imap": { "folders": ["Größe & 日本"] } }),
    )
    .await;
    let missing = is(&desk, &id, "refused").await;
    let why = missing["reason"].as_str().unwrap();
    assert!(why.contains("support has no mailbox Größe & 日本"), "{why}");
    doveadm(
        &town,
        &["mailbox", "create", "-u", "support", "Größe & 日本"],
    );
    let switch = |on: bool| json!({ "connection": { "enabled": on } });
    let path = format!("/api/v1/connections/{id}");
    desk.put(&path, switch(false)).await.data(200);
    desk.put(&path, switch(true)).await.data(200);
    is(&desk, &id, "working").await;
    town.alice_writes(SUPPORT, "Parcel", &[]);
    // It comes to the inbox, and somebody moves it.
    town.mailbox("support", 1).await;
    let moved = [
        "move",
        "-u",
        "support",
        "Größe & 日本",
        "mailbox",
        "INBOX",
        "all",
    ];
    doveadm(&town, &moved);
    conversations(&desk, 1).await;
    serving.stop();
}

#[tokio::test]
async fn several_folders_are_read_and_a_mail_that_moves_between_them_is_one() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    doveadm(&town, &["mailbox", "create", "-u", "support", "Returns"]);
    let folders = json!({ "imap": { "folders": ["INBOX", "Returns"] } });
    let id = connect(&town, &desk, folders).await;
    is(&desk, &id, "working").await;
    let tested = desk
        .post(&format!("/api/v1/connections/{id}/test"), json!({}))
        .await;
    let shown = tested.data(200).to_string();
    for folder in ["shows INBOX", "shows Returns"] {
        assert!(shown.contains(folder), "{shown}");
    }
    town.alice_writes(SUPPORT, "Parcel", &[]);
    conversations(&desk, 1).await;
    let moved = [
        "move", "-u", "support", "Returns", "mailbox", "INBOX", "all",
    ];
    doveadm(&town, &moved);
    let new = "From: Alice <alice@example.test>\r\nTo: support@example.test\r\n\
               Message-ID: <returned@alice.test>\r\nSubject: Returned\r\n\r\nHere it is.\r\n";
    let file = town.file("new.eml");
    std::fs::write(&file, new).unwrap();
    let script = format!(
        "doveadm -c {} save -u support -m Returns < {}",
        town.file("dovecot.conf").display(),
        file.display()
    );
    let saved = Command::new("sh").args(["-c", &script]).status().unwrap();
    assert!(saved.success());
    // The moved one lies before it in the same folder, so it has been looked at.
    let found = conversations(&desk, 2).await;
    let subjects: Vec<&str> = found
        .iter()
        .filter_map(|it| it["subject"].as_str())
        .collect();
    assert!(
        subjects.contains(&"Returned") && subjects.contains(&"Parcel"),
        "{subjects:?}"
    );
    serving.stop();
}
