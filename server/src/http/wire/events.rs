//! Numbered events on the wire: whole for those who may see them, a bare number for the rest.

use super::{Links, conversation, customer, message};
use frontdesk_db::queries::events::{Content, Event as Stored};
use frontdesk_domain::EventKind;
use frontdesk_domain::actor::View;
use frontdesk_protocol::entity::Event;
use frontdesk_protocol::id::{CustomerId, DraftId, MessageId};
use frontdesk_protocol::time::UtcStamp;

/// The event as this view may see it.
pub(crate) fn event(it: &Stored, view: &View, links: &Links) -> Event {
    let was_seen = it
        .moved_from
        .is_some_and(|from| view.shows(from.inbox_id, from.assignee_id));
    match (&it.conversation, it.conversation_id) {
        (Some(held), _) if view.shows(held.inbox_id, held.assignee_id) => whole(it, links),
        (Some(_), _) if was_seen => moved_away(it),
        (Some(_), _) => hidden(it),
        // Nobody can say any more who saw it; that it is gone is all there is to know.
        (None, Some(_)) if *view != View::All => moved_away(it),
        (None, _) => whole(it, links),
    }
}

/// The event for whoever does not see its conversation now, and may have seen it before.
pub(crate) fn unseen(it: &Stored) -> Event {
    if it.moved_from.is_some() {
        moved_away(it)
    } else {
        hidden(it)
    }
}

/// A number without content: it happened, and that is all the reader may know.
fn hidden(it: &Stored) -> Event {
    Event {
        seq: it.seq,
        at: UtcStamp(it.at),
        kind: EventKind::Hidden,
        user_id: None,
        conversation_id: None,
        conversation: None,
        tag_ids: None,
        message_id: None,
        message: None,
        customer_id: None,
        customer: None,
        draft_id: None,
        entity: None,
        entity_id: None,
    }
}

/// The conversation left the reader's view: to the reader it is gone.
fn moved_away(it: &Stored) -> Event {
    Event {
        kind: EventKind::ConversationDeleted,
        conversation_id: it.conversation_id,
        ..hidden(it)
    }
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
