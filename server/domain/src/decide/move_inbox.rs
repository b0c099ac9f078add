//! Another door.

use super::{guard, outcome};
use crate::account::Inbox;
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Timestamp};

/// Moves a conversation to another inbox.
///
/// # Errors
/// [`Refusal::Invalid`] for an inbox that does not exist here, [`Refusal::Conflict`] for a merged
/// conversation.
pub fn move_inbox(
    conversation: &Conversation,
    actor: &Actor,
    inbox: &Inbox,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    set_inbox(&mut after, inbox)?;
    Ok(outcome::changed(conversation, after, now))
}

pub(super) fn set_inbox(after: &mut Conversation, inbox: &Inbox) -> Result<(), Refusal> {
    if inbox.account_id != after.account_id {
        return Err(Refusal::missing("inbox_id"));
    }
    after.inbox_id = Some(inbox.id);
    Ok(())
}
