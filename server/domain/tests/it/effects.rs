//! What each decision does, by example. The effects of messages are a contract with existing
//! clients.

use crate::build::{self, START};
use frontdesk_domain::account::User;
use frontdesk_domain::actor::View;
use frontdesk_domain::conversation::Snooze;
use frontdesk_domain::decide::*;
use frontdesk_domain::decision::{Place, Subject};
use frontdesk_domain::message::Sender;
use frontdesk_domain::{
    AccountId, Actor, Change, Conversation, ConversationId, Customer, Decision, DeliveryState,
    EventKind, EventSeq, MentionId, Message, MessageId, MessageKind, Role, Source, Status,
    Timestamp, UserId,
};

const NOW: Timestamp = START.plus_seconds(3_600);

struct Scene {
    customer: Customer,
    user: User,
    agent: Actor,
    system: Actor,
    chat: Conversation,
}

fn scene() -> Scene {
    let account = AccountId::random();
    let customer = build::customer(account);
    let user = build::user(2, account, Role::Member);
    Scene {
        agent: build::acting(&user, View::All),
        system: Actor::system(account),
        chat: build::conversation(&customer, Source::Chat),
        customer,
        user,
    }
}

impl Scene {
    fn visitor(&self) -> Actor {
        Actor::customer(self.customer.account_id, self.customer.id)
    }
}

fn text() -> Written {
    Written::text(MessageId::random(), "hello")
}

fn after(decision: &Decision) -> &Conversation {
    let found = decision.changes.iter().find_map(|change| match change {
        Change::UpdateConversation { after, .. } => Some(after.as_ref()),
        Change::CreateConversation(new) => Some(new.as_ref()),
        _ => None,
    });
    found.unwrap()
}

fn message(decision: &Decision) -> &Message {
    let found = decision.changes.iter().find_map(|change| match change {
        Change::AddMessage(message) => Some(message.as_ref()),
        _ => None,
    });
    found.unwrap()
}

fn kinds(decision: &Decision) -> Vec<EventKind> {
    decision.events.iter().map(|event| event.kind).collect()
}

#[test]
fn a_customers_message_reopens_wakes_and_brings_back() {
    let scene = scene();
    let mut chat = scene.chat.clone();
    chat.status = Status::Closed;
    chat.closed_at = Some(START);
    chat.archived_at = Some(START);
    chat.read = true;
    let from = scene.customer.id;
    let decision = receive(&chat, &scene.visitor(), from, text(), NOW).unwrap();
    let is = after(&decision);
    assert_eq!(
        (is.status, is.closed_at, is.archived_at),
        (Status::Open, None, None)
    );
    assert!(!is.read);
    assert_eq!(is.waiting_since, Some(NOW));
    assert_eq!(is.last_activity_at, Some(NOW));
    assert_eq!((is.version, is.updated_at), (2, NOW));
    let expected = [EventKind::MessageCreated, EventKind::ConversationUpdated];
    assert_eq!(kinds(&decision), expected);
}

#[test]
fn what_a_blocked_customer_writes_is_spam_that_nobody_waits_on() {
    let scene = scene();
    let from = scene.customer.id;
    let mut chat = scene.chat.clone();
    chat.archived_at = Some(START);
    chat.waiting_since = Some(START);
    let decision = receive_from_blocked(&chat, &scene.system, from, text(), NOW).unwrap();
    let is = after(&decision);
    assert_eq!((is.status, is.archived_at), (Status::Spam, None));
    assert_eq!((is.read, is.waiting_since), (false, None));
    assert_eq!(message(&decision).sender, Sender::Customer(from));
    // Where it is spam already, a customer who is not blocked does not bring it back.
    let decision = receive(is, &scene.system, from, text(), NOW).unwrap();
    assert_eq!(after(&decision).status, Status::Spam);
    let blocked = Customer {
        blocked_at: Some(START),
        ..scene.customer.clone()
    };
    let first = |by| Start {
        id: ConversationId::random(),
        customer: &blocked,
        inbox: None,
        source: Source::Chat,
        subject: None,
        status: None,
        metadata: None,
        first: Some(by),
    };
    let begun = start(
        &scene.visitor(),
        first(FirstMessage::ByCustomer(text())),
        NOW,
    )
    .unwrap();
    assert_eq!(after(&begun).status, Status::Spam);
    let begun = start(&scene.agent, first(FirstMessage::ByAgent(text())), NOW).unwrap();
    assert_eq!(after(&begun).status, Status::Open);
}

