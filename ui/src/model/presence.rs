//! Who else is here, and who is typing.

use crate::msg::Typist;
use frontdesk_protocol::id::{ConversationId, UserId};
use frontdesk_protocol::time::Timestamp;
use std::collections::HashMap;

/// Who looks at what, as the server told it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Presence {
    pub online: Vec<UserId>,
    pub viewing: Vec<(ConversationId, UserId)>,
}

/// Everybody else.
#[derive(Debug, Clone, Default)]
pub struct Everybody {
    pub online: Vec<UserId>,
    viewing: HashMap<ConversationId, Vec<UserId>>,
    typing: Vec<(ConversationId, Typist, Timestamp)>,
}

impl Everybody {
    /// Takes in what the server told.
    pub fn take(&mut self, told: Presence) {
        self.online = told.online;
        self.viewing.clear();
        for (conversation, user) in told.viewing {
            self.viewing.entry(conversation).or_default().push(user);
        }
    }

    /// Somebody typed; it is shown until `until`.
    pub fn typed(&mut self, conversation: ConversationId, who: Typist, until: Timestamp) {
        self.typing
            .retain(|(at, typist, _)| (*at, *typist) != (conversation, who));
        self.typing.push((conversation, who, until));
    }

    /// Forgets who has stopped typing.
    pub fn pass(&mut self, now: Timestamp) {
        self.typing.retain(|(_, _, until)| *until > now);
    }

    /// Which colleagues look at a conversation.
    #[must_use]
    pub fn viewing(&self, conversation: ConversationId) -> &[UserId] {
        self.viewing.get(&conversation).map_or(&[], Vec::as_slice)
    }

    /// Who is typing in a conversation.
    pub fn typing(&self, conversation: ConversationId) -> impl Iterator<Item = Typist> {
        self.typing
            .iter()
            .filter(move |(at, _, _)| *at == conversation)
            .map(|(_, who, _)| *who)
    }

    /// When the next of them is forgotten.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.typing.iter().map(|(_, _, until)| *until).min()
    }
}
