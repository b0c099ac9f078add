//! How far what agents wrote has come at the customer's.

use frontdesk_inbox::Thread;
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::MessageId;
use frontdesk_protocol::kind::{DeliveryState, Source};

/// The last message of an agent that the customer has seen; the ones before it were, too.
pub(super) fn seen(thread: &Thread) -> Option<MessageId> {
    let is_seen = |state| state == DeliveryState::Read;
    let mut latest = thread
        .messages
        .iter()
        .rev()
        .filter(|it| it.user_id.is_some() && !it.private);
    latest
        .find(|it| it.seen_at.is_some() || is_seen(it.delivery_state))
        .map(|it| it.id)
}

/// The last message of an agent that has arrived, where a channel tells it and the customer has not seen
/// it; the ones before it have arrived, too.
pub(super) fn arrived(thread: &Thread) -> Option<MessageId> {
    let has_arrived = |it: &&Message| {
        let state = it.delivery_state;
        it.seen_at.is_some() || matches!(state, DeliveryState::Delivered | DeliveryState::Read)
    };
    let is_told = |it: &&Message| {
        let by = matches!(it.source, Source::Sms | Source::Whatsapp | Source::Custom);
        by && it.seen_at.is_none() && it.delivery_state == DeliveryState::Delivered
    };
    let mut latest = thread.messages.iter().rev();
    latest
        .find(|it| it.user_id.is_some() && !it.private && has_arrived(it))
        .filter(is_told)
        .map(|it| it.id)
}
