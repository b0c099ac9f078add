//! Many mails at once, a server that is killed in between, and numbers that count anew: every mail is
//! here once.

use crate::town::{ALICE, Lmtp, SUPPORT, Town, is};
use frontdesk_testkit::{Chance, Desk};
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

const MAILS: usize = 150;

fn mail(number: usize) -> String {
    format!(
        "Message-ID: <{number}@alice.test>\r\nFrom: Alice <{ALICE}>\r\nTo: {SUPPORT}\r\n\
        Subject: Number {number}\r\n\r\nThis is number {number}.\r\n"
    )
}

/// What was said in the mails that are here.
async fn bodies(desk: &Desk) -> Vec<String> {
    let events = desk.events().await;
    let told = events.iter().filter(|it| it["kind"] == "message.created");
    told.filter_map(|it| it["message"]["body"].as_str())
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn a_backlog_is_taken_in_once_however_often_the_server_is_killed() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = town.connect(&desk, "s3cret").await;
    is(&desk, &id, "working").await;
    drop(serving);
    let mut post = Lmtp::to(town.dovecot.lmtp);
    for number in 0..MAILS {
        post.deliver(ALICE, SUPPORT, &mail(number));
    }
    let mut chance = Chance::from_env("FRONTDESK_MAIL_SEED");
    for _ in 0..4 {
        let serving = town.serve();
        tokio::time::sleep(Duration::from_millis(chance.between(100, 700))).await;
        drop(serving);
    }
    let serving = town.serve();
    let desk = town.sign_in(&serving).await;
    let total = count(&desk, MAILS).await;
    assert_eq!(total, MAILS);

    // The server's numbers count anew: what was read is read again and known.
    drop(serving);
    town.dovecot.stop().await;
    renumber(&town.file("mail/support/Maildir"));
    town.dovecot.start_again().await;
    let serving = town.serve();
    let desk = town.sign_in(&serving).await;
    Lmtp::to(town.dovecot.lmtp).deliver(ALICE, SUPPORT, &mail(MAILS));
    assert_eq!(count(&desk, MAILS + 1).await, MAILS + 1);
    serving.stop();
}

/// Waits until there are so many, and says how many different ones there are.
async fn count(desk: &Desk, wanted: usize) -> usize {
    let all = frontdesk_testkit::eventually(async || {
        let all = bodies(desk).await;
        (all.len() >= wanted).then_some(all)
    })
    .await;
    let different: HashSet<&String> = all.iter().collect();
    assert_eq!(different.len(), all.len(), "some came twice");
    different.len()
}

/// Makes Dovecot forget the numbers of a mailbox.
fn renumber(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("dovecot") {
            std::fs::remove_file(path).unwrap();
        }
    }
}
