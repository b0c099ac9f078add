//! A conversation: one thread with one customer.

use crate::decision::Place;
use crate::json::Json;
use crate::{
    AccountId, ConversationId, CustomerId, EventSeq, InboxId, Priority, Source, Status, TeamId,
    Timestamp, UserId,
};

/// A thread with one customer, as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    pub id: ConversationId,
    pub account_id: AccountId,
    /// Counts up within the account; what people say aloud.
    pub number: i64,
    pub inbox_id: Option<InboxId>,
    pub customer_id: CustomerId,
    pub source: Source,
    pub subject: Option<String>,
    pub status: Status,
    pub snooze: Option<Snooze>,
    pub priority: Priority,
    pub assignee_id: Option<UserId>,
    pub team_id: Option<TeamId>,
    pub read: bool,
    /// Whether any agent has written yet, a reply or a note; the first one who does takes the
    /// conversation.
    pub answered: bool,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<Timestamp>,
    pub last_activity_at: Option<Timestamp>,
    /// The event number of the newest message.
    pub last_message_seq: EventSeq,
    pub closed_at: Option<Timestamp>,
    pub archived_at: Option<Timestamp>,
    pub merged_into: Option<ConversationId>,
    pub metadata: Option<Json>,
    /// Counts every change of this row.
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What ends a snooze: a time, the customer's next message, or whichever comes first. The
/// customer's message always does; `until_reply` alone means that nothing else will.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snooze {
    pub until: Option<Timestamp>,
    pub until_reply: bool,
}

/// The place of a conversation in the account's counts: conversations with equal cells are
/// counted together, so that no list has to be scanned for its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub status: Status,
    pub priority: Priority,
    pub read: bool,
    pub source: Source,
    pub assignee_id: Option<UserId>,
    pub inbox_id: Option<InboxId>,
}

impl Conversation {
    /// A new, open, unread conversation without messages. Its number is given when it is stored.
    #[must_use]
    pub fn new(
        id: ConversationId,
        account_id: AccountId,
        customer_id: CustomerId,
        source: Source,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            account_id,
            number: 0,
            inbox_id: None,
            customer_id,
            source,
            subject: None,
            status: Status::Open,
            snooze: None,
            priority: Priority::Normal,
            assignee_id: None,
            team_id: None,
            read: false,
            answered: false,
            waiting_since: None,
            last_activity_at: None,
            last_message_seq: EventSeq(0),
            closed_at: None,
            archived_at: None,
            merged_into: None,
            metadata: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// Where this conversation is counted; archived ones are not.
    #[must_use]
    pub fn cell(&self) -> Option<Cell> {
        self.archived_at.is_none().then_some(Cell {
            status: self.status,
            priority: self.priority,
            read: self.read,
            source: self.source,
            assignee_id: self.assignee_id,
            inbox_id: self.inbox_id,
        })
    }

    /// What decides who sees this conversation.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            inbox_id: self.inbox_id,
            assignee_id: self.assignee_id,
        }
    }

    /// What lists are sorted by: a conversation without activity has its birth.
    #[must_use]
    pub fn sorted_at(&self) -> Timestamp {
        self.last_activity_at.unwrap_or(self.created_at)
    }
}
