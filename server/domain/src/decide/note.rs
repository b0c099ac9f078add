//! An agent writes to colleagues.

use super::written::Audience;
use super::{Written, guard, outcome, reply};
use crate::message::Sender;
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, MessageKind, Refusal, Timestamp};

/// Stores an internal note. No customer ever sees it, so it is never stale and the customer goes
/// on waiting.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, [`Refusal::Invalid`] for a body that is too
/// long or a mention of nobody.
pub fn note(
    conversation: &Conversation,
    actor: &Actor,
    written: Written,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let user_id = actor.user_id().ok_or(Refusal::Forbidden)?;
    written.check(conversation)?;
    let message = written.message(
        conversation,
        MessageKind::Note,
        Sender::User(user_id),
        Audience::Company,
        now,
    );
    let mut after = conversation.clone();
    reply::agent_wrote(&mut after, user_id, now);
    Ok(outcome::written(conversation, after, message, now))
}
