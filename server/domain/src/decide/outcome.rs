//! From a conversation before and after to the writes and events between them.

use crate::{Change, Conversation, Decision, EventDraft, EventKind, Message, Timestamp};

/// The decision that turns `before` into `after`: nothing when they are equal, else one write
/// and one event.
pub(super) fn changed(before: &Conversation, after: Conversation, now: Timestamp) -> Decision {
    if *before == after {
        return Decision::nothing();
    }
    let event = updated(before, &after);
    Decision::nothing()
        .change(write(before, after, now))
        .event(event)
}

/// The decision that stores a message and what follows from it for its conversation, whose row
/// is always written because it names its newest message.
///
/// An event of the conversation goes out only when something changed that `message.created` does
/// not tell by itself: activity and waiting follow from the message for whoever reads it.
pub(super) fn written(
    before: &Conversation,
    after: Conversation,
    message: Message,
    now: Timestamp,
) -> Decision {
    let created = EventDraft::within(EventKind::MessageCreated, before.id, message.id.0);
    let tells_more = beside_message(before) != beside_message(&after);
    let update = tells_more.then(|| updated(before, &after));
    let decision = Decision::nothing()
        .change(write(before, after, now))
        .change(Change::AddMessage(Box::new(message)))
        .event(created);
    match update {
        Some(update) => decision.event(update),
        None => decision,
    }
}

/// The write alone, with the row's own counters moved on.
pub(super) fn write(before: &Conversation, mut after: Conversation, now: Timestamp) -> Change {
    after.version = before.version + 1;
    after.updated_at = now;
    Change::UpdateConversation {
        before: Box::new(before.clone()),
        after: Box::new(after),
    }
}

/// The event of a change. Where the conversation left somebody's view, it says where it was, so
/// that those who no longer see it learn that it is gone.
pub(super) fn updated(before: &Conversation, after: &Conversation) -> EventDraft {
    let mut event = EventDraft::conversation(EventKind::ConversationUpdated, before.id);
    event.moved_from = (before.place() != after.place()).then(|| before.place());
    event
}

/// The conversation without what a reader of `message.created` knows from the message.
fn beside_message(conversation: &Conversation) -> Conversation {
    Conversation {
        last_activity_at: None,
        waiting_since: None,
        answered: false,
        ..conversation.clone()
    }
}
