//! Out of all lists.

use super::{guard, outcome};
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Timestamp};

/// Archives a conversation: nobody waits on it. A customer's next message brings it back.
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
    if after.archived_at.is_none() {
        after.archived_at = Some(now);
        after.waiting_since = None;
    }
    Ok(outcome::changed(conversation, after, now))
}
