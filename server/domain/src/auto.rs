//! Automatic replies: when the program may answer a customer by itself, and when it passes the conversation
//! on. A person who takes over ends it.

#[cfg(test)]
mod tests;

use crate::{AccountId, Conversation, InboxId, Source, TeamId, Timestamp};

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
    /// Where customers are answered without an agent.
    pub channels: Vec<Source>,
    /// To whom it is passed on.
    pub team_id: Option<TeamId>,
    pub updated_at: Timestamp,
}

/// The most turns that can be set.
pub const MOST_TURNS: i64 = 20;

/// The longest words that can be set, in UTF-16 units: the shortest channel takes them.
pub const LONGEST_WORDS: usize = 1_600;

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
            // Whoever let chats be answered has not said that mails may be.
            channels: vec![Source::Chat],
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

/// How a channel takes answers without an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// The customer sees that somebody writes.
    Live,
    /// What is said goes out by another service, where a program may listen and answer by itself.
    Sent,
    /// Nothing from here reaches a customer, or another program speaks with them.
    Closed,
}

impl Channel {
    /// The channel of what came from here.
    #[must_use]
    pub const fn of(source: Source) -> Self {
        match source {
            Source::Chat => Self::Live,
            Source::Email
            | Source::Sms
            | Source::Whatsapp
            | Source::Telegram
            | Source::Slack
            | Source::Custom => Self::Sent,
            Source::Mattermost | Source::Api | Source::Sandbox => Self::Closed,
        }
    }
}

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
    /// To be left alone, or only to open the line: nothing was asked.
    Nothing,
}

/// Who wrote what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    Customer,
    /// A program: an answer to it may be answered by it, without end (RFC 3834).
    Program,
    /// Somebody who is not the customer, whom an answer would not go to.
    Stranger,
}

/// What the program has said in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    pub answers: i64,
    /// It has said that a person takes over, or that it cannot answer.
    pub has_passed_on: bool,
}

impl Said {
    /// What the metadata of the messages of programs tell. Some are not ours.
    pub fn of<'a>(metadata: impl Iterator<Item = &'a str>) -> Self {
        metadata.fold(Self::default(), |said, it| match it {
            ANSWERED => Self {
                answers: said.answers + 1,
                ..said
            },
            APOLOGISED | PASSED_ON => Self {
                has_passed_on: true,
                ..said
            },
            _ => said,
        })
    }
}

/// What is known of a message that waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub wish: Wish,
    pub writer: Writer,
    pub said: Said,
    /// How often programs wrote to the customer within a day, in all their conversations.
    pub lately: i64,
}

/// So often the program writes to one customer within a day where a program may listen. One that says of
/// itself that it is one gets nothing; this ends the talk with one that does not.
pub const MOST_A_DAY: i64 = 30;

/// Says whose turn it is after the customer wrote.
#[must_use]
pub fn turn(settings: &AutoReplies, held: &Conversation, waiting: &Waiting) -> Turn {
    // Somebody is on it, or has written: from then on it is theirs.
    if held.assignee_id.is_some() || held.answered || waiting.said.has_passed_on {
        return Turn::Person;
    }
    let is_wanted = settings.channels.contains(&held.source);
    let may = match Channel::of(held.source) {
        _ if !is_wanted => false,
        Channel::Live => true,
        Channel::Sent => waiting.lately < MOST_A_DAY,
        Channel::Closed => false,
    };
    if !may || waiting.writer != Writer::Customer {
        return Turn::Person;
    }
    match waiting.wish {
        Wish::Nothing => Turn::Person,
        Wish::Person => Turn::PassOn(Why::Asked),
        Wish::Answer if waiting.said.answers >= settings.max_turns => {
            Turn::PassOn(Why::TooManyTurns)
        }
        Wish::Answer => Turn::Program,
    }
}
