//! The bot answers.

use super::written::Audience;
use super::{Written, guard, outcome};
use crate::message::Sender;
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, MessageKind, Refusal, Timestamp};

/// Stores what the bot answered. The conversation is unread, and the customer still waits for a
/// person.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, [`Refusal::Forbidden`] for whoever may not
/// speak as the bot.
pub fn answer_by_bot(
    conversation: &Conversation,
    actor: &Actor,
    written: Written,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::AnswerAsBot, conversation)?;
    let message = written.message(
        conversation,
        MessageKind::Bot,
        Sender::Bot,
        Audience::Everybody,
        now,
    );
    let mut after = conversation.clone();
    after.last_activity_at = Some(now);
    after.read = false;
    Ok(outcome::written(conversation, after, message, now))
}
