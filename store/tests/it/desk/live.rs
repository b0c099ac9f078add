//! Events: what they change, what they ask for, what they must not do.

use super::*;
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::kind::EntityKind;
use frontdesk_protocol::kind::EventKind;

#[test]
fn a_customers_message_arrives() {
    let mut account = Account::new();
    let quiet = account.begins("Quiet", "Hello");
    account.begins("Other", "Hello");
    let mut bed = Bed::with(&account);
    account.writes(quiet, None, "  Are you there?");
    account.hides();
    let changed = bed
        .desk
        .apply(&account.since(bed.desk.cursor().unwrap().unwrap()))
        .unwrap();
    assert_eq!(changed.conversations, [quiet]);
    assert_eq!(changed.arrived.len(), 1);
    assert_eq!(changed.arrived[0].customer, "Customer 1");
    assert_eq!(changed.arrived[0].words, "Are you there?");
    assert_eq!(bed.desk.cursor().unwrap(), Some(account.seq()));
    assert_eq!(bed.listed(View::Inbox)[0], quiet);
    // Again, and nothing happens.
    let changed = bed.desk.apply(&account.events).unwrap();
    assert!(changed.conversations.is_empty() && changed.arrived.is_empty());
}

#[test]
fn nothing_is_taken_in_over_a_gap() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let cursor = account.seq();
    account.hides();
    account.close(id);
    let changed = bed
        .desk
        .apply(&account.events[account.events.len() - 1..])
        .unwrap();
    assert_eq!(changed.gap_before, Some(account.seq()));
    assert_eq!(bed.desk.cursor().unwrap(), Some(cursor));
    assert_eq!(bed.listed(View::Inbox), [id]);
}

#[test]
fn what_an_event_does_not_tell_is_asked_for() {
    let mut account = Account::new();
    account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    account.hides();
    let event = account.events.last_mut().unwrap();
    event.kind = EventKind::EntityChanged;
    event.entity = Some(EntityKind::Tag);
    event.entity_id = Some("t".to_owned());
    let changed = bed.desk.apply(&account.since(EventSeq(0))).unwrap();
    assert_eq!(changed.entities, [(EntityKind::Tag, "t".to_owned())]);
}

#[test]
fn a_conversation_that_comes_into_view_is_shown_and_asked_for() {
    let mut account = Account::new();
    account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let cursor = account.seq();
    let id = account.begins("Secret", "Words");
    account.events.retain(|it| it.seq <= cursor);
    while account.events.len() < 4 {
        let mut event = account.since(EventSeq(0)).last().unwrap().clone();
        event.kind = EventKind::Hidden;
        event.seq = EventSeq(event.seq.0 + 1);
        event.conversation = None;
        event.message = None;
        account.events.push(event);
    }
    account.changes(id, |_| {});
    let changed = bed.desk.apply(&account.since(cursor)).unwrap();
    assert_eq!(changed.refetch, [id]);
    assert!(bed.desk.thread(id, 10).unwrap().unwrap().has_older);
    bed.desk.put_conversations(&[account.full(id)]).unwrap();
    let thread = bed.desk.thread(id, 10).unwrap().unwrap();
    assert!(!thread.has_older);
    assert_eq!(thread.row.last.unwrap().text, "Words");
}
