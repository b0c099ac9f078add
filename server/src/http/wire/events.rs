//! Numbered events on the wire: whole for those who may see them, a bare number for the rest.

use super::{Links, conversation, customer, message};
use frontdesk_db::queries::events::{Content, Event as Stored};
use frontdesk_domain::EventKind;
use frontdesk_domain::actor::View;
use frontdesk_domain::scope::{Scope, Sight};
use frontdesk_protocol::entity::Event;
use frontdesk_protocol::id::{CustomerId, DraftId, MessageId};
use frontdesk_protocol::time::UtcStamp;

/// The event as this view may see it.
pub(crate) fn event(it: &Stored, view: &View, links: &Links) -> Event {
    let (now, before) = scopes(it);
    seen(it, now.sight(before, view), links)
}

/// The event as it is told to those to whom it looks like this.
pub(crate) fn seen(it: &Stored, sight: Sight, links: &Links) -> Event {
    match sight {
        Sight::Shown => whole(it, links),
        Sight::Entered => entered(it, links),
        Sight::Left => left(it),
        Sight::Hidden => hidden(it),
    }
}

/// Where the event's conversation is now, and where it was if the event moved it.
pub(crate) fn scopes(it: &Stored) -> (Scope, Option<Scope>) {
    let now = match (&it.conversation, it.conversation_id) {
        (Some(held), _) => held.place().into(),
        // It is gone; its deletion says where it was.
        (None, Some(_)) => Scope::Nowhere,
        (None, None) => Scope::Account,
    };
    (now, it.moved_from.map(Scope::from))
}

fn hidden(it: &Stored) -> Event {
    Event::hidden(it.seq, UtcStamp(it.at))
}

/// What it tells of left the reader's view: to the reader it is gone. Of a message that was moved
/// to a conversation elsewhere, only the message was known.
fn left(it: &Stored) -> Event {
    match &it.content {
        Content::Message { id, .. } => Event {
            kind: EventKind::MessageDeleted,
            message_id: Some(MessageId(*id)),
            ..hidden(it)
        },
        _ => Event {
            kind: EventKind::ConversationDeleted,
            conversation_id: it.conversation_id,
            ..hidden(it)
        },
    }
}

/// The conversation came into the reader's view: to the reader it is new.
fn entered(it: &Stored, links: &Links) -> Event {
    let mut event = whole(it, links);
    if event.kind == EventKind::ConversationUpdated {
        event.kind = EventKind::ConversationCreated;
    }
    event
}

fn whole(it: &Stored, links: &Links) -> Event {
    let mut event = Event {
        kind: it.kind,
        user_id: it.actor_user,
        conversation_id: it.conversation_id,
        conversation: it.conversation.as_ref().map(conversation),
        tag_ids: it.conversation.is_some().then(|| it.tags.clone()),
        ..hidden(it)
    };
    match &it.content {
        Content::Nothing => {}
        Content::Message { id, view } => {
            event.message_id = Some(MessageId(*id));
            event.message = view.as_ref().map(|view| message(view, links));
        }
        Content::Customer {
            id,
            customer: found,
        } => {
            event.customer_id = Some(CustomerId(*id));
            event.customer = found.as_ref().map(|found| customer(found));
        }
        Content::Other { id } => event.draft_id = Some(DraftId(*id)),
        Content::Entity { kind, id } => {
            event.entity = Some(*kind);
            event.entity_id = Some(id.clone());
        }
    }
    event
}
