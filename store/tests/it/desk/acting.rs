//! The outbox: shown at once, sent in order, put back when refused, never lost.

use super::*;
use crate::account::COLLEAGUE;
use frontdesk_inbox::{Enclosure, Guard, OutMark, Speaker};
use frontdesk_protocol::id::{DraftId, EventSeq, MergeId};
use frontdesk_protocol::kind::Status;
use frontdesk_store::desk::{Begun, TextKind};

const LATER: Timestamp = Timestamp::from_seconds(3_000_000_000);

fn reply(body: &str, seen: EventSeq) -> Command {
    Command::Reply {
        body: body.to_owned(),
        guard: Guard::Seen(seen),
    }
}

#[test]
fn what_was_done_is_shown_at_once_and_after_a_crash() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    bed.does(id, reply("On its way.", account.seq()));
    bed.does(id, Command::Close);
    for _ in 0..2 {
        let row = bed.row(id);
        assert_eq!(row.conversation.status, Status::Closed);
        assert_eq!(row.out, OutMark::Waiting);
        let last = row.last.unwrap();
        assert_eq!((last.by, last.text.as_str()), (Speaker::Me, "On its way."));
        assert_eq!(bed.listed(View::Inbox), []);
        assert_eq!(bed.listed(View::Closed), [id]);
        assert_eq!(bed.desk.thread(id, 10).unwrap().unwrap().queued.len(), 2);
        bed = bed.again();
    }
}

#[test]
fn what_was_being_sent_at_a_crash_may_have_arrived() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let sent = bed.does(id, reply("On its way.", account.seq()));
    let after = bed.does(id, Command::Close);
    bed.desk.set_state(sent, OutState::Sending).unwrap();
    let mut bed = bed.again();
    let waiting = bed.desk.waiting();
    assert_eq!(waiting[0].state, OutState::Unsure);
    assert_eq!(waiting[1].state, OutState::Waiting);
    bed.desk
        .revise(sent, reply("Other words", account.seq()))
        .unwrap();
    let next = bed.desk.next_to_send(LATER);
    assert_eq!(
        (next.len(), next[0].id),
        (1, sent),
        "it is asked about first"
    );
    assert_eq!(next[0].command, waiting[0].command, "as it was sent");
    bed.desk.confirmed(sent, None, None).unwrap();
    assert_eq!(bed.desk.next_to_send(LATER)[0].id, after);
}

#[test]
fn what_was_refused_is_put_back() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let close = bed.does(id, Command::Close);
    let reason = "not yours".to_owned();
    bed.desk
        .set_state(close, OutState::Failed { reason })
        .unwrap();
    assert_eq!(bed.listed(View::Inbox), [id]);
    assert_eq!(bed.row(id).out, OutMark::Failed);
    let mut bed = bed.again();
    assert!(
        matches!(&bed.desk.waiting()[0].state, OutState::Failed { reason } if reason == "not yours")
    );
    bed.desk.drop_intent(close).unwrap();
    assert_eq!(bed.row(id).out, OutMark::None);
    assert!(bed.again().desk.waiting().is_empty());
}

#[test]
fn one_is_sent_at_a_time_and_in_order() {
    let mut account = Account::new();
    let (one, two) = (
        account.begins("One", "Hello"),
        account.begins("Two", "Hello"),
    );
    let mut bed = Bed::with(&account);
    let first = bed.does(one, reply("First", account.seq()));
    let second = bed.does(one, Command::Close);
    let other = bed.does(two, Command::Close);
    let ids = |bed: &Bed| {
        bed.desk
            .next_to_send(LATER)
            .iter()
            .map(|it| it.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&bed), [first, other]);
    bed.desk.set_state(first, OutState::Sending).unwrap();
    assert_eq!(ids(&bed), [other]);
    // A crash: it may have arrived, and is sent again under its name.
    let mut bed = bed.again();
    assert_eq!(ids(&bed), [first, other]);
    bed.desk.confirmed(first, None, None).unwrap();
    assert_eq!(ids(&bed), [second, other]);
}

#[test]
fn a_refused_reply_holds_back_the_next_but_not_triage() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let first = bed.does(id, reply("First", account.seq()));
    bed.does(id, reply("Second", account.seq()));
    let close = bed.does(id, Command::Close);
    bed.desk
        .set_state(first, OutState::Held { newer: vec![] })
        .unwrap();
    let next = bed.desk.next_to_send(LATER);
    assert_eq!(next.iter().map(|it| it.id).collect::<Vec<_>>(), [close]);
    bed.desk
        .revise(
            first,
            Command::Reply {
                body: "Better".to_owned(),
                guard: Guard::Forced(account.seq()),
            },
        )
        .unwrap();
    assert_eq!(bed.desk.next_to_send(LATER)[0].id, first);
}

