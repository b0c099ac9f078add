//! Uploads go to a real service, come back from it, and go.

use crate::service::{KEY, Key, Service};
use frontdesk_testkit::{Desk, TestServer, engines};
use reqwest::header::{CONTENT_RANGE, RANGE};
use reqwest::multipart::{Form, Part};
use serde_json::Value;

const DAY: i64 = 24 * 3600;

async fn upload(desk: &Desk, bytes: Vec<u8>) -> (u16, Value) {
    let form = Form::new()
        .text("account_id", desk.account_id.clone())
        .part("file", Part::bytes(bytes).file_name("a.bin"));
    let request = desk.http.post(format!("{}/api/upload", desk.url));
    let answer = request.multipart(form).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

#[tokio::test]
async fn a_file_goes_to_the_bucket_and_comes_back() {
    for engine in engines() {
        let service = Service::start().await;
        let mut data = std::path::PathBuf::new();
        let server = TestServer::start_with(engine, |config| {
            service.keeps(config, KEY);
            data.clone_from(&config.data);
        })
        .await;
        let desk = server.company("Acme").await;
        let bytes: Vec<u8> = (0..3 * 1024 * 1024_u32)
            .map(|n| n.to_le_bytes()[0])
            .collect();
        let (status, said) = upload(&desk, bytes.clone()).await;
        assert_eq!(status, 201, "{said}");
        let url = said["data"]["file_url"].as_str().unwrap();
        let whole = desk.http.get(url).send().await.unwrap();
        assert_eq!(whole.status(), 200);
        assert_eq!(whole.bytes().await.unwrap(), bytes);
        let part = desk.http.get(url).header(RANGE, "bytes=1000-1999");
        let part = part.send().await.unwrap();
        assert_eq!(part.status(), 206);
        assert_eq!(part.headers()[CONTENT_RANGE], "bytes 1000-1999/3145728");
        assert_eq!(part.bytes().await.unwrap(), bytes[1000..2000]);
        // Nothing of it is left on the disk.
        let aside = std::fs::read_dir(data.join("files/incoming")).unwrap();
        assert_eq!(aside.count(), 0);
        // The service has it under its account and id.
        let id = said["data"]["id"].as_str().unwrap();
        let object = service.object(&desk.account_id, id);
        let there = desk.http.get(&object).send().await.unwrap();
        assert_eq!(there.bytes().await.unwrap(), bytes);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_nobody_needs_goes_from_the_bucket() {
    for engine in engines() {
        let service = Service::start().await;
        let server = TestServer::start_with(engine, |config| service.keeps(config, KEY)).await;
        let desk = server.company("Acme").await;
        let (_, said) = upload(&desk, b"unsent".to_vec()).await;
        let url = said["data"]["file_url"].as_str().unwrap();
        server.running().sweep_files().await.unwrap();
        assert_eq!(desk.http.get(url).send().await.unwrap().status(), 200);
        server.clock.advance_seconds(8 * DAY);
        server.running().sweep_files().await.unwrap();
        let id = said["data"]["id"].as_str().unwrap();
        let object = service.object(&desk.account_id, id);
        let gone = desk.http.get(&object).send().await.unwrap();
        assert_eq!(gone.status(), 404);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_bucket_that_refuses_is_told_and_leaves_nothing() {
    let stranger = Key {
        name: "canary",
        ..KEY
    };
    let forger = Key {
        secret: "canary",
        ..KEY
    };
    for (engine, key) in engines()
        .into_iter()
        .flat_map(|it| [(it, stranger), (it, forger)])
    {
        let service = Service::start().await;
        let server = TestServer::start_with(engine, |config| service.keeps(config, key)).await;
        let desk = server.company("Acme").await;
        let (status, said) = upload(&desk, b"anything".to_vec()).await;
        assert_eq!(status, 503, "{said}");
        assert!(!said.to_string().contains("canary"), "{said}");
        let events = desk.events().await;
        assert!(events.iter().all(|event| event["entity"] != "file"));
        server.stop().await;
    }
}
