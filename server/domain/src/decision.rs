//! What a decision asks for: writes and the events that tell of them.

use crate::{Change, Conversation, ConversationId, EntityKind, EventKind, InboxId, UserId};

/// The writes to make and the events that tell of them, in order, in one unit of work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    pub changes: Vec<Change>,
    pub events: Vec<EventDraft>,
}

/// An event before it has its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDraft {
    pub kind: EventKind,
    /// The conversation it belongs to; decides who may see it.
    pub conversation_id: Option<ConversationId>,
    /// The thing it is about: the message, customer, draft or entity.
    pub subject: Subject,
    /// Where the conversation was before, when this event moved it or tells that it is gone.
    pub moved_from: Option<Place>,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Conversation,
    Id(uuid::Uuid),
    Entity { kind: EntityKind, id: String },
}

/// What decides who sees a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub inbox_id: Option<InboxId>,
    pub assignee_id: Option<UserId>,
}

impl Decision {
    /// Nothing to do: what was asked for is already so.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Whether there is anything to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.events.is_empty()
    }

    /// Adds a write.
    #[must_use]
    pub fn change(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }

    /// Adds an event.
    #[must_use]
    pub fn event(mut self, event: EventDraft) -> Self {
        self.events.push(event);
        self
    }
}

impl EventDraft {
    /// An event about a conversation itself.
    #[must_use]
    pub fn conversation(kind: EventKind, id: ConversationId) -> Self {
        Self {
            kind,
            conversation_id: Some(id),
            subject: Subject::Conversation,
            moved_from: None,
        }
    }

    /// The event of a conversation that is deleted. It says where it was, so that those learn of it
    /// who saw it, and nobody else.
    #[must_use]
    pub fn gone(held: &Conversation) -> Self {
        Self {
            moved_from: Some(held.place()),
            ..Self::conversation(EventKind::ConversationDeleted, held.id)
        }
    }

    /// An event about something inside a conversation.
    #[must_use]
    pub fn within(kind: EventKind, conversation_id: ConversationId, id: uuid::Uuid) -> Self {
        Self {
            kind,
            conversation_id: Some(conversation_id),
            subject: Subject::Id(id),
            moved_from: None,
        }
    }

    /// An event about something of the account at large.
    #[must_use]
    pub fn about(kind: EventKind, id: uuid::Uuid) -> Self {
        Self {
            kind,
            conversation_id: None,
            subject: Subject::Id(id),
            moved_from: None,
        }
    }

    /// An event about a small shared thing.
    #[must_use]
    pub fn entity(kind: EventKind, entity: EntityKind, id: &impl ToString) -> Self {
        Self {
            kind,
            conversation_id: None,
            subject: Subject::Entity {
                kind: entity,
                id: id.to_string(),
            },
            moved_from: None,
        }
    }
}
