//! What does not come through whole: a mail that is too large, and lines that break while a mail goes out.

use super::*;
use frontdesk_testkit::Chaos;

// Handing such a mail over takes its time, and all are in this process.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mail_that_is_too_large_waits_with_its_reason_and_holds_up_no_other() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        let id = opened(&server, &desk, &google).await;
        let long = "All of it.\r\n".repeat(42 * 1024 * 1024 / 12);
        google.gets("m1", &["INBOX"], &letter("1", "Everything", &long));
        google.gets("m2", &["INBOX"], &letter("2", "Lamp", "It is dark."));
        assert_eq!(told(&desk, &id).await, 204);
        let found = conversations(&desk, 1).await.remove(0);
        assert_eq!(found["subject"], "Lamp");
        let waits = desk.get("/api/v1/quarantine").await.is(200)["data"].clone();
        assert_eq!(waits.as_array().unwrap().len(), 1, "{waits}");
        let waits = &waits[0];
        assert_eq!(
            (&waits["reason"], &waits["way"]),
            (&json!("too_large"), &json!("gmail"))
        );
        assert_eq!(waits["subject"], "Everything");
        assert_eq!(waits["sender"], "ada@example.com");
        let whole = letter("1", "Everything", &long).len();
        assert_eq!(waits["size"], json!(whole));
        is_so(&desk, &id, "working").await;
        google.is_content();
        server.stop().await;
    }
}

#[tokio::test]
async fn a_mail_whose_line_broke_is_uncertain_until_google_shows_it() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let line = Chaos::before(google.address());
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        google.gets("m1", &["INBOX"], &letter("1", "Lamp", "It is dark."));
        let by = format!("http://{}", line.address());
        opened_by(&server, &desk, &google, &by).await;
        let found = conversations(&desk, 1).await.remove(0);
        let conversation = found["id"].as_str().unwrap();
        // From here on there is a token, which could not be had over half a line.
        let first = desk.reply(conversation, "One.").await;
        reaches(&desk, &first, "sent").await;
        // Google hears all of it, and what it says is lost.
        line.half();
        let reply = desk.reply(conversation, "Two.").await;
        eventually(async || (google.sent().len() == 2).then_some(())).await;
        line.down();
        let shown = reaches(&desk, &reply, "unknown").await;
        let why = shown["delivery_reason"].as_str().unwrap();
        assert!(
            why.starts_with("Google did not say whether it has the mail"),
            "{why}"
        );
        line.resume();
        server.clock.advance_seconds(60);
        let shown = reaches(&desk, &reply, "sent").await;
        assert_eq!(shown["delivery_reason"], Value::Null);
        assert_eq!(google.sent().len(), 2);
        google.is_content();
        server.stop().await;
    }
}

#[tokio::test]
async fn a_mail_that_was_cut_in_the_middle_is_uncertain_and_never_sent_again() {
    for engine in engines() {
        let google = Google::start(OURS).await;
        let line = Chaos::before(google.address());
        let server = TestServer::start_calling(engine).await;
        let desk = server.company("Acme").await;
        google.gets("m1", &["INBOX"], &letter("1", "Lamp", "It is dark."));
        let by = format!("http://{}", line.address());
        let id = opened_by(&server, &desk, &google, &by).await;
        let found = conversations(&desk, 1).await.remove(0);
        let conversation = found["id"].as_str().unwrap();
        line.cut_after(1_000_000);
        let cut = with_file(&desk, conversation, vec![b'x'; 4_000_000]).await;
        reaches(&desk, &cut, "unknown").await;
        // It is looked for again and again, and others go meanwhile.
        let looked = google.count("gmail.users.messages.list");
        for round in 1..=2 {
            assert_eq!(told(&desk, &id).await, 204);
            let more = || google.count("gmail.users.messages.list") >= looked + round;
            eventually(async || more().then_some(())).await;
        }
        let next = desk.reply(conversation, "Two.").await;
        reaches(&desk, &next, "sent").await;
        reaches(&desk, &cut, "unknown").await;
        let sent = google.sent();
        assert_eq!(sent.len(), 1);
        assert!(sent[0].mail.contains("Two."), "{}", sent[0].mail);
        google.is_content();
        server.stop().await;
    }
}
