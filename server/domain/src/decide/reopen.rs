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

/// Gives back the waiting that ended when it was closed. What was work all along knows best who waits.
pub(super) fn set_waiting(after: &mut Conversation, before: Status, since: Timestamp) {
    let was_over = matches!(before, Status::Closed | Status::Spam);
    if was_over && matches!(after.status, Status::Open | Status::Snoozed) {
        after.waiting_since = Some(since.max(after.created_at));
    }
}
