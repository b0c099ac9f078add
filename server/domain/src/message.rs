//! One entry of a thread.

use crate::json::Json;
use crate::{
    AccountId, ConversationId, CustomerId, DeliveryState, EventSeq, FileId, MessageId, MessageKind,
    Source, Timestamp, UserId,
};

/// One entry of a thread, as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    /// The number of the event that brought it; the order of the thread.
    pub seq: EventSeq,
    pub kind: MessageKind,
    /// Whether only the company's own people may read it.
    pub private: bool,
    pub source: Source,
    /// The text, cleaned for display.
    pub body: Option<String>,
    /// The text as it came in, where cleaning changed it.
    pub original: Option<String>,
    pub sender: Sender,
    pub attachments: Vec<FileId>,
    pub mentions: Vec<UserId>,
    pub delivery: Delivery,
    pub metadata: Option<Json>,
    pub sent_at: Option<Timestamp>,
    pub seen_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    User(UserId),
    Customer(CustomerId),
    Bot,
    System,
}

/// How far a message has come on its way out, and why it stopped there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub state: DeliveryState,
    pub reason: Option<String>,
}

impl Delivery {
    /// The message is where its readers are: nothing has to be delivered.
    #[must_use]
    pub fn done() -> Self {
        Self {
            state: DeliveryState::Sent,
            reason: None,
        }
    }
}

impl Message {
    /// The user who wrote it, if one did.
    #[must_use]
    pub fn user_id(&self) -> Option<UserId> {
        match self.sender {
            Sender::User(id) => Some(id),
            Sender::Customer(_) | Sender::Bot | Sender::System => None,
        }
    }

    /// The customer who wrote it, if one did.
    #[must_use]
    pub fn customer_id(&self) -> Option<CustomerId> {
        match self.sender {
            Sender::Customer(id) => Some(id),
            Sender::User(_) | Sender::Bot | Sender::System => None,
        }
    }
}
