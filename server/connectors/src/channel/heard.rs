//! What a provider told.

use frontdesk_domain::{DeliveryState, MessageId, Timestamp};

/// One thing a provider told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A customer wrote.
    Message(Box<Message>),
    /// A customer changed what they wrote: the whole of it as it is now.
    Edited(Box<Message>),
    /// A customer took back what they wrote, by its id.
    Deleted { id: String },
    /// Somebody put a sign to a message of the thread, or took it away.
    Reacted(Reaction),
    /// A colleague wrote to a customer there, past us.
    Aside(Box<Message>),
    /// A colleague wrote in the thread of a conversation, for its customer.
    Reply(Box<Message>),
    /// The same, for colleagues alone.
    Note(Box<Message>),
    /// The provider takes our credentials no more, in words for admins.
    Cut { why: String },
    /// Something became of a message of ours.
    Receipt(Receipt),
    /// A customer has another address now: its old one, its new one.
    Moved { from: String, to: String },
    /// A customer can no longer be written to, or can again.
    Reach { theirs: String, consent: Consent },
}

/// A message of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// What makes it one, however often it comes.
    pub id: String,
    /// Which of our addresses it was sent to; empty where there is only one.
    pub ours: String,
    /// Where answers go.
    pub theirs: String,
    /// What the customer calls themselves.
    pub name: Option<String>,
    /// What the provider knows the writer by, where several may write in one conversation.
    pub writer: Option<String>,
    /// The address the provider vouches for.
    pub email: Option<String>,
    /// Where it was written, for who reads a list of conversations.
    pub subject: Option<String>,
    /// Which of its versions this is; later ones sort behind.
    pub version: Option<String>,
    /// The number the provider vouches for.
    pub phone: Option<String>,
    pub text: Option<String>,
    pub files: Vec<Remote>,
    pub sent_at: Option<Timestamp>,
    /// Whether this is a wish to hear no more, or to hear again.
    pub consent: Option<Consent>,
}

/// A sign that somebody put to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// The message it is put to.
    pub id: String,
    /// What the provider knows them by.
    pub who: String,
    pub name: Option<String>,
    /// What the provider calls it, such as `+1`.
    pub sign: String,
    pub stands: Stands,
    /// When that became so; later ones sort behind.
    pub version: String,
}

/// Whether a sign is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Put,
    TakenAway,
}

/// A file that a message only names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// What the channel needs to fetch it.
    pub place: String,
    pub filename: String,
    pub content_type: Option<String>,
}

/// What a customer wishes about being written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    Stop,
    Start,
    /// To know who writes and how it ends, before they wish anything.
    Help,
}

/// What became of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub message_id: MessageId,
    pub state: DeliveryState,
    /// Why it failed, in words for agents.
    pub reason: Option<String>,
    /// Whether it says that the customer wants to hear no more.
    pub consent: Option<Consent>,
}
