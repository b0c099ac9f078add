//! Every refusal, by example.

use crate::build::{self, START};
use crate::desk::Desk;
use crate::merging::{merge, merge_people, undo};
use crate::steps::{Asker, actor};
use frontdesk_domain::actor::View;
use frontdesk_domain::decide::*;
use frontdesk_domain::{
    Actor, Conversation, ConversationId, CustomerId, Decision, EventSeq, KeyScope, MessageId,
    Refusal, Source, TagId, Timestamp, UserId,
};

const NOW: Timestamp = START.plus_seconds(60);

/// A desk on which each customer has two conversations.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for customer in desk.customers.clone() {
        for source in [Source::Chat, Source::Email] {
            let conversation = build::conversation(&customer, source);
            let new = frontdesk_domain::Change::CreateConversation(Box::new(conversation));
            desk.apply(Decision::nothing().change(new));
        }
    }
    desk
}

fn text() -> Written {
    Written::text(MessageId::random(), "hello")
}

fn read() -> Reading {
    Reading::Read {
        unseen_mentions: Vec::new(),
    }
}

/// Everything that is a member's work.
fn work(on: &Conversation, asks: &Actor) -> Vec<(&'static str, Result<Decision, Refusal>)> {
    let tag_id = TagId::random();
    let assigned = Assign {
        user: Assignee::Nobody,
        team: Field::Keep,
    };
    vec![
        ("reply", reply(on, asks, text(), StaleGuard::Unchecked, NOW)),
        ("note", note(on, asks, text(), NOW)),
        ("assign", assign(on, asks, assigned, NOW)),
        ("close", close(on, asks, NOW)),
        ("reopen", reopen(on, asks, NOW)),
        ("snooze", snooze(on, asks, SnoozeFor::UntilReply, NOW)),
        ("edit", edit(on, asks, Edit::default(), NOW)),
        ("tag", tag(on, &[], asks, tag_id)),
        ("untag", untag(on, &[tag_id], asks, tag_id)),
        ("archive", archive(on, asks, NOW)),
        (
            "priority",
            set_priority(on, asks, frontdesk_domain::Priority::High, NOW),
        ),
    ]
}

#[test]
fn only_members_work() {
    let desk = desk();
    let on = &desk.conversations[0];
    let read_key = build::with_key(&desk.users[0], View::All, Some(KeyScope::Read));
    let owner = Actor::customer(desk.account, on.customer_id);
    for asks in [actor(&desk, Asker::Viewer), read_key, owner] {
        for (name, result) in work(on, &asks) {
            assert_eq!(result, Err(Refusal::Forbidden), "{name} by {asks:?}");
        }
        let marked = set_read(on, &asks, &read(), NOW);
        assert_eq!(marked, Err(Refusal::Forbidden));
        assert_eq!(wake(on, &asks, NOW), Err(Refusal::Forbidden));
        let line = system_line(on, &asks, text(), NOW);
        assert_eq!(line, Err(Refusal::Forbidden));
        let bot = answer_by_bot(on, &asks, text(), NOW);
        assert_eq!(bot, Err(Refusal::Forbidden));
    }
}

#[test]
fn what_one_may_not_see_does_not_exist() {
    let mut desk = desk();
    desk.conversations[0].assignee_id = Some(UserId(1));
    let on = &desk.conversations[0];
    let other_customer = Actor::customer(desk.account, desk.customers[1].id);
    let askers = [
        actor(&desk, Asker::Stranger),
        actor(&desk, Asker::Restricted),
        other_customer.clone(),
    ];
    for asks in askers {
        for (name, result) in work(on, &asks) {
            assert_eq!(result, Err(Refusal::NotFound), "{name} by {asks:?}");
        }
        let said = receive(on, &asks, on.customer_id, text(), NOW);
        assert_eq!(said, Err(Refusal::NotFound));
    }
    let seen = messages_seen(on, &other_customer, &[MessageId::random()], NOW);
    assert_eq!(seen, Err(Refusal::NotFound));
}

#[test]
fn nothing_is_done_to_what_was_merged_away() {
    let mut desk = desk();
    let admin = actor(&desk, Asker::Admin);
    let (from, into) = (desk.conversations[0].id, desk.conversations[1].id);
    let decision = merge(&desk, &admin, from, into).unwrap();
    desk.apply(decision);
    let on = desk.conversation(from);
    let conflict = Err(Refusal::Conflict(
        "the conversation was merged into another",
    ));
    for (name, result) in work(on, &admin) {
        assert_eq!(result, conflict, "{name}");
    }
    let system = Actor::system(desk.account);
    assert_eq!(receive(on, &system, on.customer_id, text(), NOW), conflict);
    assert_eq!(answer_by_bot(on, &system, text(), NOW), conflict);
    assert_eq!(merge(&desk, &admin, from, into), conflict);
    assert_eq!(merge(&desk, &admin, into, from), conflict);
}

