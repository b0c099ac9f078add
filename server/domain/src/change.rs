//! The closed list of writes a decision can ask for.

use crate::{
    Conversation, ConversationId, Customer, CustomerId, EventSeq, Message, MessageId, TagId,
    Timestamp, UserId,
};
use frontdesk_protocol::id::MergeId;

/// One write. `db::write::apply` is the only place that carries them out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Stores a new conversation and gives it the account's next number.
    CreateConversation(Box<Conversation>),
    /// Replaces a conversation; `before` is what the decision saw.
    UpdateConversation {
        before: Box<Conversation>,
        after: Box<Conversation>,
    },
    /// Stores a new message under the number of the event that tells of it.
    AddMessage(Box<Message>),
    /// Sets `seen_at` on the agents' and bots' messages the customer had not seen.
    MarkMessagesSeen {
        conversation_id: ConversationId,
        at: Timestamp,
    },
    /// Sets `seen_at` on a user's mentions in a conversation.
    MarkMentionsSeen {
        conversation_id: ConversationId,
        user_id: UserId,
        at: Timestamp,
    },
    TagConversation {
        conversation_id: ConversationId,
        tag_id: TagId,
    },
    UntagConversation {
        conversation_id: ConversationId,
        tag_id: TagId,
    },
    UpdateCustomer {
        before: Box<Customer>,
        after: Box<Customer>,
    },
    /// Moves all that belongs to one customer (conversations, messages, identities, notes,
    /// tags, issues) to another, remembering what was moved under the merge's id.
    MoveCustomer {
        merge_id: MergeId,
        from: CustomerId,
        to: CustomerId,
    },
    /// Moves back exactly what [`Change::MoveCustomer`] moved.
    MoveCustomerBack {
        merge_id: MergeId,
        from: CustomerId,
        to: CustomerId,
    },
    /// Moves these messages to another conversation; their order stays that of their numbers.
    MoveMessages {
        ids: Vec<MessageId>,
        to: ConversationId,
    },
    /// Two conversations show each other from now on.
    LinkConversations {
        one: ConversationId,
        other: ConversationId,
        /// Which of them is the talk with somebody the other was forwarded to.
        side: Option<ConversationId>,
        at: Timestamp,
    },
    /// They no longer do.
    UnlinkConversations {
        one: ConversationId,
        other: ConversationId,
    },
    /// Remembers how to undo a merge.
    RecordMerge(Box<Merge>),
    /// A merge was undone and cannot be undone again.
    CloseMerge { id: MergeId, at: Timestamp },
    /// An entry of the append-only audit log.
    Audit(Box<AuditEntry>),
}

/// A merge and what is needed to undo it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub id: MergeId,
    pub what: Merged,
    pub undone_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// What was merged into what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    Customers {
        /// The one that went away, as it was before.
        from: Box<Customer>,
        /// The one that stayed, as it was before.
        into: Box<Customer>,
    },
    Conversations {
        from: Box<Conversation>,
        into: Box<Conversation>,
        /// The messages that moved.
        messages: Vec<MessageId>,
        /// The tags `into` got from `from`.
        tags: Vec<TagId>,
        /// The newest event number that the merge itself knew of.
        at_seq: EventSeq,
    },
}

/// Who did what to what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditEntry {
    pub user_id: Option<UserId>,
    /// A short verb: `reply.forced`, `user.disabled`.
    pub action: String,
    /// What it was done to: `conversation:…`.
    pub subject: String,
    pub detail: Option<String>,
    /// What it was, and what it is now, where something was changed from one value to another.
    pub before: Option<String>,
    pub after: Option<String>,
}
