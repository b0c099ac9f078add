//! What the agent did, in the next run of the program.

use super::bed::{Bed, MAYA, Person};
use crate::clock;
use frontdesk_inbox::{Command, DeedId, IntentId, KeptDeed, KeptPart, LogEntry};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::Priority;
use frontdesk_ui::{Effect, Msg};

#[tokio::test]
async fn what_an_earlier_run_did_is_told_with_its_conversation_as_it_is() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let id = client.inbox(1).await.remove(0).id();
    let part = |conversation_id| KeptPart {
        conversation_id,
        intent: IntentId::random(),
        command: Command::Priority(Priority::High),
        inverse: Command::Priority(Priority::Normal),
    };
    let deed = |title: &str, parts: Vec<KeptPart>| KeptDeed {
        id: DeedId::random(),
        title: title.to_owned(),
        at: clock::now(),
        run: None,
        parts,
    };
    let gone = deed("gone", vec![part(ConversationId::random())]);
    let here = deed("here", vec![part(id)]);
    let log = [gone, here].map(LogEntry::Did).to_vec();
    client.carry_out(Effect::Log(log));
    client.does(id, Command::Priority(Priority::High));
    client.all_sent().await;
    client.leave().await;
    let mut client = maya.client();
    client.caught_up().await;
    client.carry_out(Effect::LoadDeeds);
    let deeds = client
        .told(|msg| match msg {
            Msg::Deeds(deeds) => Some(deeds.clone()),
            _ => None,
        })
        .await;
    let [deed] = &deeds[..] else {
        panic!("{deeds:?}");
    };
    assert_eq!((deed.title.as_str(), deed.parts.len()), ("here", 1));
    let row = &deed.parts[0].row;
    assert_eq!(row.id(), id);
    assert!(row.is_as_left_by(&deed.parts[0].command));
    client.leave().await;
    bed.stop().await;
}

#[tokio::test]
async fn a_closing_taken_back_leaves_the_customer_waiting_here_and_on_the_server() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let mut client = maya.client();
    client.caught_up().await;
    let rows = client.inbox(5).await;
    let waits = rows
        .iter()
        .find(|it| it.conversation.waiting_since.is_some());
    let row = waits.expect("somebody waits on the example desk");
    let since = row.conversation.waiting_since;
    let undo = Command::Close
        .inverse(&row.conversation, &row.tags)
        .unwrap();
    client.does(row.id(), Command::Close);
    client.all_sent().await;
    client.does(row.id(), undo);
    let id = row.id();
    let here = client
        .until(move |desk| desk.rows(&[id]).unwrap().pop())
        .await;
    assert_eq!(here.conversation.waiting_since, since);
    client.all_sent().await;
    let there = maya.on_server(id).await;
    assert_eq!(there.waiting_since, since);
    client.leave().await;
    bed.stop().await;
}
