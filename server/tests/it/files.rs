//! Files: who may fetch one and for how long, parts of them, how much there may be, and what goes
//! when nobody needs it.

use crate::office::colleague;
use frontdesk_domain::{Role, Visibility};
use frontdesk_server::config::{ByteSize, Config};
use frontdesk_testkit::{Desk, TestServer, engines};
use reqwest::header::{CONTENT_RANGE, IF_RANGE, RANGE};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// An upload of nobody's; the status and what was answered.
async fn upload(desk: &Desk, bytes: &[u8]) -> (u16, Value) {
    let form = Form::new()
        .text("account_id", desk.account_id.clone())
        .part("file", Part::bytes(bytes.to_vec()).file_name("a.txt"));
    let request = desk.http.post(format!("{}/api/upload", desk.url));
    let answer = request.multipart(form).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

/// An upload of somebody who signed in, under a name of theirs.
async fn upload_as(desk: &Desk, id: Uuid, bytes: &[u8]) -> (u16, Value) {
    let form = Form::new()
        .text("id", id.to_string())
        .part("file", Part::bytes(bytes.to_vec()).file_name("a.txt"));
    let request = desk.http.post(format!("{}/api/v1/upload", desk.url));
    let request = request.header("authorization", &desk.token);
    let answer = request.multipart(form).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

/// An upload that was kept: its id and its address.
async fn kept(desk: &Desk, bytes: &[u8]) -> (String, String) {
    let (status, said) = upload(desk, bytes).await;
    assert_eq!(status, 201, "{said}");
    let text = |field: &str| said["data"][field].as_str().unwrap().to_owned();
    (text("id"), text("file_url"))
}

/// The status with which an address is answered, and the bytes.
async fn fetch(desk: &Desk, url: &str, token: Option<&str>) -> (u16, Vec<u8>) {
    let mut request = desk.http.get(url);
    if let Some(token) = token {
        request = request.header("authorization", token);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.bytes().await.unwrap().to_vec())
}

fn bare(url: &str) -> String {
    url.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_link_holds_for_a_while_and_a_reader_needs_none() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let mut desk = server.company("Acme").await;
        let (id, url) = kept(&desk, b"hello").await;
        assert_eq!(fetch(&desk, &url, None).await, (200, b"hello".to_vec()));
        assert_eq!(fetch(&desk, &bare(&url), None).await.0, 404);
        let forged = url.replacen("signature=", "signature=A", 1);
        assert_eq!(fetch(&desk, &forged, None).await.0, 404);
        server.clock.advance_seconds(2 * 24 * 3600);
        assert_eq!(fetch(&desk, &url, None).await.0, 403);
        desk.sign_in().await;
        assert_eq!(fetch(&desk, &url, Some(&desk.token)).await.0, 200);
        let path = format!("/api/v1/files/{id}");
        let again = desk.get(&path).await.data(200);
        let again = again["file_url"].as_str().unwrap();
        assert_eq!(fetch(&desk, again, None).await.0, 200);

        let other = server.company("Other").await;
        assert_eq!(fetch(&other, &url, Some(&other.token)).await.0, 403);
        other.get(&path).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_file_is_seen_by_who_sees_where_it_was_sent() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let tom = colleague(&server, &desk, Role::Member, Visibility::OwnAndUnassigned).await;
        let (_, conversation) = desk.visitor("Ada", "hello").await;
        let (id, url) = kept(&desk, b"secret").await;
        let path = format!("/api/v1/files/{id}");
        tom.get(&path).await.is(200);
        let message = json!({ "message": {
            "conversation_id": conversation, "body": "here", "file_ids": [id],
        } });
        desk.post("/api/messages", message).await.is(201);
        let mine = json!({ "conversation": { "assignee_id": desk.user_id } });
        desk.put(&format!("/api/conversations/{conversation}"), mine)
            .await
            .is(200);
        tom.get(&path).await.is(404);
        assert_eq!(fetch(&tom, &bare(&url), Some(&tom.token)).await.0, 404);
        desk.get(&path).await.is(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn parts_are_served() {
    let server = TestServer::start(engines()[0]).await;
    let desk = server.company("Acme").await;
    let (id, url) = kept(&desk, b"0123456789").await;
    let tag = format!("\"{id}\"");
    for (range, since, status, said, body) in [
        ("bytes=2-4", None, 206, Some("bytes 2-4/10"), "234"),
        ("bytes=8-", None, 206, Some("bytes 8-9/10"), "89"),
        ("bytes=-3", None, 206, Some("bytes 7-9/10"), "789"),
        (
            "bytes=5-99",
            Some(&*tag),
            206,
            Some("bytes 5-9/10"),
            "56789",
        ),
        ("bytes=5-9", Some("\"other\""), 200, None, "0123456789"),
        ("bytes=0-1,4-5", None, 200, None, "0123456789"),
        ("lines=1-2", None, 200, None, "0123456789"),
    ] {
        let mut request = desk.http.get(&url).header(RANGE, range);
        if let Some(tag) = since {
            request = request.header(IF_RANGE, tag);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{range}");
        let told = answer.headers().get(CONTENT_RANGE);
        assert_eq!(told.map(|it| it.to_str().unwrap()), said, "{range}");
        assert_eq!(answer.content_length(), Some(body.len() as u64), "{range}");
        assert_eq!(answer.text().await.unwrap(), body, "{range}");
    }
    let beyond = desk.http.get(&url).header(RANGE, "bytes=10-");
    let beyond = beyond.send().await.unwrap();
    assert_eq!(beyond.status(), 416);
    assert_eq!(beyond.headers()[CONTENT_RANGE], "bytes */10");
    server.stop().await;
}

#[tokio::test]
async fn an_account_has_so_much_room() {
    for engine in engines() {
        let little = |config: &mut Config| config.files.quota = ByteSize::mebibytes(1);
        let server = TestServer::start_with(engine, little).await;
        let (desk, other) = (server.company("Acme").await, server.company("Other").await);
        let half = vec![b'x'; 600 * 1024];
        kept(&desk, &half).await;
        let (status, said) = upload(&desk, &half).await;
        assert_eq!(status, 507, "{said}");
        let words = said["error"]["message"].as_str().unwrap();
        assert!(words.contains("take all the room"), "{words}");
        kept(&other, &half).await;
        // What was never sent makes room again.
        server.clock.advance_seconds(8 * 24 * 3600);
        server.running().sweep_files().await.unwrap();
        kept(&desk, &half).await;
        server.stop().await;
    }
}

/// The files below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[tokio::test]
async fn only_what_nobody_needs_goes() {
    for engine in engines() {
        let mut data = PathBuf::new();
        let server = TestServer::start_with(engine, |config| data.clone_from(&config.data)).await;
        let desk = server.company("Acme").await;
        let (_, conversation) = desk.visitor("Ada", "hello").await;
        let (sent, _) = kept(&desk, b"sent").await;
        let (left, _) = kept(&desk, b"left").await;
        let message = json!({ "message": {
            "conversation_id": conversation, "body": "here", "file_ids": [sent],
        } });
        desk.post("/api/messages", message).await.is(201);
        let stored = || {
            let mut names: Vec<String> = below(&data.join("files"))
                .iter()
                .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        };
        let sorted = |names: &[&str]| {
            let mut names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            names.sort();
            names
        };
        // A server that was killed left half an upload; another one is being written.
        let incoming = data.join("files/incoming");
        for (name, age) in [("half", DAY * 2), ("begun", DAY / 2)] {
            let file = std::fs::File::create(incoming.join(name)).unwrap();
            let now: SystemTime = file.metadata().unwrap().modified().unwrap();
            file.set_modified(now - age).unwrap();
        }
        server.running().sweep_files().await.unwrap();
        assert_eq!(stored(), sorted(&[&sent, &left, "begun"]));
        server.clock.advance_seconds(8 * 24 * 3600);
        server.running().sweep_files().await.unwrap();
        assert_eq!(stored(), sorted(&[&sent, "begun"]));
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_sent_again_under_its_name_is_kept_once() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let id = Uuid::new_v4();
        for _ in 0..2 {
            let (status, said) = upload_as(&desk, id, b"hello").await;
            assert_eq!(status, 201, "{said}");
            assert_eq!(said["data"]["id"], id.to_string());
        }
        let (status, said) = upload_as(&desk, id, b"something else").await;
        assert_eq!(status, 409, "{said}");
        let path = format!("/api/v1/files/{id}");
        let url = desk.get(&path).await.data(200)["file_url"].clone();
        let found = fetch(&desk, url.as_str().unwrap(), None).await;
        assert_eq!(found, (200, b"hello".to_vec()));

        // In another company the name is free, and nothing of this one is told.
        let other = server.company("Other").await;
        other.get(&path).await.is(404);
        server.stop().await;
    }
}

#[tokio::test]
async fn nobody_sends_a_file_that_is_not_there_or_not_for_them() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let other = server.company("Other").await;
        let (theirs, _) = kept(&other, b"theirs").await;
        let (_, conversation) = desk.visitor("Ada", "hello").await;
        for id in [theirs, Uuid::new_v4().to_string()] {
            let message = json!({ "message": {
                "conversation_id": conversation, "body": "here", "file_ids": [id],
            } });
            let said = desk.post("/api/messages", message).await.is(422);
            assert_eq!(said["error"]["errors"]["file_ids"][0], "does not exist");
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn a_draft_is_approved_with_files() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (_, conversation) = desk.visitor("Ada", "hello").await;
        let (file, _) = kept(&desk, b"the invoice").await;

        let draft = json!({ "draft": {
            "conversation_id": conversation, "body": "Here it is.", "origin": "test",
        } });
        let draft = desk.post("/api/v1/drafts", draft).await.data(201);
        let path = format!("/api/v1/drafts/{}/approve", draft["id"].as_str().unwrap());
        let body = json!({ "version": draft["version"], "file_ids": [file] });
        let approved = desk.post(&path, body).await.data(200);
        assert_eq!(approved["message"]["attachments"][0]["id"], file);
        server.stop().await;
    }
}
