//! Who is told outside the program, of what, and when not.

use crate::actor::View;
use crate::message::Sender;
use crate::{
    AccountId, Conversation, InboxId, Message, MessageKind, PushService, Timestamp, UserId,
};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// What a user chose.
#[derive(Clone, PartialEq, Eq)]
pub struct Notify {
    /// What the sealed token is bound to.
    pub id: Uuid,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub service: PushService,
    pub url: String,
    /// What the service wants to see. Kept as the server seals it.
    pub token: Option<Vec<u8>>,
    /// What happens in conversations that are assigned to the user, and being assigned.
    pub on_assigned: bool,
    pub on_mentioned: bool,
    /// What customers write that nobody has yet, in the user's own inboxes.
    pub on_unassigned: bool,
    /// Whether names and texts leave the server.
    pub with_text: bool,
    pub quiet: Option<Hours>,
    /// IANA name, such as `Europe/Berlin`.
    pub time_zone: String,
    pub updated_at: Timestamp,
}

/// The token and the address, which often holds one, show themselves to nobody.
impl std::fmt::Debug for Notify {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notify")
            .field("user_id", &self.user_id)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

/// A stretch of every day, in minutes; it may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub from: i64,
    pub until: i64,
}

impl Hours {
    /// Whether a minute of the day lies within. A stretch that ends where it begins is empty.
    #[must_use]
    pub fn holds(self, minute: i64) -> bool {
        if self.from <= self.until {
            (self.from..self.until).contains(&minute)
        } else {
            minute >= self.from || minute < self.until
        }
    }
}

impl Notify {
    /// Whether the user wants to be left alone at this time.
    #[must_use]
    pub fn is_quiet(&self, now: Timestamp) -> bool {
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        let here = jiff::Timestamp::from_microsecond(now.0)
            .unwrap_or_default()
            .to_zoned(zone);
        let minute = i64::from(here.hour()) * 60 + i64::from(here.minute());
        self.quiet.is_some_and(|hours| hours.holds(minute))
    }
}

/// Why somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A colleague named the user.
    Mentioned,
    /// A customer wrote in a conversation of the user's.
    Written,
    /// A customer wrote where nobody is assigned yet.
    Unassigned,
    /// A colleague, or the server, assigned the conversation to the user.
    Assigned,
    /// A customer of the user's waits for long.
    Waiting,
}

/// Somebody who may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watcher {
    pub wish: Notify,
    pub view: View,
    /// The inboxes the user is a member of.
    pub inboxes: Vec<InboxId>,
}

impl Watcher {
    fn sees(&self, conversation: &Conversation) -> bool {
        self.view
            .shows(conversation.inbox_id, conversation.assignee_id)
    }

    /// Whether the user is told of a new message, and why.
    #[must_use]
    pub fn of_message(&self, conversation: &Conversation, message: &Message) -> Option<Reason> {
        let me = self.wish.user_id;
        if !self.sees(conversation) || message.sender == Sender::User(me) {
            return None;
        }
        let mine = conversation.assignee_id == Some(me) && self.wish.on_assigned;
        if message.mentions.contains(&me) && self.wish.on_mentioned {
            return Some(Reason::Mentioned);
        }
        match message.sender {
            Sender::Customer(_) if mine => Some(Reason::Written),
            Sender::Customer(_) if self.takes_unassigned(conversation) => Some(Reason::Unassigned),
            Sender::System if mine && is_reminder(message) => Some(Reason::Waiting),
            Sender::Customer(_) | Sender::System | Sender::User(_) | Sender::Bot => None,
        }
    }

    /// Whether nobody's conversations are this user's to take: those of the user's inboxes, or, for
    /// who is a member of none, all that the user sees.
    fn takes_unassigned(&self, conversation: &Conversation) -> bool {
        let own = |inbox: InboxId| self.inboxes.is_empty() || self.inboxes.contains(&inbox);
        self.wish.on_unassigned
            && conversation.assignee_id.is_none()
            && conversation.inbox_id.is_none_or(own)
    }

    /// Whether the user is told that a conversation is the user's now.
    #[must_use]
    pub fn of_assignment(
        &self,
        conversation: &Conversation,
        assigned_before: Option<UserId>,
        by: Option<UserId>,
    ) -> Option<Reason> {
        let me = Some(self.wish.user_id);
        let is_new = conversation.assignee_id == me && assigned_before != me && by != me;
        (is_new && self.wish.on_assigned).then_some(Reason::Assigned)
    }
}

/// Whether a line of the server's is a reminder that the customer waits.
#[must_use]
pub fn is_reminder(message: &Message) -> bool {
    let metadata = message.metadata.as_ref();
    message.kind == MessageKind::System && metadata.is_some_and(|json| json.0 == REMINDER)
}

/// What a reminder's metadata says.
pub(crate) const REMINDER: &str = r#"{"reminder":true}"#;

#[cfg(test)]
mod tests;
