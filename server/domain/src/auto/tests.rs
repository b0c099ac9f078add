//! Whose turn it is, on every channel.

use super::*;
use crate::{ConversationId, CustomerId, UserId};

const ASKED: Waiting = Waiting {
    wish: Wish::Answer,
    writer: Writer::Customer,
    said: Said {
        answers: 0,
        has_passed_on: false,
    },
    lately: 0,
};

/// Channels on which something said here reaches a customer.
const OPEN: [Source; 7] = [
    Source::Chat,
    Source::Email,
    Source::Sms,
    Source::Whatsapp,
    Source::Telegram,
    Source::Slack,
    Source::Custom,
];

fn held(source: Source) -> Conversation {
    Conversation::new(
        ConversationId::random(),
        AccountId::random(),
        CustomerId::random(),
        source,
        Timestamp(0),
    )
}

fn of(held: &Conversation, waiting: Waiting) -> Turn {
    let settings = AutoReplies {
        max_turns: 2,
        channels: Source::ALL.to_vec(),
        ..AutoReplies::of(held.account_id, InboxId::random())
    };
    turn(&settings, held, &waiting)
}

fn after(metadata: &[&str]) -> Waiting {
    let said = Said::of(metadata.iter().copied());
    Waiting { said, ..ASKED }
}

#[test]
fn the_program_answers_so_often_and_then_a_person_does() {
    for held in OPEN.map(held) {
        let asks_for_one = |waiting| Waiting {
            wish: Wish::Person,
            ..waiting
        };
        assert_eq!(of(&held, ASKED), Turn::Program, "{}", held.source);
        assert_eq!(of(&held, after(&[ANSWERED, "{}"])), Turn::Program);
        let twice = after(&[ANSWERED, ANSWERED]);
        assert_eq!(of(&held, twice), Turn::PassOn(Why::TooManyTurns));
        assert_eq!(of(&held, asks_for_one(ASKED)), Turn::PassOn(Why::Asked));
        for last in [APOLOGISED, PASSED_ON] {
            let passed = after(&[ANSWERED, last]);
            assert_eq!(of(&held, passed), Turn::Person);
            assert_eq!(of(&held, asks_for_one(passed)), Turn::Person, "once");
        }
    }
}

#[test]
fn a_person_who_takes_over_ends_it() {
    for source in OPEN {
        let taken = Conversation {
            assignee_id: Some(UserId(1)),
            ..held(source)
        };
        let answered = Conversation {
            answered: true,
            ..held(source)
        };
        for held in [taken, answered] {
            assert_eq!(of(&held, ASKED), Turn::Person, "{source}");
        }
    }
}

#[test]
fn programs_strangers_and_who_asks_nothing_get_nothing() {
    for held in OPEN.map(held) {
        for writer in [Writer::Program, Writer::Stranger] {
            for wish in [Wish::Answer, Wish::Person] {
                let waiting = Waiting {
                    writer,
                    wish,
                    ..ASKED
                };
                assert_eq!(of(&held, waiting), Turn::Person, "{writer:?}");
            }
        }
        let wish = Wish::Nothing;
        assert_eq!(of(&held, Waiting { wish, ..ASKED }), Turn::Person);
    }
}

#[test]
fn an_inbox_answers_on_the_channels_it_names() {
    let chat_alone = AutoReplies::of(AccountId::random(), InboxId::random());
    let mail_alone = AutoReplies {
        channels: vec![Source::Email],
        ..chat_alone.clone()
    };
    for source in OPEN {
        for (settings, wanted) in [(&chat_alone, Source::Chat), (&mail_alone, Source::Email)] {
            let turn = turn(settings, &held(source), &ASKED);
            assert_eq!(turn == Turn::Program, source == wanted, "{source}");
        }
    }
}

#[test]
fn a_channel_that_leads_nowhere_is_a_person_s() {
    for source in Source::ALL {
        let waits = of(&held(*source), ASKED);
        let is_open = OPEN.contains(source);
        assert_eq!(waits == Turn::Program, is_open, "{source}");
    }
}

#[test]
fn where_a_program_may_listen_the_talk_ends_also_when_it_hides() {
    for source in OPEN {
        let often = Waiting {
            lately: MOST_A_DAY,
            ..ASKED
        };
        let sees = Channel::of(source) == Channel::Live;
        let turn = of(&held(source), often);
        assert_eq!(turn == Turn::Program, sees, "{source}");
        // Nothing is said at the end, which would be one message more.
        let wish = Wish::Person;
        let turn = of(&held(source), Waiting { wish, ..often });
        assert_eq!(turn == Turn::Person, !sees, "{source}");
    }
}
