//! A snooze is over.

use super::{guard, outcome, reopen};
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Timestamp};

/// Opens a snoozed conversation whose time has come and puts it on top again. The timer may be
/// late or wrong: what is not snoozed any more, or not due yet, stays as it is.
///
/// # Errors
/// [`Refusal::Forbidden`] for anybody but the server: people reopen.
pub fn wake(
    conversation: &Conversation,
    actor: &Actor,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach(actor, Permission::RunDesk, conversation)?;
    let due = conversation
        .snooze
        .and_then(|snooze| snooze.until)
        .is_some_and(|until| until <= now);
    if !due {
        return Ok(Decision::nothing());
    }
    let mut after = conversation.clone();
    reopen::set_open(&mut after);
    after.last_activity_at = Some(now);
    Ok(outcome::changed(conversation, after, now))
}
