//! What the agent did, on its way to the server.

use super::bed::{Bed, MAYA, Person, customer_writes};
use crate::net::address::Address;
use crate::net::api::Http;
use crate::tasks::Tasks;
use frontdesk_inbox::{Command, Guard, OutState, Row};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::UserId;
use frontdesk_protocol::kind::{Priority, Status};
use frontdesk_ui::{Effect, Msg};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

fn reply(row: &Row, body: &str) -> Command {
    Command::Reply {
        body: body.to_owned(),
        guard: Guard::Seen(row.conversation.last_message_seq),
    }
}

#[tokio::test]
async fn fifty_things_done_offline_are_each_done_once_and_in_order() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let rows = client.inbox(5).await;
    bed.stop().await;
    client.away().await;
    let note = |body: &str| Command::Note {
        body: body.to_owned(),
    };
    for row in &rows {
        for command in [
            Command::Assign(Some(maya.me)),
            reply(row, "one"),
            note("two"),
            Command::Priority(Priority::High),
            Command::Unread,
            note("three"),
            Command::Assign(None),
            Command::Assign(Some(maya.me)),
            Command::Read,
            Command::Close,
        ] {
            client.does(row.id(), command);
        }
    }
    let shown = client.row(rows[0].id()).await;
    assert_eq!(shown.conversation.status, Status::Closed);
    // The program ends without having sent anything, and another one finds it all.
    client.leave().await;
    let mut client = maya.client();
    let waiting = client.local.ask(|desk| desk.waiting().len()).await.unwrap();
    assert_eq!(waiting, 50);
    bed.start().await;
    client.caught_up().await;
    client.all_sent().await;
    for row in &rows {
        let known = row.conversation.last_message_seq;
        let there = maya.on_server(row.id()).await;
        let new: Vec<&str> = there
            .messages
            .iter()
            .filter(|it| it.seq > known && it.user_id == Some(maya.me))
            .filter_map(|it| it.body.as_deref())
            .collect();
        assert_eq!(new, ["one", "two", "three"]);
        assert_eq!(there.assignee_id, Some(maya.me));
        assert_eq!(
            (there.priority, there.status),
            (Priority::High, Status::Closed)
        );
    }
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn a_reply_that_became_stale_is_held_until_the_agent_decides() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let row = client.inbox(1).await.remove(0);
    let id = row.id();
    bed.stop().await;
    client.away().await;
    let intent = client.does(id, reply(&row, "written before"));
    client.leave().await;
    bed.start().await;
    customer_writes(&maya, &row, "Never mind, it works.").await;
    let mut client = maya.client();
    client.caught_up().await;
    let held = move |desk: &frontdesk_store::Desk| {
        let queued = desk.waiting().into_iter().find(|it| it.id == intent)?;
        matches!(queued.state, OutState::Held { ref newer } if newer.len() == 1).then_some(())
    };
    client.until(held).await;
    let there = maya.on_server(id).await;
    assert!(
        there
            .messages
            .iter()
            .all(|it| it.body.as_deref() != Some("written before"))
    );
    client.carry_out(Effect::SendAnyway(intent));
    client.all_sent().await;
    client
        .told(|msg| matches!(msg, Msg::Confirmed(it) if *it == intent).then_some(()))
        .await;
    let there = maya.on_server(id).await;
    let sent = there
        .messages
        .iter()
        .filter(|it| it.body.as_deref() == Some("written before"));
    assert_eq!(sent.count(), 1);
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn what_the_server_finds_stale_is_held_and_not_confirmed() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let row = client.inbox(1).await.remove(0);
    customer_writes(&maya, &row, "One more thing.").await;
    let intent = client.does(row.id(), reply(&row, "too late"));
    client
        .until(move |desk| {
            let queued = desk.waiting().into_iter().find(|it| it.id == intent)?;
            matches!(queued.state, OutState::Held { .. }).then_some(())
        })
        .await;
    client.carry_out(Effect::TakeBack(vec![intent]));
    client.all_sent().await;
    let there = maya.on_server(row.id()).await;
    assert!(
        there
            .messages
            .iter()
            .all(|it| it.body.as_deref() != Some("too late"))
    );
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn what_was_sent_without_an_answer_is_asked_again_and_not_taken_back() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let address = deaf_line(&bed, b"POST /api/v1/messages", Then::Ends).await;
    let http = Http::new(address, Duration::from_secs(30)).unwrap();
    let mut client = maya.client_at(maya.api.by(http));
    client.caught_up().await;
    let row = client.inbox(1).await.remove(0);
    let intent = client.does(row.id(), reply(&row, "heard once"));
    client
        .told(|msg| match msg {
            Msg::Outbox(queued) => queued
                .iter()
                .any(|it| it.id == intent && it.state == OutState::Unsure)
                .then_some(()),
            _ => None,
        })
        .await;
    client.all_sent().await;
    let there = maya.on_server(row.id()).await;
    let heard = |it: &&Message| it.body.as_deref() == Some("heard once");
    assert_eq!(there.messages.iter().filter(heard).count(), 1);
    client.leave().await;
    bed.stop().await;
}

/// What becomes of a connection whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Ends,
    /// It stays open, and nothing ever comes.
    Stays,
}

