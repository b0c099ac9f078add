//! What the local copy knows, and from when on.

use super::bed::{Bed, CONVERSATIONS, MAYA, Person, TOMAS, customer_writes};
use crate::net::api::Http;
use crate::sync::Wish;
use frontdesk_inbox::{Command, View};
use frontdesk_protocol::entity::{Connection as Connected, Data};
use frontdesk_protocol::kind::{ConnectionState, Priority, Status};
use frontdesk_protocol::time::UtcStamp;
use frontdesk_store::Desk;
use frontdesk_ui::Msg;
use frontdesk_ui::model::connection::Connection;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn a_copy_is_taken_and_then_kept() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let known = client
        .local
        .ask(|desk| desk.counts())
        .await
        .unwrap()
        .unwrap();
    let all = [View::Inbox, View::Snoozed, View::Closed].map(|view| known.of(view));
    assert_eq!(all.iter().sum::<usize>(), CONVERSATIONS);
    client
        .told(|msg| matches!(msg, Msg::Connection(Connection::Filling { .. })).then_some(()))
        .await;
    client
        .told(|msg| matches!(msg, Msg::Directory(it) if it.users.len() > 1).then_some(()))
        .await;
    let id = client.inbox(1).await[0].id();
    client.leave().await;

    // What happens meanwhile is there the next time, without a new copy.
    maya.does(id, Command::Close).await;
    let mut client = maya.client();
    client.caught_up().await;
    assert_eq!(client.row(id).await.conversation.status, Status::Closed);
    client.leave().await;
    bed.stop().await;
}

/// When the server said that this mailbox does not work.
fn fails(desk: &Desk) -> Option<UtcStamp> {
    let known = desk.directory().connections.as_ref()?;
    let mut all = known.all.iter();
    all.any(|it| it.name == "Support" && it.state == ConnectionState::Refused)
        .then_some(known.said_at)
}

#[tokio::test]
async fn a_mailbox_that_fails_is_told_of_and_known_without_the_server() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let inbox = client.local.ask(|desk| desk.directory().inboxes[0].id);
    // Mail servers on this machine are not called, so it is refused at once.
    let server = json!({ "host": "127.0.0.1", "port": 1, "security": "none", "user": "support" });
    let mailbox = json!({ "connection": {
        "name": "Support", "kind": "email", "inbox_id": inbox.await.unwrap(),
        "settings": { "address": "help@northlight.example", "smtp": server, "imap": server },
        "secrets": { "password": "s3cret" } } });
    let path = "/api/v1/connections";
    let made: Data<Connected> = maya.api.clone().post(path, mailbox).await.unwrap();
    assert_eq!(made.data.name, "Support");
    let said_at = client.until(fails).await;
    client.leave().await;
    bed.stop().await;
    let client = maya.client();
    // It is kept in whole seconds.
    assert!(client.until(fails).await.0.seconds() >= said_at.0.seconds());
    client.leave().await;
}

