//! Labels.

use super::{guard, outcome};
use crate::policy::Permission;
use crate::{Actor, Change, Conversation, Decision, Refusal, TagId};

/// Puts a tag of the account on a conversation that has `tags`.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, and the refusals of whoever may not.
pub fn tag(
    conversation: &Conversation,
    tags: &[TagId],
    actor: &Actor,
    tag_id: TagId,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    if tags.contains(&tag_id) {
        return Ok(Decision::nothing());
    }
    let change = Change::TagConversation {
        conversation_id: conversation.id,
        tag_id,
    };
    Ok(retagged(conversation, change))
}

/// Takes a tag off a conversation that has `tags`.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, and the refusals of whoever may not.
pub fn untag(
    conversation: &Conversation,
    tags: &[TagId],
    actor: &Actor,
    tag_id: TagId,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    if !tags.contains(&tag_id) {
        return Ok(Decision::nothing());
    }
    let change = Change::UntagConversation {
        conversation_id: conversation.id,
        tag_id,
    };
    Ok(retagged(conversation, change))
}

fn retagged(conversation: &Conversation, change: Change) -> Decision {
    Decision::nothing()
        .change(change)
        .event(outcome::updated(conversation, conversation))
}
