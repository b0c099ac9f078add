//! Not now.

use super::{guard, outcome};
use crate::conversation::Snooze;
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Status, Timestamp};

/// What ends a snooze. The customer's next message always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnoozeFor {
    Until(Timestamp),
    /// Nothing but the customer's next message.
    UntilReply,
    /// Whichever comes first, said so on purpose.
    UntilReplyOr(Timestamp),
}

/// Takes a conversation out of the open list for a while.
///
/// # Errors
/// [`Refusal::Invalid`] for a time that is not in the future, [`Refusal::Conflict`] for a merged
/// conversation.
pub fn snooze(
    conversation: &Conversation,
    actor: &Actor,
    until: SnoozeFor,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    set_snoozed(&mut after, until, now)?;
    Ok(outcome::changed(conversation, after, now))
}

pub(super) fn set_snoozed(
    after: &mut Conversation,
    until: SnoozeFor,
    now: Timestamp,
) -> Result<(), Refusal> {
    let snooze = Snooze::from(until);
    if snooze.until.is_some_and(|until| until <= now) {
        return Err(Refusal::Invalid {
            field: "snoozed_until",
            problem: "is not in the future",
        });
    }
    after.status = Status::Snoozed;
    after.snooze = Some(snooze);
    after.closed_at = None;
    Ok(())
}

impl From<SnoozeFor> for Snooze {
    fn from(wanted: SnoozeFor) -> Self {
        let (until, until_reply) = match wanted {
            SnoozeFor::Until(until) => (Some(until), false),
            SnoozeFor::UntilReply => (None, true),
            SnoozeFor::UntilReplyOr(until) => (Some(until), true),
        };
        Self { until, until_reply }
    }
}
