//! Snapshots: usable as they come, whole at the end, cut in between.

use super::*;
use crate::account::COLLEAGUE;
use frontdesk_protocol::id::EventSeq;

#[test]
fn what_has_come_of_a_snapshot_is_usable_and_a_cut_one_is_asked_for_again() {
    let mut account = Account::new();
    let first = account.begins("Refund", "Where is my money?");
    let second = account.begins("Other", "Hello");
    let mut bed = Bed::new();
    assert_eq!(bed.desk.cursor().unwrap(), None);
    bed.desk
        .begin_snapshot(account.seq(), &account.directory())
        .unwrap();
    bed.desk.add(&[account.full(first)]).unwrap();
    assert_eq!(bed.listed(View::Inbox), [first]);
    assert_eq!(bed.desk.search("mon", None, 10).unwrap().hits.len(), 1);

    let mut bed = bed.again();
    assert_eq!(bed.desk.cursor().unwrap(), None);
    assert_eq!(bed.listed(View::Inbox), [first]);
    assert_eq!(bed.desk.directory().me, ME);
    bed.desk
        .begin_snapshot(account.seq(), &account.directory())
        .unwrap();
    bed.desk.add(&account.snapshot()).unwrap();
    bed.desk.finish_snapshot(Names::All).unwrap();
    assert_eq!(bed.desk.cursor().unwrap(), Some(account.seq()));
    assert_eq!(bed.listed(View::Inbox), [second, first]);
}

#[test]
fn what_a_snapshot_does_not_name_is_gone() {
    let mut account = Account::new();
    let gone = account.begins("Refund", "Where is my money?");
    let stays = account.begins("Other", "Hello");
    let mut bed = Bed::with(&account);
    account.loses(gone);
    bed.desk
        .begin_snapshot(account.seq(), &account.directory())
        .unwrap();
    bed.desk.add(&account.snapshot()).unwrap();
    assert_eq!(bed.listed(View::Inbox), [stays, gone]);
    bed.desk.finish_snapshot(Names::All).unwrap();
    assert_eq!(bed.listed(View::Inbox), [stays]);
    assert!(bed.desk.thread(gone, 10).unwrap().is_none());
    assert_eq!(bed.desk.search("money", None, 10).unwrap().hits.len(), 0);
}

#[test]
fn what_a_snapshot_need_not_name_stays_while_something_waits_in_it() {
    let mut account = Account::new();
    let [gone, replied, reopened] = ["Gone", "Replied", "Open"].map(|it| account.begins(it, "Hi"));
    account.close(gone);
    account.close(replied);
    let mut bed = Bed::with(&account);
    for id in [replied, reopened] {
        bed.does(
            id,
            Command::Note {
                body: "Look at this".to_owned(),
            },
        );
    }
    let named = account.begins("Named", "Hello");
    let since = Timestamp::from_seconds(1_000);
    bed.desk
        .begin_snapshot(account.seq(), &account.directory())
        .unwrap();
    bed.desk.add(&[account.full(named)]).unwrap();
    bed.desk.finish_snapshot(Names::ClosedSince(since)).unwrap();
    let here = [gone, replied, reopened, named].map(|id| bed.desk.thread(id, 1).unwrap().is_some());
    assert_eq!(here, [false, true, false, true]);
}

#[test]
fn events_win_over_an_older_line_of_the_snapshot() {
    let mut account = Account::new();
    let one = account.begins("One", "Hello");
    let two = account.begins("Two", "Hello");
    let begun = account.seq();
    let lines = account.snapshot();
    let mut bed = Bed::new();
    bed.desk
        .begin_snapshot(begun, &account.directory())
        .unwrap();
    account.close(one);
    account.writes(one, Some(COLLEAGUE), "Done.");
    account.loses(two);
    bed.desk.apply(&account.since(begun)).unwrap();
    bed.desk.add(&lines).unwrap();
    bed.desk.finish_snapshot(Names::All).unwrap();
    assert_eq!(bed.desk.cursor().unwrap(), Some(account.seq()));
    assert_eq!(bed.listed(View::Inbox), []);
    assert_eq!(bed.listed(View::Closed), [one]);
    let thread = bed.desk.thread(one, 10).unwrap().unwrap();
    let bodies: Vec<_> = thread
        .messages
        .iter()
        .map(|it| it.body.clone().unwrap())
        .collect();
    assert_eq!(bodies, ["Hello", "Done."]);
}

#[test]
fn a_message_that_was_deleted_meanwhile_is_gone() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    account.writes(id, None, "My password is hunter2");
    let mut bed = Bed::with(&account);
    account.threads.get_mut(&id).unwrap().messages.pop();
    bed.desk
        .begin_snapshot(account.seq(), &account.directory())
        .unwrap();
    bed.desk.add(&account.snapshot()).unwrap();
    bed.desk.finish_snapshot(Names::All).unwrap();
    assert_eq!(bed.desk.thread(id, 10).unwrap().unwrap().messages.len(), 1);
    assert_eq!(bed.row(id).last.unwrap().text, "Hello");
    assert_eq!(bed.desk.search("hunter2", None, 10).unwrap().hits.len(), 0);
}

#[test]
fn a_thread_pages_back() {
    let mut account = Account::new();
    let id = account.begins("Long", "0");
    for n in 1..30 {
        account.writes(id, None, &n.to_string());
    }
    let bed = Bed::with(&account);
    let thread = bed.desk.thread(id, 10).unwrap().unwrap();
    assert!(thread.has_older && thread.others.is_empty());
    assert_eq!(thread.messages.last().unwrap().body.as_deref(), Some("29"));
    assert!(thread.messages[0].customer.is_some());
    let (older, is_more) = bed.desk.older(id, thread.messages[0].seq, 100).unwrap();
    assert_eq!(older.len(), 20);
    assert!(!is_more);
    let (none, _) = bed.desk.older(id, EventSeq(0), 100).unwrap();
    assert!(none.is_empty());
}

#[test]
fn what_was_closed_long_ago_is_forgotten() {
    let mut account = Account::new();
    let old = account.begins("Old", "Words of old");
    account.begins("Open", "Hello");
    account.close(old);
    let mut bed = Bed::with(&account);
    let now = Timestamp::from_seconds(86_400 * 30);
    let retained = bed.desk.retain(now, 60).unwrap();
    assert_eq!(retained, frontdesk_store::desk::Rest::Done);
    assert_eq!(bed.desk.counts().unwrap().of(View::Closed), 1);
    bed.desk.retain(now, 10).unwrap();
    assert_eq!(bed.desk.counts().unwrap().of(View::Closed), 0);
    assert_eq!(bed.desk.counts().unwrap().of(View::Inbox), 1);
    assert!(bed.desk.search("old", None, 10).unwrap().hits.is_empty());
    while bed.desk.rest().unwrap() == frontdesk_store::desk::Rest::More {}
    assert_eq!(bed.desk.search("hello", None, 10).unwrap().hits.len(), 1);
}