#[test]
fn a_hold_ends_by_itself_or_at_once() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let held = Queued {
        id: IntentId::random(),
        conversation_id: id,
        command: reply("Wait", account.seq()),
        files: Vec::new(),
        made_at: Timestamp(0),
        hold_until: Some(LATER),
        state: OutState::Waiting,
    };
    bed.desk.enqueue(&[held.clone(), held.clone()]).unwrap();
    assert_eq!(bed.desk.waiting(), std::slice::from_ref(&held));
    assert!(bed.desk.next_to_send(Timestamp(0)).is_empty());
    assert_eq!(bed.desk.next_to_send(LATER).len(), 1);
    bed.desk.release_hold(held.id).unwrap();
    assert_eq!(bed.again().desk.next_to_send(Timestamp(0)).len(), 1);
}

#[test]
fn what_became_stale_meanwhile_is_held() {
    let mut account = Account::new();
    let (one, two) = (
        account.begins("One", "Hello"),
        account.begins("Two", "Hello"),
    );
    let mut bed = Bed::with(&account);
    let (seen, cursor) = (account.seq(), account.seq());
    bed.does(one, reply("Late", seen));
    bed.does(two, reply("Fine", seen));
    let news = account.writes(one, Some(COLLEAGUE), "I have answered.");
    account.writes(two, Some(ME), "My own, from elsewhere");
    bed.desk.apply(&account.since(cursor)).unwrap();
    let stale = bed.desk.stale_after_catch_up().unwrap();
    assert_eq!(stale.len(), 1);
    assert_eq!(stale[0].conversation_id, one);
    assert_eq!(stale[0].state, OutState::Held { newer: vec![news] });
    assert_eq!(bed.row(one).out, OutMark::Held);
    assert_eq!(bed.row(two).out, OutMark::Waiting);
}

#[test]
fn a_confirmed_command_leaves_and_its_effect_stays() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let close = bed.does(id, Command::Close);
    bed.desk.set_state(close, OutState::Sending).unwrap();
    account.close(id);
    let answer = account.threads[&id].conversation.clone();
    bed.desk.confirmed(close, Some(&answer), None).unwrap();
    assert!(bed.desk.waiting().is_empty());
    let bed = bed.again();
    assert_eq!(bed.listed(View::Closed), [id]);
    assert_eq!(bed.row(id).out, OutMark::None);
}

#[test]
fn what_is_typed_survives_whatever_it_is() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let hostile = "\u{1b}]0;x\u{7}\u{0}'; DROP TABLE texts; --\u{202e}\r\n\t\u{fffd}";
    let plain = |text: &str| Begun {
        text: text.to_owned(),
        ..Begun::default()
    };
    let begun = Begun {
        seen: Some(account.seq()),
        draft: Some((DraftId(id.0), 3)),
        ..plain(hostile)
    };
    let (reply_kind, note_kind) = (TextKind::Reply, TextKind::Note);
    bed.desk.save_text(id, reply_kind, &plain("Dear")).unwrap();
    bed.desk.save_text(id, reply_kind, &begun).unwrap();
    bed.desk.save_text(id, note_kind, &plain("inside")).unwrap();
    bed.does(id, reply(hostile, account.seq()));
    let mut bed = bed.again();
    assert_eq!(bed.desk.text(id, reply_kind).unwrap(), Some(begun));
    assert_eq!(bed.desk.texts().unwrap().len(), 2);
    assert_eq!(bed.desk.waiting()[0].command, reply(hostile, account.seq()));
    bed.desk.save_text(id, reply_kind, &plain("")).unwrap();
    assert_eq!(bed.desk.text(id, reply_kind).unwrap(), None);
    let inside = bed.desk.text(id, note_kind).unwrap();
    assert_eq!(inside, Some(plain("inside")));
}

fn copied(bed: &Bed, text: &str) -> Enclosure {
    let original = bed.folder.path().join("invoice.pdf");
    std::fs::write(&original, text).unwrap();
    bed.desk.copies().take(&original).unwrap()
}

#[test]
fn files_wait_with_their_words_and_their_copies_go_when_they_are_sent() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let bed = Bed::with(&account);
    let (file, other) = (copied(&bed, "a"), copied(&bed, "b"));
    let begun = Begun {
        files: vec![other.clone()],
        ..Begun::default()
    };
    let mut bed = bed;
    bed.desk.save_text(id, TextKind::Note, &begun).unwrap();
    let queued = Queued {
        files: vec![file.clone(), other.clone()],
        ..queued(id, reply("", account.seq()))
    };
    bed.desk.enqueue(std::slice::from_ref(&queued)).unwrap();
    let mut bed = bed.again();
    assert_eq!(bed.desk.waiting()[0].files, queued.files);
    assert_eq!(bed.desk.text(id, TextKind::Note).unwrap(), Some(begun));
    assert_eq!(bed.row(id).last.unwrap().text, "invoice.pdf");
    bed.desk.sweep_copies().unwrap();
    let is_there = |bed: &Bed, it: &Enclosure| bed.desk.copies().path(it.id).exists();
    assert!(is_there(&bed, &file) && is_there(&bed, &other));
    bed.desk.confirmed(queued.id, None, None).unwrap();
    assert!(!is_there(&bed, &file), "the server has it");
    assert!(is_there(&bed, &other), "another text has it still");
}

