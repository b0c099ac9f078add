//! The matter goes on.

use super::{guard, outcome};
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Status, Timestamp};

/// Opens a closed or snoozed conversation.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, and the refusals of whoever may not.
pub fn reopen(
    conversation: &Conversation,
    actor: &Actor,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    set_open(&mut after);
    Ok(outcome::changed(conversation, after, now))
}

pub(super) fn set_open(after: &mut Conversation) {
    after.status = Status::Open;
    after.closed_at = None;
    after.snooze = None;
}
