//! Exports: all of a customer or an account, of nobody else, and no secret.

use frontdesk_testkit::{Desk, Shell, TestServer, engines};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;

/// The entries of an archive.
pub(crate) fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = tar::Archive::new(bytes);
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (name, content)
    });
    entries.collect()
}

pub(crate) fn lines(archive: &BTreeMap<String, Vec<u8>>) -> Vec<Value> {
    let text = String::from_utf8(archive["export.jsonl"].clone()).unwrap();
    let read = |line: &str| serde_json::from_str(line).unwrap();
    text.lines().map(read).collect()
}

fn of_kind<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["type"] == kind).collect()
}

async fn fetch(desk: &Desk, path: &str) -> BTreeMap<String, Vec<u8>> {
    let request = desk.http.get(format!("{}{path}", desk.url));
    let request = request.header("authorization", &desk.token);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/x-tar");
    unpacked(&answer.bytes().await.unwrap())
}

/// A customer with a note among their messages and a file; gives the ids of customer and file.
async fn talk(desk: &Desk, name: &str, bytes: &[u8]) -> (String, String) {
    let (customer, conversation) = desk.visitor(name, "hello").await;
    let form = Form::new()
        .text("account_id", desk.account_id.clone())
        .part("file", Part::bytes(bytes.to_vec()).file_name("a b.txt"));
    let sent = desk.http.post(format!("{}/api/upload", desk.url));
    let sent = sent.multipart(form).send().await.unwrap();
    let file: Value = sent.json().await.unwrap();
    let file = file["data"]["id"].as_str().unwrap().to_owned();
    let message = json!({ "message": {
        "conversation_id": conversation, "body": format!("between us, {name}"), "private": true,
        "file_ids": [file],
    } });
    desk.post("/api/messages", message).await.is(201);
    (customer, file)
}

#[tokio::test]
async fn a_customer_comes_with_everything_and_nobody_else() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (ada, file) = talk(&desk, "Ada", b"of ada").await;
        let (_, other) = talk(&desk, "Bob", b"of bob").await;
        let path = format!("/api/v1/customers/{ada}/export");
        let archive = fetch(&desk, &path).await;
        assert_eq!(archive[&format!("files/{file}")], b"of ada");
        assert!(!archive.contains_key(&format!("files/{other}")));
        let lines = lines(&archive);
        assert_eq!(
            (&lines[0]["type"], &lines[0]["format"]),
            (&json!("start"), &json!(1))
        );
        let end = lines.last().unwrap();
        let counts = ["customers", "messages", "files"].map(|it| end[it].as_u64().unwrap());
        assert_eq!(counts, [1, 2, 1]);
        let customer = of_kind(&lines, "customer");
        assert_eq!(customer[0]["value"]["name"], "Ada");
        let messages = of_kind(&lines, "message");
        assert_eq!(messages[1]["value"]["body"], "between us, Ada");
        let attachment = &messages[1]["value"]["attachments"][0];
        assert_eq!(attachment["file_url"], format!("files/{file}"));
        assert_eq!(of_kind(&lines, "file")[0]["filename"], "a-b.txt");
        assert_eq!(of_kind(&lines, "user"), Vec::<&Value>::new());

        let audit = desk.get("/api/v1/audit").await.is(200);
        let newest = &audit["data"][0];
        assert_eq!(newest["action"], "customer.exported");
        assert_eq!(newest["subject"], format!("customer:{ada}"));
        let stranger = server.company("Other").await;
        stranger.get(&path).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn an_account_comes_with_all_of_its_own_and_no_secret() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (desk, other) = (server.company("Acme").await, server.company("Other").await);
        let (_, file) = talk(&desk, "Ada", b"of ada").await;
        talk(&desk, "Bob", b"of bob").await;
        talk(&other, "Eve", b"of eve").await;
        let secret = desk
            .post(
                &format!("/api/v1/inboxes/{}/identity_secret", desk.inbox_id),
                json!({}),
            )
            .await;
        let known = json!({ "knowledge": { "title": "Storms", "body": "Up to eighty km/h." } });
        desk.post("/api/v1/knowledge", known).await.data(201);
        let archive = fetch(&desk, "/api/v1/export").await;
        assert_eq!(archive.len(), 3);
        assert_eq!(archive[&format!("files/{file}")], b"of ada");
        let lines = lines(&archive);
        assert_eq!(lines.last().unwrap()["customers"], 2);
        assert_eq!(
            of_kind(&lines, "account")[0]["value"]["company_name"],
            "Acme"
        );
        assert_eq!(of_kind(&lines, "inbox").len(), 1);
        assert_eq!(of_kind(&lines, "knowledge")[0]["value"]["title"], "Storms");
        let text = String::from_utf8_lossy(&archive["export.jsonl"]).into_owned();
        let secret = secret.body["data"]["identity_secret"].as_str().unwrap();
        for hidden in [secret, "argon2", "Eve", "signature=", &desk.token] {
            assert!(!text.contains(hidden), "{hidden}");
        }
        server.stop().await;
    }
}

#[test]
fn the_command_writes_the_same_and_nothing_over_anything() {
    let shell = Shell::with_account();
    let into = shell.folder.path().join("acme.tar");
    let name = into.to_str().unwrap();
    let said = shell.ok(&["export", name]);
    assert!(said.out.contains("exported"), "{}", said.out);
    let archive = unpacked(&std::fs::read(&into).unwrap());
    let lines = lines(&archive);
    assert_eq!(lines.last().unwrap()["type"], "end");
    assert_eq!(of_kind(&lines, "user").len(), 1);
    let again = shell.run(&["export", name]);
    assert_eq!(again.code, 1, "{}", again.err);
    let nobody = "0d4a2f6e-5f0c-4c37-9d0e-2f5f7c1f2b11";
    let other = shell.folder.path().join("other.tar");
    let unknown = shell.run(&["export", other.to_str().unwrap(), "--customer", nobody]);
    assert_eq!(unknown.code, 1, "{}", unknown.err);
    assert!(!other.exists());
}
