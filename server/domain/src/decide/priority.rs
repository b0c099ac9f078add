//! Whether a conversation comes first.

use super::{guard, outcome};
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Priority, Refusal, Timestamp};

/// Sets the priority of a conversation.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, and the refusals of whoever may not.
pub fn set_priority(
    conversation: &Conversation,
    actor: &Actor,
    priority: Priority,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    after.priority = priority;
    Ok(outcome::changed(conversation, after, now))
}
