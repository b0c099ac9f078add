//! The customer has looked.

use super::guard;
use crate::policy::Permission;
use crate::{
    Actor, Change, Conversation, Decision, EventDraft, EventKind, MessageId, Refusal, Timestamp,
};

/// Marks the agents' messages in a conversation as seen by its customer. `unseen` are those that
/// were not.
///
/// # Errors
/// [`Refusal::Forbidden`] for anybody but the customer: an agent who looks is not the reader.
pub fn messages_seen(
    conversation: &Conversation,
    actor: &Actor,
    unseen: &[MessageId],
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach(actor, Permission::ReadAsCustomer, conversation)?;
    if unseen.is_empty() {
        return Ok(Decision::nothing());
    }
    let decision = Decision::nothing().change(Change::MarkMessagesSeen {
        conversation_id: conversation.id,
        at: now,
    });
    Ok(unseen.iter().fold(decision, |decision, id| {
        decision.event(EventDraft::within(
            EventKind::MessageUpdated,
            conversation.id,
            id.0,
        ))
    }))
}
