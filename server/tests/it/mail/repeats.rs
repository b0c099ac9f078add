//! Mail that comes again, in any order. `FRONTDESK_REPEATED_MAILS=10000` brings more of it, and
//! `FRONTDESK_REPEAT_SEED` brings the same again.

use super::post::{Post, letter};
use frontdesk_testkit::{Chance, TestServer, engines, setting};
use std::collections::BTreeSet;

/// How many mails come unless more are asked for.
const MAILS: u64 = 60;

/// Mails of one thread.
const THREAD: u64 = 5;

/// One that answers those before it in its thread, so that it belongs there whichever came first.
fn mail(number: u64) -> String {
    let (thread, place) = (number / THREAD, number % THREAD);
    let id = |place: u64| format!("{thread}.{place}@example.com");
    let subject = if place == 0 { "" } else { "Re: " };
    let text = format!("Thread {thread}, mail {place}");
    let mail = letter(&id(place), &format!("{subject}Lamp {thread}"), &text)
        .replace("ada@", &format!("ada{thread}@"))
        .replace("10:00:00", &format!("10:0{place}:00"));
    let known: Vec<String> = (0..place).map(|place| format!("<{}>", id(place))).collect();
    match known.as_slice() {
        [] => mail,
        known => {
            let line = format!("References: {}\r\nSubject", known.join(" "));
            mail.replacen("Subject", &line, 1)
        }
    }
}

#[tokio::test]
async fn each_mail_is_there_once_however_often_and_in_whatever_order_it_comes() {
    let count = setting("FRONTDESK_REPEATED_MAILS").unwrap_or(MAILS);
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let mut chance = Chance::from_env("FRONTDESK_REPEAT_SEED");
        let mut coming: Vec<u64> = (0..count)
            .flat_map(|number| vec![number; 1 + chance.below(4)])
            .collect();
        for last in (1..coming.len()).rev() {
            coming.swap(last, chance.below(last + 1));
        }
        let coming: Vec<String> = coming.into_iter().map(mail).collect();
        post.brings_all(&coming).await;
        let bodies = post.all_bodies().await;
        let different: BTreeSet<&String> = bodies.iter().collect();
        assert_eq!(bodies.len(), different.len(), "nothing is there twice");
        let wanted: BTreeSet<String> = (0..count)
            .map(|number| format!("Thread {}, mail {}", number / THREAD, number % THREAD))
            .collect();
        assert_eq!(different, wanted.iter().collect(), "nothing is missing");
        println!("{engine:?}: {count} mails came {} times", coming.len());
        server.stop().await;
    }
}