#[test]
fn a_second_message_of_the_customer_tells_nothing_new_of_the_conversation() {
    let scene = scene();
    let mut chat = scene.chat.clone();
    chat.waiting_since = Some(START);
    let from = scene.customer.id;
    let decision = receive(&chat, &scene.system, from, text(), NOW).unwrap();
    assert_eq!(kinds(&decision), [EventKind::MessageCreated]);
    assert_eq!(after(&decision).waiting_since, Some(START));
    assert_eq!(message(&decision).sender, Sender::Customer(from));
}

#[test]
fn the_first_message_of_any_agent_takes_the_conversation() {
    let scene = scene();
    let mut chat = scene.chat.clone();
    chat.waiting_since = Some(START);
    let by_reply = reply(&chat, &scene.agent, text(), StaleGuard::Unchecked, NOW).unwrap();
    let by_note = note(&chat, &scene.agent, text(), NOW).unwrap();
    for decision in [&by_reply, &by_note] {
        let is = after(decision);
        assert_eq!(is.assignee_id, Some(scene.user.id));
        assert!(is.read && is.answered);
        let told = &decision.events[1];
        assert_eq!(told.kind, EventKind::ConversationUpdated);
        assert_eq!(
            told.moved_from,
            Some(Place {
                inbox_id: None,
                assignee_id: None
            })
        );
    }
    assert_eq!(after(&by_reply).waiting_since, None);
    assert_eq!(after(&by_note).waiting_since, Some(START));
    assert!(message(&by_note).private && !message(&by_reply).private);
}

#[test]
fn a_later_reply_assigns_nobody_and_reopens_nothing() {
    let scene = scene();
    let mut chat = scene.chat.clone();
    chat.answered = true;
    chat.read = true;
    chat.status = Status::Closed;
    chat.closed_at = Some(START);
    let decision = reply(&chat, &scene.agent, text(), StaleGuard::Unchecked, NOW).unwrap();
    let is = after(&decision);
    assert_eq!((is.assignee_id, is.status), (None, Status::Closed));
    assert_eq!(kinds(&decision), [EventKind::MessageCreated]);
}

#[test]
fn what_goes_out_by_another_service_is_queued() {
    let scene = scene();
    for source in Source::ALL {
        let conversation = build::conversation(&scene.customer, *source);
        let sent = |decision: &Decision| message(decision).delivery.state;
        let replied = reply(
            &conversation,
            &scene.agent,
            text(),
            StaleGuard::Unchecked,
            NOW,
        );
        let noted = note(&conversation, &scene.agent, text(), NOW);
        let outside = !matches!(
            source,
            Source::Chat | Source::Mattermost | Source::Api | Source::Sandbox
        );
        let expected = match outside {
            true => DeliveryState::Queued,
            false => DeliveryState::Sent,
        };
        assert_eq!(sent(&replied.unwrap()), expected, "{source}");
        assert_eq!(sent(&noted.unwrap()), DeliveryState::Sent, "{source}");
    }
}

#[test]
fn the_bot_leaves_it_unread_and_the_customer_waiting() {
    let scene = scene();
    let mut chat = scene.chat.clone();
    chat.read = true;
    chat.waiting_since = Some(START);
    let decision = answer_by_bot(&chat, &scene.system, text(), NOW).unwrap();
    let is = after(&decision);
    assert_eq!((is.read, is.answered), (false, false));
    assert_eq!(is.waiting_since, Some(START));
    assert_eq!(message(&decision).kind, MessageKind::Bot);
}

#[test]
fn a_line_of_the_server_is_private_and_no_activity() {
    let scene = scene();
    let decision = system_line(&scene.chat, &scene.system, text(), NOW).unwrap();
    assert_eq!(kinds(&decision), [EventKind::MessageCreated]);
    assert_eq!(after(&decision).last_activity_at, None);
    assert!(message(&decision).private);
}

