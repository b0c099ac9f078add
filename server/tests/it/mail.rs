//! Mail as it comes in, from a program on the machine to the conversation it belongs to.

mod amazon;
mod answered;
mod bounces;
mod copies;
mod drafts;
mod forged;
mod hooks;
mod pipe;
pub(crate) mod post;
mod quarantine;
mod repeats;
mod ses;
mod unread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use frontdesk_testkit::{TestServer, engines};
use post::{Post, letter};
use serde_json::json;

#[tokio::test]
async fn a_mail_becomes_a_conversation_and_its_answer_joins_it() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let first = letter(
            "1@example.com",
            "Broken lamp",
            "It does not shine.\n-- \nAda",
        );
        for _ in 0..2 {
            post.brings(&first).await;
        }
        let found = post.conversations(1).await;
        assert_eq!(found[0]["subject"], "Broken lamp");
        assert_eq!(found[0]["source"], "email");
        assert_eq!(found[0]["inbox_id"], post.desk.inbox_id.as_str());
        assert_eq!(found[0]["customer"]["email"], "ada@example.com");
        assert_eq!(found[0]["customer"]["name"], "Ada");
        let messages = post.messages(&found[0], 1).await;
        assert_eq!(messages[0]["body"], "It does not shine.");
        assert_eq!(messages[0]["metadata"]["email"]["cc"][0], "cc@example.com");
        let mail = post.as_mail(&messages[0]).await;
        assert_eq!(mail["mail_id"], "1@example.com");
        assert_eq!(mail["rest"], "-- \nAda\n");
        assert_eq!(mail["automatic"], false);

        let answer = letter(
            "2@example.com",
            "Other words",
            "Hello?\n\n> It does not shine.",
        )
        .replacen("Subject", "In-Reply-To: <1@example.com>\r\nSubject", 1);
        post.brings(&answer).await;
        let messages = post.messages(&found[0], 2).await;
        assert_eq!(messages[1]["body"], "Hello?");

        let by_subject = letter("3@example.com", "AW: broken  lamp", "Well?");
        post.brings(&by_subject).await;
        post.messages(&found[0], 3).await;
        post.brings(&letter("4@example.com", "Broken lamp", "Another one."))
            .await;
        post.conversations(2).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn a_subject_is_known_again_for_two_weeks() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let mut post = Post::open(&server).await;
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        let found = post.conversations(1).await;
        let day = 24 * 60 * 60;
        server.clock.advance_seconds(14 * day - 60);
        post.desk.sign_in().await;
        let answer = |id: &str| letter(id, "Re: Broken lamp", id);
        post.brings(&answer("2@example.com")).await;
        post.messages(&found[0], 2).await;
        // What counts is when somebody wrote last.
        server.clock.advance_seconds(14 * day + 60);
        post.desk.sign_in().await;
        post.brings(&answer("3@example.com")).await;
        post.conversations(2).await;
        post.messages(&found[0], 2).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn a_subject_of_somebody_else_is_another_conversation() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        let theirs = letter("2@example.com", "Re: Broken lamp", "Mine too")
            .replace("Ada <ada@", "Bob <bob@");
        post.brings(&theirs).await;
        post.conversations(2).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn the_same_message_id_with_another_text_is_another_mail() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        post.brings(&letter("1@example.com", "One", "One.")).await;
        post.brings(&letter("1@example.com", "Two", "Two.")).await;
        post.conversations(2).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn whoever_answers_by_the_token_joins_and_is_named() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        let found = post.conversations(1).await;
        let address = post.reply_address(&found[0]);
        let from_home = letter("2@home.example", "Lamp", "From my other address")
            .replace("ada@example.com", "ada@home.example")
            .replace("support@example.com", &address.to_uppercase());
        post.brings(&from_home).await;
        let messages = post.messages(&found[0], 3).await;
        assert_eq!(messages[1]["metadata"]["email"]["from"], "ada@home.example");
        let line = messages[2]["body"].as_str().unwrap();
        assert!(line.contains("ada@home.example"), "{line}");

        let forged = from_home
            .replace("2@home", "3@home")
            .replace(&address.to_uppercase(), &address.replacen('+', "+a", 1));
        post.brings(&forged).await;
        post.conversations(2).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_closed_opens_again_for_a_while() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        let found = post.conversations(1).await;
        post.close(&found[0]).await;
        let answer = |id: &str| {
            letter(id, "Re: Broken lamp", id).replacen(
                "Subject",
                "References: <1@example.com>\r\nSubject",
                1,
            )
        };
        let away = answer("2@example.com").replacen(
            "Subject",
            "Auto-Submitted: auto-replied\r\nSubject",
            1,
        );
        post.brings(&away).await;
        post.messages(&found[0], 2).await;
        assert_eq!(post.status(&found[0]).await, "closed");
        post.brings(&answer("3@example.com")).await;
        post.messages(&found[0], 3).await;
        assert_eq!(post.status(&found[0]).await, "open");

        post.set(json!({ "address": "support@example.com", "reopen_days": 0 }))
            .await;
        post.close(&found[0]).await;
        server.clock.advance_seconds(1);
        post.brings(&answer("4@example.com")).await;
        let both = post.conversations(2).await;
        let newer = both.iter().find(|it| it["id"] != found[0]["id"]).unwrap();
        let messages = post.messages(newer, 2).await;
        let line = messages[1]["body"].as_str().unwrap();
        assert!(
            line.starts_with("This goes on from conversation #"),
            "{line}"
        );
        assert_eq!(post.status(&found[0]).await, "closed");
        server.stop().await;
    }
}

