//! Out of all lists.

use super::{guard, outcome};
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Timestamp};

/// Archives a conversation. A customer's next message brings it back.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, and the refusals of whoever may not.
pub fn archive(
    conversation: &Conversation,
    actor: &Actor,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    after.archived_at = after.archived_at.or(Some(now));
    Ok(outcome::changed(conversation, after, now))
}