#[test]
fn a_forced_reply_goes_through_and_into_the_audit_log() {
    let scene = scene();
    let forced = |newer| StaleGuard::Forced {
        newer,
        newest: EventSeq(8),
    };
    let audited = |guard| {
        let decision = reply(&scene.chat, &scene.agent, text(), guard, NOW).unwrap();
        decision
            .changes
            .into_iter()
            .find_map(|change| match change {
                Change::Audit(entry) => Some((entry.user_id, entry.action)),
                _ => None,
            })
    };
    let entry = audited(forced(vec![MessageId::random()]));
    assert_eq!(entry, Some((Some(UserId(2)), "reply.forced".to_owned())));
    assert_eq!(audited(forced(Vec::new())), None);
}

#[test]
fn a_conversation_is_told_before_its_first_message() {
    let scene = scene();
    let command = |first| Start {
        id: ConversationId::random(),
        customer: &scene.customer,
        inbox: None,
        source: Source::Chat,
        subject: None,
        status: None,
        metadata: None,
        first,
    };
    let expected = [EventKind::ConversationCreated, EventKind::MessageCreated];

    let asked = command(Some(FirstMessage::ByCustomer(text())));
    let asked = start(&scene.visitor(), asked, NOW).unwrap();
    assert_eq!(kinds(&asked), expected);
    assert_eq!(after(&asked).waiting_since, Some(NOW));
    assert_eq!(asked.events[1].subject, Subject::Id(message(&asked).id.0));

    let written = command(Some(FirstMessage::ByAgent(text())));
    let written = start(&scene.agent, written, NOW).unwrap();
    assert_eq!(kinds(&written), expected);
    let is = after(&written);
    assert!(is.read && is.answered);
    assert_eq!(is.assignee_id, Some(scene.user.id));

    let silent = start(&scene.agent, command(None), NOW).unwrap();
    assert_eq!(kinds(&silent), [EventKind::ConversationCreated]);
    assert_eq!(after(&silent).last_activity_at, None);
}

#[test]
fn closing_ends_snooze_and_waiting() {
    let scene = scene();
    let mut chat = scene.chat.clone();
    chat.waiting_since = Some(START);
    let snoozed = snooze(&chat, &scene.agent, SnoozeFor::UntilReply, NOW).unwrap();
    let closed = close(after(&snoozed), &scene.agent, NOW).unwrap();
    let is = after(&closed);
    assert_eq!((is.status, is.closed_at), (Status::Closed, Some(NOW)));
    assert_eq!((is.snooze, is.waiting_since), (None, None));
    assert_eq!(is.last_activity_at, Some(NOW));
    assert!(
        close(is, &scene.agent, NOW.plus_seconds(9))
            .unwrap()
            .is_empty()
    );
    let open = reopen(is, &scene.agent, NOW).unwrap();
    assert_eq!(
        (after(&open).status, after(&open).closed_at),
        (Status::Open, None)
    );
}

#[test]
fn a_closing_taken_back_leaves_the_customer_waiting_since_before() {
    let scene = scene();
    let mut chat = scene.chat.clone();
    chat.waiting_since = Some(START);
    let closed = close(&chat, &scene.agent, NOW).unwrap();
    let open = |is: &Conversation, since| {
        let command = Edit {
            status: Some(NewStatus::Open),
            waiting_since: Some(since),
            ..Edit::default()
        };
        edit(is, &scene.agent, command, NOW).unwrap()
    };
    let again = open(after(&closed), START);
    let is = after(&again);
    assert_eq!((is.status, is.closed_at), (Status::Open, None));
    assert_eq!(is.waiting_since, Some(START));
    // Nobody waits since a time that has not come.
    let early = open(after(&closed), NOW.plus_seconds(60));
    assert_eq!(after(&early).waiting_since, Some(NOW));
    // What was opened meanwhile knows better who waits.
    assert!(open(is, NOW).is_empty());
}