#[test]
fn what_leaves_is_what_it_is_by_then() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let sent = bed.does(id, reply("One", account.seq()));
    let newer = reply("Other words", account.seq());
    bed.desk.revise(sent, newer.clone()).unwrap();
    let begun = bed.desk.begin_sending(sent).unwrap().unwrap();
    assert_eq!(begun.command, newer);
    assert_eq!(
        bed.desk.begin_sending(sent).unwrap(),
        None,
        "it is on its way"
    );
    let taken_back = bed.does(id, Command::Close);
    bed.desk.drop_intent(taken_back).unwrap();
    assert_eq!(bed.desk.begin_sending(taken_back).unwrap(), None);
    let held = bed.does(id, Command::Reopen);
    let state = OutState::Held { newer: Vec::new() };
    bed.desk.set_state(held, state).unwrap();
    assert_eq!(bed.desk.begin_sending(held).unwrap(), None);
}

#[test]
fn an_answer_that_could_not_be_kept_is_asked_for_again() {
    let mut account = Account::new();
    let id = account.begins("One", "Hello");
    let mut bed = Bed::with(&account);
    let sent = bed.does(id, reply("One", account.seq()));
    bed.does(id, reply("Two", account.seq()));
    bed.desk.begin_sending(sent).unwrap();
    assert!(bed.desk.next_to_send(LATER).is_empty(), "one at a time");
    bed.desk.lose_answer(sent);
    let next = bed.desk.next_to_send(LATER);
    assert_eq!(next.len(), 1);
    assert_eq!((next[0].id, &next[0].state), (sent, &OutState::Unsure));
}

#[test]
fn a_customer_who_is_blocked_is_shown_so_at_once_and_afterwards() {
    let mut account = Account::new();
    let id = account.begins("One", "Buy now");
    let mut bed = Bed::with(&account);
    let customer = bed.row(id).conversation.customer_id;
    let blocked = bed.does(id, Command::Block(customer));
    bed.does(id, Command::Spam);
    assert!(bed.row(id).is_blocked);
    assert_eq!(bed.listed(View::Spam), [id]);
    bed.desk.confirmed(blocked, None, None).unwrap();
    assert!(bed.row(id).is_blocked, "the server has done it");
    let heard = bed.does(id, Command::Unblock(customer));
    assert!(!bed.row(id).is_blocked);
    bed.desk.drop_intent(heard).unwrap();
    assert!(bed.row(id).is_blocked, "the server refused to");
}

#[test]
fn what_is_merged_away_leaves_every_list_and_comes_back() {
    let mut account = Account::new();
    let (one, two) = (account.begins("One", "Hi"), account.begins("Two", "Hi"));
    let mut bed = Bed::with(&account);
    let before = bed.row(one).conversation;
    let merge = MergeId::random();
    let command = Command::Merge { into: two, merge };
    let inverse = command.inverse(&before, &[]).unwrap();
    let merged = bed.does(one, command);
    assert_eq!(bed.listed(View::Inbox), [two]);
    bed.desk.confirmed(merged, None, None).unwrap();
    assert_eq!(bed.row(one).conversation.merged_into, Some(two));
    bed.does(one, inverse);
    assert_eq!(bed.listed(View::Inbox), [two, one]);
    assert_eq!(
        format!("{:?}", bed.row(one).conversation),
        format!("{before:?}")
    );
}

#[test]
fn what_is_split_off_leaves_its_thread_until_it_is_refused() {
    let mut account = Account::new();
    let id = account.begins("One", "The first");
    let second = account.writes(id, None, "The second");
    let mut bed = Bed::with(&account);
    let bodies = |bed: &Bed| {
        let thread = bed.desk.thread(id, 10).unwrap().unwrap();
        let bodies = thread.messages.into_iter().filter_map(|it| it.body);
        bodies.collect::<Vec<_>>()
    };
    let split = bed.does(
        id,
        Command::Split {
            messages: vec![second],
            new: ConversationId::random(),
            back: MergeId::random(),
        },
    );
    assert_eq!(bodies(&bed), ["The first"]);
    let mut bed = bed.again();
    assert_eq!(bodies(&bed), ["The first"]);
    bed.desk.drop_intent(split).unwrap();
    assert_eq!(bodies(&bed), ["The first", "The second"]);
}
