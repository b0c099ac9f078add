//! The server writes a line into a thread.

use super::written::Audience;
use super::{Written, guard, outcome};
use crate::message::Sender;
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Message, MessageKind, Refusal, Timestamp};

/// Stores an internal line such as "merged from #12". It is no activity: nobody wrote.
///
/// # Errors
/// [`Refusal::Forbidden`] for anybody but the server.
pub fn system_line(
    conversation: &Conversation,
    actor: &Actor,
    written: Written,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach(actor, Permission::RunDesk, conversation)?;
    let message = line(conversation, written, now);
    Ok(outcome::written(
        conversation,
        conversation.clone(),
        message,
        now,
    ))
}

/// The message a system line is.
pub(super) fn line(conversation: &Conversation, written: Written, now: Timestamp) -> Message {
    written.message(
        conversation,
        MessageKind::System,
        Sender::System,
        Audience::Company,
        now,
    )
}
