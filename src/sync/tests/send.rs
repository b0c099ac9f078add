//! What the agent did, on its way to the server.

use super::bed::{Bed, MAYA, Person, customer_writes};
use frontdesk_inbox::{Command, Guard, OutState, Row};
use frontdesk_protocol::id::UserId;
use frontdesk_protocol::kind::{Priority, Status};
use frontdesk_ui::{Effect, Msg};

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
