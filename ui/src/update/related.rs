//! What stands beside a conversation: news of it, and when it is asked for again.

use super::Effects;
use crate::effect::Effect;
use crate::model::Model;
use frontdesk_inbox::Queued;
use frontdesk_protocol::entity::{LinkedConversation, Related};
use frontdesk_protocol::id::ConversationId;

/// The server said what stands beside a conversation.
pub(super) fn told(model: &mut Model, id: ConversationId, found: Related) -> Effects {
    model.related.keep(id, found);
    // What has not reached the server yet is shown all the same.
    let waiting: Vec<Queued> = model
        .outbox
        .iter()
        .filter(|it| it.conversation_id == id && it.state.is_shown_as_done())
        .cloned()
        .collect();
    for queued in waiting {
        super::triage::take_beside(model, id, &queued.command);
    }
    Vec::new()
}

/// Those the current conversation is linked with.
pub(super) fn links(model: &Model) -> &[LinkedConversation] {
    let current = model.current();
    current.map_or(&[], |id| model.related.links(id))
}

/// Asks again about conversations beside which something was settled: done or put back.
pub(super) fn settled(before: &[Queued], now: &[Queued]) -> Effects {
    let is_gone = |it: &&Queued| it.command.is_beside() && !now.iter().any(|of| of.id == it.id);
    let mut ids: Vec<ConversationId> = before
        .iter()
        .filter(is_gone)
        .map(|it| it.conversation_id)
        .collect();
    ids.dedup();
    ids.into_iter().map(Effect::LoadRelated).collect()
}
