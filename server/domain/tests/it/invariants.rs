//! What is true of a desk at any time:
//!
//! 1. closed exactly when there is a time of closing; snoozed exactly when something ends it;
//! 2. nobody waits on what is closed or archived, and whoever waits wrote last, notes and the
//!    bot aside, in the thread or in one merged into it;
//! 3. notes and lines of the server are private, and nothing a customer wrote is;
//! 4. work is held only by active members of the account, in inboxes of the account;
//! 5. what was merged away is archived, empty, and points to a conversation of the same customer;
//! 6. the counts by cell equal a recount;
//! 7. event numbers have no gaps, and a message has the number of the event that told of it;
//! 8. no text that is displayed has a control character in it.
//!
//! That versions grow by one and that decisions know what is there, [`Desk::apply`] checks.

use crate::desk::Desk;
use crate::steps::holds_work;
use frontdesk_domain::change::Merged;
use frontdesk_domain::message::Sender;
use frontdesk_domain::{Conversation, ConversationId, Message, MessageKind, Status};

pub(crate) fn check(desk: &Desk) {
    for conversation in &desk.conversations {
        check_waiting(desk, conversation);
    }
    check_beside_waiting(desk);
}

/// All invariants but the second.
pub(crate) fn check_beside_waiting(desk: &Desk) {
    for conversation in &desk.conversations {
        check_life(conversation);
        check_place(desk, conversation);
        check_merged(desk, conversation);
    }
    desk.messages.iter().for_each(check_message);
    check_counts(desk);
    check_numbers(desk);
}

fn check_life(is: &Conversation) {
    assert_eq!(
        is.status == Status::Closed,
        is.closed_at.is_some(),
        "{is:?}"
    );
    assert_eq!(is.status == Status::Snoozed, is.snooze.is_some(), "{is:?}");
    if let Some(snooze) = is.snooze {
        assert!(snooze.until.is_some() || snooze.until_reply, "{is:?}");
    }
}

fn check_waiting(desk: &Desk, is: &Conversation) {
    if is.waiting_since.is_none() {
        return;
    }
    assert!(is.closed_at.is_none() && is.archived_at.is_none(), "{is:?}");
    let threads = threads_of(desk, is.id);
    assert!(
        threads.iter().any(|id| customer_wrote_last(desk, *id)),
        "{is:?}"
    );
}

/// A conversation and all that were ever merged into it.
fn threads_of(desk: &Desk, id: ConversationId) -> Vec<ConversationId> {
    let mut threads = vec![id];
    let mut next = 0;
    while let Some(id) = threads.get(next).copied() {
        next += 1;
        for merge in &desk.merges {
            if let Merged::Conversations { from, into, .. } = &merge.what
                && into.id == id
                && !threads.contains(&from.id)
            {
                threads.push(from.id);
            }
        }
    }
    threads
}

/// Whether the newest word of a person that was written in a conversation is the customer's.
fn customer_wrote_last(desk: &Desk, id: ConversationId) -> bool {
    let of_people = desk.messages.iter().filter(|message| {
        let person = matches!(message.sender, Sender::Customer(_) | Sender::User(_));
        person && !message.private && desk.origins.get(&message.id) == Some(&id)
    });
    let newest = of_people.max_by_key(|message| message.seq);
    newest.is_some_and(|message| matches!(message.sender, Sender::Customer(_)))
}

fn check_place(desk: &Desk, is: &Conversation) {
    assert!(
        is.assignee_id.is_none_or(|id| holds_work(desk, id)),
        "{is:?}"
    );
    let known = |id| {
        let inbox = desk.inboxes.iter().find(|inbox| inbox.id == id);
        inbox.is_some_and(|inbox| inbox.account_id == desk.account)
    };
    assert!(is.inbox_id.is_none_or(known), "{is:?}");
}

fn check_merged(desk: &Desk, is: &Conversation) {
    let Some(into) = is.merged_into else { return };
    assert!(is.archived_at.is_some(), "{is:?}");
    assert!(
        desk.thread(is.id)
            .iter()
            .all(|m| m.kind == MessageKind::System)
    );
    assert_eq!(
        desk.conversation(into).customer_id,
        is.customer_id,
        "{is:?}"
    );
}

fn check_message(message: &Message) {
    let internal = matches!(message.kind, MessageKind::Note | MessageKind::System);
    assert_eq!(message.private, internal, "{message:?}");
    let by_customer = matches!(message.sender, Sender::Customer(_));
    assert!(!(by_customer && message.private), "{message:?}");
    let body = message.body.as_deref().unwrap_or_default();
    let clean = |c: char| !c.is_control() || c == '\n' || c == '\t';
    assert!(body.chars().all(clean), "{message:?}");
}

fn check_counts(desk: &Desk) {
    for (cell, count) in &desk.counts {
        let here = desk.conversations.iter();
        let recount = here.filter(|c| c.cell() == Some(*cell)).count();
        assert_eq!(usize::try_from(*count), Ok(recount), "{cell:?}");
    }
    let total: i64 = desk.counts.iter().map(|(_, count)| count).sum();
    let listed = desk.conversations.iter().filter(|c| c.cell().is_some());
    assert_eq!(usize::try_from(total), Ok(listed.count()));
}

fn check_numbers(desk: &Desk) {
    for (at, (seq, _)) in (1..).zip(&desk.events) {
        assert_eq!(seq.0, at);
    }
    for conversation in &desk.conversations {
        let newest = desk.thread(conversation.id).last().map(|m| m.seq);
        assert!(newest.is_none_or(|seq| seq <= conversation.last_message_seq));
    }
}
