//! A part of a thread becomes a conversation of its own, and two conversations show each other.

use crate::build::{self, START};
use frontdesk_domain::actor::View;
use frontdesk_domain::decide::*;
use frontdesk_domain::{
    AccountId, Actor, Change, Conversation, ConversationId, Decision, EventKind, EventSeq, Message,
    MessageId, Refusal, Role, Source, Status, Timestamp,
};

const NOW: Timestamp = START.plus_seconds(3_600);

fn agent_of(account: AccountId) -> Actor {
    build::acting(&build::user(2, account, Role::Member), View::All)
}

/// What a decision would store as a message.
fn stored(decision: &Decision) -> Message {
    let found = decision.changes.iter().find_map(|change| match change {
        Change::AddMessage(message) => Some(message.as_ref().clone()),
        _ => None,
    });
    found.unwrap()
}

/// An open mail with a question, an answer and another question.
fn thread(source: Source) -> (Conversation, Vec<Message>, Actor) {
    let account = AccountId::random();
    let customer = build::customer(account);
    let mut held = build::conversation(&customer, source);
    held.waiting_since = Some(NOW);
    let (server, agent) = (Actor::system(account), agent_of(account));
    let text = || Written::text(MessageId::random(), "words");
    let ask = |at| stored(&receive(&held, &server, customer.id, text(), at).unwrap());
    let answer = reply(&held, &agent, text(), StaleGuard::Unchecked, NOW).unwrap();
    let mut messages = vec![ask(START), stored(&answer), ask(NOW)];
    for (seq, message) in (1..).zip(&mut messages) {
        message.seq = EventSeq(seq);
    }
    (held, messages, agent)
}

fn asked<'a>(
    from: &'a Conversation,
    going: &'a [Message],
    stays: Option<&'a Message>,
) -> Split<'a> {
    Split {
        id: ConversationId::random(),
        from,
        going,
        stays,
        line: MessageId::random(),
    }
}

#[test]
fn whoever_waits_for_what_is_split_off_waits_there() {
    let (held, messages, agent) = thread(Source::Email);
    let command = asked(&held, &messages[2..], Some(&messages[1]));
    let decision = split(&agent, &command, NOW).unwrap();
    let Change::CreateConversation(new) = &decision.changes[0] else {
        panic!("{:?}", decision.changes[0]);
    };
    assert_eq!((new.id, new.customer_id), (command.id, held.customer_id));
    assert_eq!((new.status, new.waiting_since), (Status::Open, Some(NOW)));
    assert_eq!(new.last_message_seq, EventSeq(3));
    assert!(!new.answered);
    let left = decision.changes.iter().find_map(|change| match change {
        Change::UpdateConversation { after, .. } => Some(after),
        _ => None,
    });
    assert_eq!(left.unwrap().waiting_since, None);
    let moved = Change::MoveMessages {
        ids: vec![messages[2].id],
        to: command.id,
    };
    assert!(decision.changes.contains(&moved));
    assert_eq!(stored(&decision).body.as_deref(), Some("Split off from #7"));
    assert_eq!(decision.events[0].kind, EventKind::ConversationCreated);
}

#[test]
fn a_split_leaves_something_and_is_refused_where_a_channel_has_one_thread() {
    let (held, messages, agent) = thread(Source::Email);
    let refused = |command: Split<'_>| split(&agent, &command, NOW).unwrap_err();
    assert_eq!(
        refused(asked(&held, &[], Some(&messages[1]))),
        Refusal::invalid("message_ids")
    );
    assert!(matches!(
        refused(asked(&held, &messages, None)),
        Refusal::Invalid {
            field: "message_ids",
            ..
        }
    ));
    let (other, _, _) = thread(Source::Email);
    assert_eq!(
        refused(asked(&other, &messages[2..], Some(&messages[1]))),
        Refusal::NotFound
    );
    let (line, messages, agent) = thread(Source::Sms);
    let command = asked(&line, &messages[2..], Some(&messages[1]));
    assert!(matches!(
        split(&agent, &command, NOW),
        Err(Refusal::Conflict(_))
    ));
}

#[test]
fn a_link_is_told_in_both_and_made_once() {
    let (one, _, agent) = thread(Source::Email);
    let customer = build::customer(one.account_id);
    let mut other = build::conversation(&customer, Source::Chat);
    other.number = 9;
    let pair = |now_is| Pair {
        one: &one,
        other: &other,
        now_is,
        lines: (MessageId::random(), MessageId::random()),
    };
    let decision = link(&agent, pair(Linked::No), Linked::Yes, NOW).unwrap();
    let said = decision.changes.iter().filter_map(|change| match change {
        Change::AddMessage(it) => Some((it.conversation_id, it.body.clone().unwrap())),
        _ => None,
    });
    let said: Vec<_> = said.collect();
    let expected = [
        (one.id, "Linked with #9".to_owned()),
        (other.id, "Linked with #7".to_owned()),
    ];
    assert_eq!(said, expected);
    assert!(
        link(&agent, pair(Linked::Yes), Linked::Yes, NOW)
            .unwrap()
            .is_empty()
    );
    let apart = link(&agent, pair(Linked::Yes), Linked::No, NOW).unwrap();
    assert_eq!(
        stored(&apart).body.as_deref(),
        Some("No longer linked with #9")
    );
    let itself = Pair {
        other: &one,
        ..pair(Linked::No)
    };
    assert!(link(&agent, itself, Linked::Yes, NOW).is_err());
}