#[tokio::test]
async fn files_come_with_their_message() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let mail = "Message-ID: <1@example.com>\r\nFrom: ada@example.com\r\nTo: support@example.com\r\n\
            Subject: Photo\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
            --b\r\n\r\nSee the photo.\r\n--b\r\nContent-Type: text/plain; name=notes.txt\r\n\
            Content-Disposition: attachment; filename=notes.txt\r\n\r\nsome notes\r\n--b--\r\n";
        post.brings(mail).await;
        let found = post.conversations(1).await;
        let messages = post.messages(&found[0], 1).await;
        let files = messages[0]["attachments"].as_array().unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0]["filename"], "notes.txt");
        server.stop().await;
    }
}

#[tokio::test]
async fn what_the_pipe_did_not_write_holds_up_no_mail() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let folder = server.data().join("mail");
        std::fs::write(folder.join("waiting/cut-short"), "").unwrap();
        std::fs::write(folder.join("waiting/other"), "no line of ours\n").unwrap();
        post.brings(&letter("1@example.com", "Broken lamp", "Hello"))
            .await;
        post.conversations(1).await;
        assert!(folder.join("unclaimed/cut-short").exists());
        assert!(folder.join("unclaimed/other").exists());
        server.stop().await;
    }
}

/// What is kept of a customer's mail besides their messages goes and comes with the customer.
#[tokio::test]
async fn mails_are_exported_and_erased_with_their_customer() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let quoted = "It is dark.\n-- \nAda, Canary Street";
        post.brings(&letter("1@example.com", "Lamp", quoted)).await;
        let found = post.conversations(1).await;
        let customer = found[0]["customer"]["id"].as_str().unwrap();
        // The second one waits: for this while her address is taken for one of ours.
        let ours = json!({ "address": "support@example.com", "aliases": ["ada@example.com"] });
        post.set(ours).await;
        post.brings(&letter("2@example.com", "Canary again", "Hello"))
            .await;
        post.waiting(1).await;
        let path = format!("/api/v1/customers/{customer}/export");
        let exported = post.lines_of(&path).await;
        let of = |kind: &str| exported.iter().find(|line| line["type"] == kind).unwrap();
        assert_eq!(of("mail")["value"]["mail_id"], "1@example.com");
        assert_eq!(of("mail")["value"]["rest"], "-- \nAda, Canary Street\n");
        assert_eq!(of("waiting_mail")["value"]["sender"], "ada@example.com");
        let raw = STANDARD.decode(of("waiting_mail")["raw"].as_str().unwrap());
        assert!(
            String::from_utf8(raw.unwrap())
                .unwrap()
                .contains("Canary again")
        );
        let whole = post.lines_of("/api/v1/export").await;
        assert!(whole.iter().any(|line| line["type"] == "waiting_mail"));

        let erase = format!("/api/v1/customers/{customer}/erase");
        let report = post.desk.post(&erase, json!({ "how": "anonymise" })).await;
        assert_eq!(report.data(200)["erased"]["mails"], 2);
        post.waiting(0).await;
        let left = post.lines_of("/api/v1/export").await;
        let left = serde_json::to_string(&left).unwrap();
        for word in ["Canary", "Lamp", "dark", "ada@example.com"] {
            assert!(!left.contains(word), "{word}: {left}");
        }
        server.stop().await;
    }
}