#[test]
fn a_stale_reply_is_told_what_is_new() {
    let desk = desk();
    let newer = vec![MessageId::random()];
    let newest = EventSeq(41);
    let guard = StaleGuard::Seen {
        newer: newer.clone(),
        newest,
    };
    let admin = actor(&desk, Asker::Admin);
    let refused = reply(&desk.conversations[0], &admin, text(), guard, NOW);
    assert_eq!(refused, Err(Refusal::Stale { newest, newer }));
}

#[test]
fn only_a_colleague_who_can_work_is_assigned() {
    let desk = desk();
    let admin = actor(&desk, Asker::Admin);
    let on = &desk.conversations[0];
    let give = |which: usize| {
        let command = Assign {
            user: Assignee::User(&desk.users[which]),
            team: Field::Keep,
        };
        assign(on, &admin, command, NOW)
    };
    let unable = Err(Refusal::Invalid {
        field: "assignee_id",
        problem: "cannot work on conversations",
    });
    assert_eq!(give(3), unable, "a viewer");
    assert_eq!(give(4), unable, "a disabled user");
    assert_eq!(give(5), Err(Refusal::missing("assignee_id")), "a stranger");
    let foreign_team = build::team(desk.users[5].account_id);
    let command = Assign {
        user: Assignee::Keep,
        team: Field::Set(&foreign_team),
    };
    let refused = assign(on, &admin, command, NOW);
    assert_eq!(refused, Err(Refusal::missing("team_id")));
}

#[test]
fn two_who_take_at_once_do_not_both_win() {
    let mut desk = desk();
    desk.conversations[0].assignee_id = Some(UserId(1));
    let take = Assign {
        user: Assignee::Taker,
        team: Field::Keep,
    };
    let on = &desk.conversations[0];
    let member = actor(&desk, Asker::Member);
    let by = Some(UserId(1));
    assert_eq!(
        assign(on, &member, take, NOW),
        Err(Refusal::AlreadyDone { by })
    );
    let admin = actor(&desk, Asker::Admin);
    assert_eq!(assign(on, &admin, take, NOW), Ok(Decision::nothing()));
    let system = Actor::system(desk.account);
    assert_eq!(assign(on, &system, take, NOW), Err(Refusal::Forbidden));
}

#[test]
fn fields_that_cannot_be_are_named() {
    let desk = desk();
    let admin = actor(&desk, Asker::Admin);
    let on = &desk.conversations[0];
    let past = SnoozeFor::Until(NOW);
    let not_future = Err(Refusal::Invalid {
        field: "snoozed_until",
        problem: "is not in the future",
    });
    assert_eq!(snooze(on, &admin, past, NOW), not_future);
    let status = Edit {
        status: Some(NewStatus::Snoozed(past)),
        ..Edit::default()
    };
    assert_eq!(edit(on, &admin, status, NOW), not_future);
    let moved = move_inbox(on, &admin, &desk.inboxes[2], NOW);
    assert_eq!(moved, Err(Refusal::missing("inbox_id")));

    let mut mention = text();
    mention.mentions = vec![desk.users[5].clone()];
    let refused = note(on, &admin, mention, NOW);
    assert_eq!(refused, Err(Refusal::missing("mentioned_user_ids")));
    let long = Written::text(
        MessageId::random(),
        "x".repeat(frontdesk_domain::text::LONGEST_BODY + 1),
    );
    let too_long = Err(Refusal::Invalid {
        field: "body",
        problem: "is too long",
    });
    let refused = reply(on, &admin, long.clone(), StaleGuard::Unchecked, NOW);
    assert_eq!(refused, too_long);
    let system = Actor::system(desk.account);
    let kept = receive(on, &system, on.customer_id, long, NOW);
    assert!(kept.is_ok(), "nothing inbound is refused for its length");
}

#[test]
fn nobody_speaks_for_another_customer() {
    let desk = desk();
    let on = &desk.conversations[0];
    for asks in [actor(&desk, Asker::Admin), Actor::system(desk.account)] {
        let refused = receive(on, &asks, desk.customers[1].id, text(), NOW);
        assert_eq!(refused, Err(Refusal::Forbidden));
    }
    let seen = messages_seen(on, &actor(&desk, Asker::Admin), &[], NOW);
    assert_eq!(seen, Err(Refusal::Forbidden));
}

fn begin<'a>(desk: &'a Desk, asks: &Actor, change: impl FnOnce(&mut Start<'a>)) -> Option<Refusal> {
    let mut command = Start {
        id: ConversationId::random(),
        customer: &desk.customers[0],
        inbox: None,
        source: Source::Chat,
        subject: None,
        status: None,
        metadata: None,
        first: None,
    };
    change(&mut command);
    start(asks, command, NOW).err()
}

