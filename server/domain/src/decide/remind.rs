//! A customer has waited for long.

use super::{Written, guard, outcome, system_line};
use crate::json::Json;
use crate::notify::REMINDER;
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, MessageId, Refusal, Status, Timestamp};

/// One of the reminders an account asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// The line it becomes.
    pub message_id: MessageId,
    /// How many there were for this wait.
    pub sent: i64,
    pub at_most: i64,
    pub every_hours: i64,
}

/// Writes an internal line that the customer still waits, and marks the conversation as unread. Time
/// may have moved on: where nobody waits, or not for so long yet, nothing happens.
///
/// # Errors
/// [`Refusal::Forbidden`] for anybody but the server.
pub fn remind(
    conversation: &Conversation,
    actor: &Actor,
    reminder: &Reminder,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach(actor, Permission::RunDesk, conversation)?;
    let hours = reminder.every_hours.saturating_mul(reminder.sent + 1);
    let since = now.plus_seconds(hours.saturating_mul(-3600));
    let is_due = conversation.waiting_since.is_some_and(|at| at <= since);
    let is_open = conversation.status == Status::Open && conversation.archived_at.is_none();
    if !is_due || !is_open || reminder.sent >= reminder.at_most {
        return Ok(Decision::nothing());
    }
    let words = format!(
        "The customer has waited for {hours} h. Reminder {} of {}.",
        reminder.sent + 1,
        reminder.at_most
    );
    let written = Written {
        metadata: Some(Json(REMINDER.to_owned())),
        ..Written::text(reminder.message_id, words)
    };
    let message = system_line::line(conversation, written, now);
    let mut after = conversation.clone();
    after.read = false;
    Ok(outcome::written(conversation, after, message, now))
}