#[tokio::test]
async fn two_clients_see_what_the_other_does() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let tomas = Person::sign_in(&bed.server, TOMAS).await;
    let (mut mayas, mut tomas_) = (maya.client(), tomas.client());
    mayas.caught_up().await;
    tomas_.caught_up().await;
    let row = mayas.inbox(1).await.remove(0);
    let id = row.id();
    mayas.does(id, Command::Assign(Some(tomas.me)));
    let me = tomas.me;
    tomas_
        .until(move |desk| {
            let row = desk.rows(&[id]).unwrap().pop()?;
            (row.conversation.assignee_id == Some(me)).then_some(())
        })
        .await;
    tomas_.does(id, Command::Priority(Priority::High));
    mayas
        .until(move |desk| {
            let row = desk.rows(&[id]).unwrap().pop()?;
            (row.conversation.priority == Priority::High).then_some(())
        })
        .await;
    customer_writes(&maya, &row, "Are you there?").await;
    let mine = |msg: &Msg| match msg {
        Msg::Arrived(it) if it.conversation_id == id => Some(it.is_mine),
        _ => None,
    };
    assert!(tomas_.told(mine).await);
    assert!(!mayas.told(mine).await);
    let both = |msg: &Msg| match msg {
        Msg::Presence(it) => {
            (it.online.contains(&maya.me) && it.online.contains(&me)).then_some(())
        }
        _ => None,
    };
    tomas_.told(both).await;
    mayas.told(both).await;
    tomas_.wish(Wish::Typing(id)).await;
    mayas
        .told(|msg| {
            matches!(msg, Msg::Typing { conversation_id, .. } if *conversation_id == id)
                .then_some(())
        })
        .await;
    mayas.leave().await;
    tomas_.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn colleagues_see_who_looks_at_a_conversation() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let tomas = Person::sign_in(&bed.server, TOMAS).await;
    let (mut mayas, mut tomas_) = (maya.client(), tomas.client());
    mayas.caught_up().await;
    tomas_.caught_up().await;
    let rows = mayas.inbox(2).await;
    for row in &rows {
        mayas.looks_at(Some(row.id()));
        let seen = tomas_.last_presence(|it| it.viewing == [(row.id(), maya.me)]);
        seen.await;
    }
    bed.stop().await;
    tomas_.away().await;
    tomas_.last_presence(|it| it.viewing.is_empty()).await;
    bed.start().await;
    mayas.wish(Wish::Now).await;
    tomas_.wish(Wish::Now).await;
    let last = rows[1].id();
    tomas_
        .last_presence(|it| it.viewing == [(last, maya.me)])
        .await;
    mayas.looks_at(None);
    tomas_.last_presence(|it| it.viewing.is_empty()).await;
    mayas.leave().await;
    tomas_.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn a_server_that_starts_again_is_followed_again() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let id = client.inbox(1).await[0].id();
    bed.stop().await;
    client.away().await;
    client
        .told(|msg| matches!(msg, Msg::Connection(Connection::Offline { .. })).then_some(()))
        .await;
    bed.start().await;
    maya.does(id, Command::Close).await;
    client.wish(Wish::Now).await;
    client.caught_up().await;
    assert_eq!(client.row(id).await.conversation.status, Status::Closed);
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn a_copy_that_was_cut_is_taken_again() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let address = cutting_line(bed.server.origin().trim_start_matches("http://")).await;
    let http = Http::new(address, Duration::from_secs(30)).unwrap();
    let mut client = maya.client_at(maya.api.by(http));
    client
        .told(|msg| matches!(msg, Msg::Connection(Connection::Offline { .. })).then_some(()))
        .await;
    client.wish(Wish::Now).await;
    client.caught_up().await;
    let known = client
        .local
        .ask(|desk| desk.counts())
        .await
        .unwrap()
        .unwrap();
    let all = [View::Inbox, View::Snoozed, View::Closed].map(|view| known.of(view));
    assert_eq!(all.iter().sum::<usize>(), CONVERSATIONS);
    client.leave().await;
    bed.stop().await;
}

/// A way to a server that breaks in the middle of the first answer.
async fn cutting_line(server: &str) -> crate::net::address::Address {
    const BEFORE_THE_CUT: usize = 3_000;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = server.to_owned();
    crate::tasks::Tasks::default().spawn(async move {
        let mut left = BEFORE_THE_CUT;
        while let Ok((mut client, _)) = listener.accept().await {
            let mut server = TcpStream::connect(&server).await.unwrap();
            if left == 0 {
                let through = async move {
                    // However the connection ends, it has ended.
                    drop(tokio::io::copy_bidirectional(&mut client, &mut server).await);
                };
                crate::tasks::Tasks::default().spawn(through);
                continue;
            }
            let (mut from_client, mut to_client) = client.split();
            let (mut from_server, mut to_server) = server.split();
            let asked = tokio::io::copy(&mut from_client, &mut to_server);
            let answered = async {
                let mut buffer = [0; 500];
                while left > 0 {
                    let count = from_server.read(&mut buffer).await.unwrap().min(left);
                    if count == 0 {
                        return;
                    }
                    to_client.write_all(&buffer[..count]).await.unwrap();
                    left -= count;
                }
            };
            tokio::select! {
                _ = asked => {}
                () = answered => {}
            }
        }
    });
    address.parse().unwrap()
}
