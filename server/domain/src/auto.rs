//! Automatic replies: when the program may answer a customer by itself, and when it passes the conversation
//! on. A person who takes over ends it.

use crate::message::Sender;
use crate::{AccountId, Conversation, InboxId, Message, Source, TeamId, Timestamp};

/// How automatic replies are given in an inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoReplies {
    pub inbox_id: InboxId,
    pub account_id: AccountId,
    /// So often the program answers in a conversation.
    pub max_turns: i64,
    /// What is said when no answer can be made.
    pub apology: String,
    /// What is said when a person takes over.
    pub hand_off: String,
    /// To whom it is passed on.
    pub team_id: Option<TeamId>,
    pub updated_at: Timestamp,
}

/// The most turns that can be set.
pub const MOST_TURNS: i64 = 20;

impl AutoReplies {
    /// What holds where nobody has said anything.
    #[must_use]
    pub fn of(account_id: AccountId, inbox_id: InboxId) -> Self {
        Self {
            inbox_id,
            account_id,
            max_turns: 5,
            apology:
                "I am sorry, I cannot answer that right now. A colleague will get back to you."
                    .to_owned(),
            hand_off: "I am passing this on to a colleague, who will answer you here.".to_owned(),
            team_id: None,
            updated_at: Timestamp(0),
        }
    }
}

/// The metadata of what the program answered by itself.
pub const ANSWERED: &str = r#"{"llm_generated":true}"#;

/// The metadata of the apology.
pub const APOLOGISED: &str = r#"{"llm_generated":true,"fallback":true}"#;

/// The metadata of what is said when a person takes over.
pub const PASSED_ON: &str = r#"{"llm_generated":true,"handed_off":true}"#;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The program may answer.
    Program,
    /// The program says that a person takes over.
    PassOn(Why),
    /// A person's, who gets a draft.
    Person,
}

/// Why it is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The customer asks for a person.
    Asked,
    /// The program has answered often enough.
    TooManyTurns,
}

/// What the customer wants of the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Answer,
    Person,
}

/// Says whose turn it is after the customer wrote.
#[must_use]
pub fn turn(settings: &AutoReplies, held: &Conversation, messages: &[Message], wish: Wish) -> Turn {
    // Somebody is on it, or has written: from then on it is theirs.
    if held.assignee_id.is_some() || held.answered || held.source != Source::Chat {
        return Turn::Person;
    }
    let ours = messages.iter().filter(|it| it.sender == Sender::Bot);
    let ours = ours.filter_map(|it| it.metadata.as_ref().map(|it| it.0.as_str()));
    let ours: Vec<&str> = ours.collect();
    if ours.iter().any(|it| [APOLOGISED, PASSED_ON].contains(it)) {
        return Turn::Person;
    }
    if wish == Wish::Person {
        return Turn::PassOn(Why::Asked);
    }
    let turns = ours.iter().filter(|it| **it == ANSWERED).count();
    if i64::try_from(turns).unwrap_or(i64::MAX) >= settings.max_turns {
        return Turn::PassOn(Why::TooManyTurns);
    }
    Turn::Program
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::{Written, answer_by_bot};
    use crate::json::Json;
    use crate::{Actor, Change, ConversationId, CustomerId, MessageId, UserId};

    fn held() -> Conversation {
        let account_id = AccountId::random();
        Conversation::new(
            ConversationId::random(),
            account_id,
            CustomerId::random(),
            Source::Chat,
            Timestamp(0),
        )
    }

    fn said(held: &Conversation, metadata: &str) -> Message {
        let written = Written {
            metadata: Some(Json(metadata.to_owned())),
            ..Written::text(MessageId::random(), "Five days.")
        };
        let actor = Actor::system(held.account_id);
        let decision = answer_by_bot(held, &actor, written, Timestamp(1)).unwrap();
        let message = decision.changes.into_iter().find_map(|it| match it {
            Change::AddMessage(message) => Some(message),
            _ => None,
        });
        *message.unwrap()
    }

    fn of(held: &Conversation, messages: &[Message], wish: Wish) -> Turn {
        let settings = AutoReplies {
            max_turns: 2,
            ..AutoReplies::of(held.account_id, InboxId::random())
        };
        turn(&settings, held, messages, wish)
    }

    #[test]
    fn the_program_answers_so_often_and_then_a_person_does() {
        let held = held();
        let answer = said(&held, ANSWERED);
        assert_eq!(of(&held, &[], Wish::Answer), Turn::Program);
        assert_eq!(
            of(&held, std::slice::from_ref(&answer), Wish::Answer),
            Turn::Program
        );
        let twice = [answer.clone(), answer.clone()];
        assert_eq!(
            of(&held, &twice, Wish::Answer),
            Turn::PassOn(Why::TooManyTurns)
        );
        assert_eq!(of(&held, &[], Wish::Person), Turn::PassOn(Why::Asked));
        for last in [APOLOGISED, PASSED_ON] {
            let passed = [answer.clone(), said(&held, last)];
            assert_eq!(of(&held, &passed, Wish::Answer), Turn::Person);
            assert_eq!(of(&held, &passed, Wish::Person), Turn::Person, "once");
        }
    }

    #[test]
    fn a_person_who_takes_over_ends_it() {
        let taken = Conversation {
            assignee_id: Some(UserId(1)),
            ..held()
        };
        let answered = Conversation {
            answered: true,
            ..held()
        };
        let by_mail = Conversation {
            source: Source::Email,
            ..held()
        };
        for held in [taken, answered, by_mail] {
            assert_eq!(of(&held, &[], Wish::Answer), Turn::Person);
        }
    }
}
