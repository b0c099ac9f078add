//! The matter is settled.

use super::{guard, outcome};
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Status, Timestamp};

/// Closes a conversation.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, and the refusals of whoever may not.
pub fn close(
    conversation: &Conversation,
    actor: &Actor,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    set_closed(&mut after, now);
    Ok(outcome::changed(conversation, after, now))
}

/// Nobody waits on what is closed. What is closed already keeps its time.
pub(super) fn set_closed(after: &mut Conversation, now: Timestamp) {
    if after.status == Status::Closed {
        return;
    }
    after.status = Status::Closed;
    after.closed_at = Some(now);
    after.last_activity_at = Some(now);
    after.snooze = None;
    after.waiting_since = None;
}