/// A way to a server on which the first request of a kind goes through and its answer is lost.
async fn deaf_line(bed: &Bed, kind: &'static [u8], then: Then) -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = bed.server.origin();
    let server = server.trim_start_matches("http://").to_owned();
    let has_lost = Arc::new(AtomicBool::new(false));
    Tasks::default().spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&server).await.unwrap();
            let has_lost = Arc::clone(&has_lost);
            Tasks::default().spawn(through(client, server, (kind, then), has_lost));
        }
    });
    address.parse().unwrap()
}

async fn through(
    mut client: TcpStream,
    mut server: TcpStream,
    (kind, then): (&[u8], Then),
    has_lost: Arc<AtomicBool>,
) {
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let mut is_lost = false;
    let mut is_silent = false;
    let (mut asked, mut answered) = ([0; 16_384], [0; 16_384]);
    loop {
        tokio::select! {
            count = from_client.read(&mut asked) => {
                let Ok(count @ 1..) = count else { return };
                if asked[..count].windows(5).any(|it| it == b" /api") {
                    is_lost = asked.starts_with(kind);
                }
                to_server.write_all(&asked[..count]).await.unwrap();
            }
            count = from_server.read(&mut answered) => {
                let Ok(count @ 1..) = count else { return };
                if is_lost && !has_lost.swap(true, Ordering::SeqCst) {
                    match then {
                        Then::Ends => return,
                        Then::Stays => is_silent = true,
                    }
                }
                if is_silent {
                    continue;
                }
                if to_client.write_all(&answered[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_keeps_no_other_conversation_waiting() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let address = deaf_line(&bed, b"POST /api/v1/messages", Then::Stays).await;
    let http = Http::new(address, Duration::from_secs(600)).unwrap();
    let mut client = maya.client_at(maya.api.by(http));
    client.caught_up().await;
    let rows = client.inbox(2).await;
    let note = |body: &str| Command::Note {
        body: body.to_owned(),
    };
    let first = client.does(rows[0].id(), note("its answer is lost"));
    let is_sent = move |desk: &frontdesk_store::Desk| {
        let waiting = desk.waiting();
        let it = waiting.iter().find(|it| it.id == first)?;
        (it.state == OutState::Sending).then_some(())
    };
    client.until(is_sent).await;
    let second = client.does(rows[1].id(), note("it goes on"));
    client
        .told(|msg| matches!(msg, Msg::Confirmed(id) if *id == second).then_some(()))
        .await;
    client.until(is_sent).await;
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn a_file_goes_along_once_as_it_was_when_it_was_attached() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("price list.txt");
    std::fs::write(&file, "as it was").unwrap();
    let mut client = maya.client();
    client.caught_up().await;
    let row = client.inbox(1).await.remove(0);
    bed.stop().await;
    client.away().await;
    client
        .writes_with(row.id(), reply(&row, "Here it is."), &file)
        .await;
    std::fs::remove_file(&file).unwrap();
    client.leave().await;
    bed.start().await;
    // The first upload arrives, and its answer is lost.
    let address = deaf_line(&bed, b"POST /api/v1/upload", Then::Ends).await;
    let http = Http::new(address, Duration::from_secs(30)).unwrap();
    let mut client = maya.client_at(maya.api.by(http));
    client.caught_up().await;
    client.all_sent().await;
    let there = maya.on_server(row.id()).await;
    let sent = |it: &&Message| it.body.as_deref() == Some("Here it is.");
    let sent: Vec<&Message> = there.messages.iter().filter(sent).collect();
    assert_eq!(sent.len(), 1);
    let [attached] = sent[0].attachments.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(attached.filename, "price-list.txt", "names are cleaned");
    let mut api = maya.api.clone();
    let bytes = api.file(&attached.file_url).await.unwrap();
    assert_eq!(bytes, b"as it was");
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn words_whose_file_the_server_does_not_take_are_kept() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("film.mov");
    let large = std::fs::File::create(&file).unwrap();
    large.set_len(26 * 1024 * 1024).unwrap();
    let mut client = maya.client();
    client.caught_up().await;
    let row = client.inbox(1).await.remove(0);
    let intent = client
        .writes_with(row.id(), reply(&row, "See the film."), &file)
        .await;
    let reason = client
        .told(|msg| match msg {
            Msg::Refused { id, reason } if *id == intent => Some(reason.clone()),
            _ => None,
        })
        .await;
    assert!(!reason.is_empty());
    let failed = move |desk: &frontdesk_store::Desk| {
        let waiting = desk.waiting();
        let it = waiting.iter().find(|it| it.id == intent)?;
        let copy = desk.copies().path(it.files[0].id);
        (matches!(it.state, OutState::Failed { .. }) && copy.exists()).then_some(())
    };
    client.until(failed).await;
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn what_is_refused_is_put_back() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let row = client.inbox(1).await.remove(0);
    let intent = client.does(row.id(), Command::Assign(Some(UserId(4_711))));
    let reason = client
        .told(|msg| match msg {
            Msg::Refused { id, reason } if *id == intent => Some(reason.clone()),
            _ => None,
        })
        .await;
    assert!(!reason.is_empty());
    client.all_sent().await;
    let shown = client.row(row.id()).await;
    assert_eq!(shown.conversation.assignee_id, row.conversation.assignee_id);
    client.leave().await;
    bed.stop().await;
}
