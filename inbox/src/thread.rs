//! A conversation with all of it that the screen shows.

use crate::outbox::Queued;
use crate::row::Row;
use frontdesk_protocol::entity::{CustomerFull, Draft, Message};
use frontdesk_protocol::id::ConversationId;

/// An open conversation.
#[derive(Debug, Clone)]
pub struct Thread {
    pub row: Row,
    /// In the order of the thread.
    pub messages: Vec<Message>,
    /// Whether the server has older messages than these.
    pub has_older: bool,
    /// The newest draft that waits for a decision or is being written.
    pub draft: Option<Draft>,
    /// What the agent did here and is still on its way, in the order it was done.
    pub queued: Vec<Queued>,
    /// The customer, as far as it is known here.
    pub customer: Option<CustomerFull>,
    /// The customer's other conversations, the latest first.
    pub others: Vec<Row>,
}

impl Thread {
    /// The conversation's id.
    #[must_use]
    pub fn id(&self) -> ConversationId {
        self.row.id()
    }
}
