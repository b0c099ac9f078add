//! A desk that comes back from a backup says nothing that it may have said already.

use crate::mail_out::{by_mail, mailbox, reaches};
use frontdesk_testkit::load::Place;
use frontdesk_testkit::{Desk, MailServer, Says, Shell, engines};
use serde_json::json;
use std::fs;

fn calling(shell: Shell) -> Shell {
    shell.knowing("FRONTDESK_OUTGOING_ALLOW", "127.0.0.0/8")
}

#[tokio::test]
async fn what_waited_to_go_out_is_not_sent_again_after_a_restore() {
    for engine in engines() {
        let post = MailServer::start().await;
        let mut place = Place::unserved(calling(Shell::new()), engine).await;
        place.start();
        place.sign_in().await;
        mailbox(&place.desk, &post, json!({})).await;
        let conversation = by_mail(&place.desk, "grace@example.test").await;
        for _ in 0..5 {
            post.says("DATA", Says::Line("451 later".to_owned()));
        }
        let waiting = place.desk.reply(&conversation, "On its way").await;
        reaches(&place.desk, &waiting, "queued").await;
        let (shell, flags) = place.beside();
        let into = shell.folder.path().join("restored");
        let file = shell.folder.path().join("desk.tar");
        let (file, target) = (file.to_str().unwrap(), into.to_str().unwrap());
        let more: Vec<&str> = flags.iter().map(String::as_str).collect();
        shell.ok(&[&["backup", file], &more[..]].concat());
        place.kill();
        assert_eq!(post.taken(), []);

        shell.ok(&["restore", file, "--into", target]);
        fs::copy(shell.data().join("secret.key"), into.join("secret.key")).unwrap();
        let restored = calling(Shell::with_data_in(&into));
        let serving = restored.serve(&[]);
        let desk = Desk {
            url: serving.url.clone(),
            ..place.desk.clone()
        };
        let parked = reaches(&desk, &waiting, "unknown").await;
        let why = parked["delivery_reason"].as_str().unwrap();
        assert!(why.contains("restored from a backup"), "{why}");
        // What is written next goes out, so that the first had its turn.
        post.forget();
        let next = desk.reply(&conversation, "Once more").await;
        reaches(&desk, &next, "sent").await;
        let taken = post.taken();
        assert_eq!(taken.len(), 1, "{taken:?}");
        let (code, log) = serving.stop();
        assert_eq!(code, Some(0), "{log}");
    }
}