#[test]
fn a_conversation_is_not_begun_with_what_is_not_there() {
    let mut desk = desk();
    let visitor = Actor::customer(desk.account, desk.customers[0].id);
    let another = Actor::customer(desk.account, desk.customers[1].id);
    let missing = Some(Refusal::missing("customer_id"));
    assert_eq!(begin(&desk, &visitor, |_| {}), None);
    assert_eq!(begin(&desk, &another, |_| {}), missing);
    assert_eq!(
        begin(&desk, &actor(&desk, Asker::Stranger), |_| {}),
        missing
    );
    let viewer = actor(&desk, Asker::Viewer);
    assert_eq!(begin(&desk, &viewer, |_| {}), Some(Refusal::Forbidden));
    let closed = begin(&desk, &visitor, |new| new.status = Some(NewStatus::Closed));
    assert_eq!(closed, Some(Refusal::invalid("status")));
    let refused = begin(&desk, &visitor, |new| new.inbox = Some(&desk.inboxes[2]));
    assert_eq!(refused, Some(Refusal::missing("inbox_id")));
    let as_agent = begin(&desk, &visitor, |new| {
        new.first = Some(FirstMessage::ByAgent(text()));
    });
    assert_eq!(as_agent, Some(Refusal::Forbidden));
    desk.customers[0].merged_into = Some(CustomerId::random());
    let gone = Refusal::Conflict("the customer was merged into another");
    assert_eq!(begin(&desk, &visitor, |_| {}), Some(gone));
}

#[test]
fn conversations_that_cannot_be_merged() {
    let desk = desk();
    let admin = actor(&desk, Asker::Admin);
    let [own, also_own, foreign] = [0, 1, 2].map(|at: usize| desk.conversations[at].id);
    let itself = merge(&desk, &admin, own, own);
    assert_eq!(itself, Err(Refusal::invalid("into_id")));
    let across = merge(&desk, &admin, own, foreign);
    let different = "the conversations are of different customers";
    assert_eq!(across, Err(Refusal::Conflict(different)));
    let viewer = merge(&desk, &actor(&desk, Asker::Viewer), own, also_own);
    assert_eq!(viewer, Err(Refusal::Forbidden));
    let stranger = merge(&desk, &actor(&desk, Asker::Stranger), own, also_own);
    assert_eq!(stranger, Err(Refusal::NotFound));
}

#[test]
fn customers_that_cannot_be_merged() {
    let desk = desk();
    let admin = actor(&desk, Asker::Admin);
    let [one, two, proven] = [0, 1, 2].map(|at: usize| desk.customers[at].id);
    let on_purpose = "a customer with a proven identity is merged only on purpose";
    for (from, into) in [(one, proven), (proven, one)] {
        let refused = merge_people(&desk, &admin, from, into, Consent::Ordinary);
        assert_eq!(refused, Err(Refusal::Conflict(on_purpose)));
        assert!(merge_people(&desk, &admin, from, into, Consent::AcrossProof).is_ok());
    }
    let itself = merge_people(&desk, &admin, one, one, Consent::Ordinary);
    assert_eq!(itself, Err(Refusal::invalid("into_id")));
    for (who, refusal) in [
        (Asker::Viewer, Refusal::Forbidden),
        (Asker::Stranger, Refusal::NotFound),
    ] {
        let asks = actor(&desk, who);
        let refused = merge_people(&desk, &asks, one, two, Consent::Ordinary);
        assert_eq!(refused, Err(refusal));
    }
}

#[test]
fn merges_are_undone_once_and_newest_first() {
    let mut desk = desk();
    let admin = actor(&desk, Asker::Admin);
    let [one, two, three] = [0, 1, 2].map(|at: usize| desk.customers[at].id);
    for (from, into) in [(one, two), (two, three)] {
        let decision = merge_people(&desk, &admin, from, into, Consent::AcrossProof).unwrap();
        desk.apply(decision);
        let again = merge_people(&desk, &admin, from, into, Consent::AcrossProof);
        let gone = "the customer was merged into another";
        assert_eq!(again, Err(Refusal::Conflict(gone)));
    }
    let later = Err(Refusal::Conflict("a later merge must be undone first"));
    assert_eq!(undo(&desk, &admin, 0), later);
    let viewer = actor(&desk, Asker::Viewer);
    assert_eq!(undo(&desk, &viewer, 1), Err(Refusal::Forbidden));
    let decision = undo(&desk, &admin, 1).unwrap();
    desk.apply(decision);
    let twice = undo(&desk, &admin, 1);
    assert_eq!(twice, Err(Refusal::AlreadyDone { by: None }));
    assert!(undo(&desk, &admin, 0).is_ok());
}

#[test]
fn customers_stay_merged_while_their_threads_are() {
    let mut desk = desk();
    let admin = actor(&desk, Asker::Admin);
    let [one, two] = [0, 1].map(|at: usize| desk.customers[at].id);
    let decision = merge_people(&desk, &admin, one, two, Consent::Ordinary).unwrap();
    desk.apply(decision);
    let (from, into) = (desk.conversations[0].id, desk.conversations[2].id);
    let decision = merge(&desk, &admin, from, into).unwrap();
    desk.apply(decision);
    let held = "conversations of both customers were merged since";
    assert_eq!(undo(&desk, &admin, 0), Err(Refusal::Conflict(held)));
    let decision = undo(&desk, &admin, 1).unwrap();
    desk.apply(decision);
    assert!(undo(&desk, &admin, 0).is_ok());
}
