//! What servers say, and a server that tells of nothing.

use super::*;
use crate::config::{Networks, Outgoing as Ways};
use frontdesk_connectors::email::{Secrets, Settings};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

#[test]
fn a_wrong_password_lasts_and_a_busy_server_passes() {
    let no = |said: &str| not_let_in(&Error::No(said.to_owned()));
    let wrong = no("code: None, info: Some(\"[AUTHENTICATIONFAILED] Authentication failed.\")");
    let why = "the mail server does not take the user and the password: \
        [AUTHENTICATIONFAILED] Authentication failed.";
    assert_eq!(wrong, Trouble::Lasting(why.to_owned()));
    let busy = no("code: None, info: Some(\"[UNAVAILABLE] try later\")");
    assert!(matches!(busy, Trouble::Passing(_)), "{busy:?}");
}

/// What a server answers to a command before it says that it is done.
fn told(command: &str, mail_is_there: bool) -> &'static str {
    match command {
        "CAPABILITY" => "* CAPABILITY IMAP4rev1 IDLE\r\n",
        "EXAMINE" => "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 1] ok\r\n",
        "UID SEARCH" if mail_is_there => "* SEARCH 1\r\n",
        "UID SEARCH" => "* SEARCH\r\n",
        "UID FETCH" => "* 1 FETCH (UID 1 BODY[] {13}\r\nSubject: Hi\r\n)\r\n",
        _ => "",
    }
}

/// A server that says it can tell of new mail, and never does. A mail comes while it is listened to.
async fn silent_server() -> (u16, impl Future<Output = ()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mail_is_there = Arc::new(AtomicBool::new(false));
    let serving = async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"* OK ready\r\n").await.unwrap();
        let mut line = String::new();
        while stream.read_line(&mut line).await.unwrap() > 0 {
            let mut words = line.split_whitespace();
            let tag = words.next().unwrap().to_owned();
            let command = match words.next() {
                Some("UID") => format!("UID {}", words.next().unwrap()),
                word => word.unwrap_or_default().to_owned(),
            };
            line.clear();
            if command == "IDLE" {
                stream.write_all(b"+ idling\r\n").await.unwrap();
                mail_is_there.store(true, Ordering::Relaxed);
                stream.read_line(&mut line).await.unwrap();
                assert_eq!(line.trim_end(), "DONE");
                line.clear();
            }
            let said = told(&command, mail_is_there.load(Ordering::Relaxed));
            let answer = format!("{said}{tag} OK done\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    };
    (port, serving)
}

fn mailbox(port: u16) -> (Account, Mailboxes) {
    let settings: Settings = serde_json::from_value(json!({ "address": "support@acme.test",
        "imap": { "host": "127.0.0.1", "port": port, "security": "none", "user": "support" } }))
    .unwrap();
    let server = settings.imap.clone().unwrap();
    let secrets = Secrets::default();
    (Account { settings, secrets }, server)
}

#[tokio::test]
async fn mail_is_asked_for_where_a_server_never_tells_of_it() {
    let (port, serving) = silent_server().await;
    let (account, server) = mailbox(port);
    let ways = Ways {
        allow: Networks::of(&["127.0.0.1"]).unwrap(),
        ..Ways::default()
    };
    let client = Outgoing::new(&ways).unwrap();
    let reading = async {
        let mut opened = open(&client, &account, &server, "INBOX").await.unwrap();
        assert!(opened.idles);
        assert_eq!(opened.search("UID 1:*").await.unwrap(), [0; 0]);
        // As long as it waits in vain, it is never told: only its patience ends that.
        let forever = Duration::MAX;
        let mut opened = opened
            .wait(Duration::from_millis(1), forever)
            .await
            .unwrap();
        assert_eq!(opened.search("UID 1:*").await.unwrap(), [1]);
        let mails = opened.bytes(&[1], Part::Whole).await.unwrap();
        assert_eq!(mails, [(1, b"Subject: Hi\r\n".to_vec())]);
    };
    tokio::select! {
        () = reading => {}
        () = serving => panic!("the server was left"),
    }
}
