//! Topics: every text a client may join, parsed once into typed ids. Nothing is matched by
//! prefix alone, so an id that is not exactly an id never reaches a lookup.

use crate::id::{AccountId, BrowserSessionId, ConversationId, CustomerId};
use std::fmt;
use std::str::FromStr;

/// What a topic is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The transport itself: heartbeats.
    Phoenix,
    /// One thread.
    Conversation(ConversationId),
    /// Where a customer without an open thread waits, or the test topic without a customer.
    ConversationLobby(Option<CustomerId>),
    /// Everything an account's agents hear.
    Notification(AccountId),
    /// Which agents are there, for anyone. The text is an account's id, but need not exist.
    Room(String),
    /// Reserved for agents of the account; nothing is said there.
    Events(AccountId),
    /// A recorded visit, as the visited page sees it.
    Replay(AccountId, BrowserSessionId),
    /// All recorded visits of an account, for its agents.
    ReplayIndex(AccountId),
    /// A recorded visit, as an agent sees it.
    ReplayWatch(AccountId, BrowserSessionId),
    /// The issues of one customer.
    IssueLobby(CustomerId),
}

/// Which family of topics a text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// `conversation:*`
    Conversation,
    /// `notification:*`
    Notification,
    /// `events:*`
    Events,
    /// `issue:*`
    Issue,
}

/// Why a text is not a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTopic {
    /// No pattern matches.
    #[error("unmatched topic")]
    Unmatched,
    /// The family exists, but nothing in it can have this name. It is answered as something
    /// that belongs to somebody else.
    #[error("no such topic")]
    Nowhere(Family),
}

impl FromStr for Topic {
    type Err = BadTopic;

    fn from_str(text: &str) -> Result<Self, BadTopic> {
        if text == "phoenix" {
            return Ok(Self::Phoenix);
        }
        let (family, rest) = text.split_once(':').ok_or(BadTopic::Unmatched)?;
        let (family, topic) = match family {
            "conversation" => (Family::Conversation, conversation(rest)),
            "notification" => (Family::Notification, id(rest).map(Self::Notification)),
            "room" => return Ok(Self::Room(rest.to_owned())),
            "events" => (Family::Events, events(rest)),
            "issue" => (Family::Issue, issue(rest)),
            _ => return Err(BadTopic::Unmatched),
        };
        topic.ok_or(BadTopic::Nowhere(family))
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phoenix => f.write_str("phoenix"),
            Self::Conversation(id) => write!(f, "conversation:{id}"),
            Self::ConversationLobby(Some(id)) => write!(f, "conversation:lobby:{id}"),
            Self::ConversationLobby(None) => f.write_str("conversation:lobby"),
            Self::Notification(id) => write!(f, "notification:{id}"),
            Self::Room(text) => write!(f, "room:{text}"),
            Self::Events(account) => write!(f, "events:{account}"),
            Self::Replay(account, session) => write!(f, "events:{account}:{session}"),
            Self::ReplayIndex(account) => write!(f, "events:admin:{account}:all"),
            Self::ReplayWatch(account, session) => write!(f, "events:admin:{account}:{session}"),
            Self::IssueLobby(id) => write!(f, "issue:lobby:{id}"),
        }
    }
}

fn conversation(rest: &str) -> Option<Topic> {
    if rest == "lobby" {
        return Some(Topic::ConversationLobby(None));
    }
    match rest.strip_prefix("lobby:") {
        Some(customer) => id(customer).map(|id| Topic::ConversationLobby(Some(id))),
        None => id(rest).map(Topic::Conversation),
    }
}

fn events(rest: &str) -> Option<Topic> {
    let Some(admin) = rest.strip_prefix("admin:") else {
        return match rest.split_once(':') {
            None => id(rest).map(Topic::Events),
            Some((account, session)) => Some(Topic::Replay(id(account)?, id(session)?)),
        };
    };
    match admin.split_once(':')? {
        (account, "all") => id(account).map(Topic::ReplayIndex),
        (account, session) => Some(Topic::ReplayWatch(id(account)?, id(session)?)),
    }
}

fn issue(rest: &str) -> Option<Topic> {
    id(rest.strip_prefix("lobby:")?).map(Topic::IssueLobby)
}

/// An id in the one form the server itself writes; another spelling would be another topic.
fn id<T: FromStr>(text: &str) -> Option<T> {
    let canonical = text.bytes().all(|byte| !byte.is_ascii_uppercase());
    if canonical { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_topic_reads_back() {
        let (account, session) = (AccountId::random(), BrowserSessionId::random());
        let customer = CustomerId::random();
        let all = [
            Topic::Phoenix,
            Topic::Conversation(ConversationId::random()),
            Topic::ConversationLobby(None),
            Topic::ConversationLobby(Some(customer)),
            Topic::Notification(account),
            Topic::Room("anything: at all".to_owned()),
            Topic::Room(String::new()),
            Topic::Events(account),
            Topic::Replay(account, session),
            Topic::ReplayIndex(account),
            Topic::ReplayWatch(account, session),
            Topic::IssueLobby(customer),
        ];
        for topic in all {
            assert_eq!(topic.to_string().parse(), Ok(topic.clone()), "{topic}");
        }
    }

    #[test]
    fn only_exact_texts_are_topics() {
        let id = ConversationId::random();
        for text in [
            "",
            "phoenix:",
            "phoenixx",
            "rooms:1",
            "conversation",
            "lobby",
            "*",
            "user:1",
        ] {
            assert_eq!(text.parse::<Topic>(), Err(BadTopic::Unmatched), "{text}");
        }
        let nowhere = [
            (Family::Conversation, "conversation:*".to_owned()),
            (Family::Conversation, "conversation:%".to_owned()),
            (Family::Conversation, format!("conversation:{id} ")),
            (
                Family::Conversation,
                format!("conversation:{}", id.to_string().to_uppercase()),
            ),
            (
                Family::Conversation,
                format!("conversation:{}", id.0.simple()),
            ),
            (Family::Conversation, format!("conversation:{id}:{id}")),
            (Family::Conversation, "conversation:lobby:".to_owned()),
            (Family::Notification, "notification:1".to_owned()),
            (Family::Events, format!("events:admin:{id}")),
            (Family::Events, format!("events:{id}:all")),
            (Family::Events, format!("events:admin:{id}:{id}:x")),
            (Family::Issue, format!("issue:{id}")),
        ];
        for (family, text) in nowhere {
            // An id without a letter is the same in both cases; such a draw proves nothing.
            if text.parse::<Topic>() != Ok(Topic::Conversation(id)) {
                assert_eq!(
                    text.parse::<Topic>(),
                    Err(BadTopic::Nowhere(family)),
                    "{text}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn what_parses_has_one_spelling(text in "(conversation|notification|room|events|issue)?:?.*") {
            if let Ok(topic) = text.parse::<Topic>() {
                prop_assert_eq!(topic.to_string(), text);
            }
        }
    }
}