#[test]
fn a_snooze_ends_at_its_time_and_not_before() {
    let scene = scene();
    let until = NOW.plus_seconds(60);
    let wanted = SnoozeFor::UntilReplyOr(until);
    let snoozed = snooze(&scene.chat, &scene.agent, wanted, NOW).unwrap();
    let is = after(&snoozed);
    assert_eq!(
        is.snooze,
        Some(Snooze {
            until: Some(until),
            until_reply: true
        })
    );
    assert!(
        wake(is, &scene.system, until.plus_seconds(-1))
            .unwrap()
            .is_empty()
    );
    let woken = wake(is, &scene.system, until).unwrap();
    assert_eq!(after(&woken).status, Status::Open);
    assert_eq!(after(&woken).last_activity_at, Some(until));
    assert!(
        wake(after(&woken), &scene.system, until)
            .unwrap()
            .is_empty()
    );

    let by_reply = snooze(&scene.chat, &scene.agent, SnoozeFor::UntilReply, NOW).unwrap();
    let years = NOW.plus_seconds(100_000_000);
    assert!(
        wake(after(&by_reply), &scene.system, years)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn reading_sees_ones_own_mentions() {
    let scene = scene();
    let reading = Reading::Read {
        unseen_mentions: vec![MentionId::random()],
    };
    let decision = set_read(&scene.chat, &scene.agent, &reading, NOW).unwrap();
    assert_eq!(kinds(&decision), [EventKind::ConversationUpdated]);
    assert!(decision.changes.contains(&Change::MarkMentionsSeen {
        conversation_id: scene.chat.id,
        user_id: scene.user.id,
        at: NOW,
    }));
    let seen = Reading::Read {
        unseen_mentions: Vec::new(),
    };
    let again = set_read(after(&decision), &scene.agent, &seen, NOW).unwrap();
    assert!(again.is_empty());
}

#[test]
fn the_customer_sees_each_message_once() {
    let scene = scene();
    let unseen = [MessageId::random(), MessageId::random()];
    let decision = messages_seen(&scene.chat, &scene.visitor(), &unseen, NOW).unwrap();
    assert_eq!(decision.changes.len(), 1);
    assert_eq!(kinds(&decision), [EventKind::MessageUpdated; 2]);
    let nothing = messages_seen(&scene.chat, &scene.visitor(), &[], NOW).unwrap();
    assert!(nothing.is_empty());
}

#[test]
fn several_changes_are_told_at_once() {
    let scene = scene();
    let inbox = build::inbox(scene.customer.account_id);
    let team = build::team(scene.customer.account_id);
    let command = Edit {
        status: Some(NewStatus::Closed),
        assignee: Assignee::User(&scene.user),
        team: Field::Set(&team),
        inbox: Some(&inbox),
        subject: Field::Set("Re:\u{1b}x".to_owned()),
        ..Edit::default()
    };
    let decision = edit(&scene.chat, &scene.agent, command, NOW).unwrap();
    assert_eq!(kinds(&decision), [EventKind::ConversationUpdated]);
    assert_eq!(decision.events[0].moved_from, Some(scene.chat.place()));
    let is = after(&decision);
    assert_eq!(is.status, Status::Closed);
    assert_eq!(is.team_id, Some(team.id));
    assert_eq!(is.subject.as_deref(), Some("Re:␛x"));

    let undo = Edit {
        assignee: Assignee::Nobody,
        subject: Field::Clear,
        ..Edit::default()
    };
    let undone = edit(is, &scene.agent, undo, NOW).unwrap();
    assert_eq!(
        (after(&undone).assignee_id, after(&undone).subject.as_ref()),
        (None, None)
    );
    let nothing = edit(is, &scene.agent, Edit::default(), NOW).unwrap();
    assert!(nothing.is_empty());
}

#[test]
fn a_message_is_stored_clean_with_the_original_beside_it() {
    let scene = scene();
    let mut written = Written::text(MessageId::random(), "\u{1b}[2Jboo");
    written.mentions = vec![scene.user.clone(), scene.user.clone()];
    written.sent_at = Some(START);
    let decision = note(&scene.chat, &scene.agent, written, NOW).unwrap();
    let stored = message(&decision);
    assert_eq!(stored.body.as_deref(), Some("␛[2Jboo"));
    assert_eq!(stored.original.as_deref(), Some("\u{1b}[2Jboo"));
    assert_eq!(stored.mentions, [scene.user.id]);
    assert_eq!((stored.sent_at, stored.created_at), (Some(START), NOW));
}
