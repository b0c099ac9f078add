//! A customer wrote.

use super::written::Audience;
use super::{Written, guard, outcome, spam};
use crate::message::Sender;
use crate::policy::Permission;
use crate::{
    Actor, Conversation, CustomerId, Decision, Message, MessageKind, Refusal, Status, Timestamp,
    Who,
};

/// Stores what a customer wrote into a conversation. The conversation opens, whatever it was, and
/// is unread.
///
/// # Errors
/// [`Refusal::Forbidden`] for a sender whose conversation this is not, or an actor who may not
/// speak for customers; [`Refusal::Conflict`] for a merged conversation.
pub fn receive(
    conversation: &Conversation,
    actor: &Actor,
    from: CustomerId,
    written: Written,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let message = message(conversation, actor, from, written, now)?;
    let mut after = conversation.clone();
    effects(&mut after, now);
    Ok(outcome::written(conversation, after, message, now))
}

/// Stores what a program of the customer's wrote, such as a note of absence. It is shown and nothing
/// else: it neither opens the conversation nor makes anybody wait.
///
/// # Errors
/// As [`receive`].
pub fn receive_from_program(
    conversation: &Conversation,
    actor: &Actor,
    from: CustomerId,
    written: Written,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let message = message(conversation, actor, from, written, now)?;
    let mut after = conversation.clone();
    after.last_activity_at = Some(now);
    Ok(outcome::written(conversation, after, message, now))
}

/// Stores what a customer wrote whom nobody wants to hear from: nothing is lost, and it stands
/// among the spam.
///
/// # Errors
/// As [`receive`].
pub fn receive_from_blocked(
    conversation: &Conversation,
    actor: &Actor,
    from: CustomerId,
    written: Written,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let message = message(conversation, actor, from, written, now)?;
    let mut after = conversation.clone();
    effects(&mut after, now);
    spam::set_spam(&mut after);
    Ok(outcome::written(conversation, after, message, now))
}

/// The message of a customer, where it may be stored.
fn message(
    conversation: &Conversation,
    actor: &Actor,
    from: CustomerId,
    written: Written,
    now: Timestamp,
) -> Result<Message, Refusal> {
    guard::reach_unmerged(actor, permission(actor), conversation)?;
    if from != conversation.customer_id {
        return Err(Refusal::Forbidden);
    }
    Ok(written.message(
        conversation,
        MessageKind::Reply,
        Sender::Customer(from),
        Audience::Everybody,
        now,
    ))
}

/// What an actor needs to say something as a customer: to be one, or to speak for them.
pub(super) fn permission(actor: &Actor) -> Permission {
    match actor.who {
        Who::Customer(_) => Permission::WriteAsCustomer,
        Who::User(_) | Who::System => Permission::ReceiveForCustomer,
    }
}

/// What a customer's message does to its conversation. What is spam stays so: one word more does
/// not make it welcome.
pub(super) fn effects(after: &mut Conversation, now: Timestamp) {
    after.last_activity_at = Some(now);
    after.read = false;
    after.archived_at = None;
    if after.status == Status::Spam {
        return;
    }
    after.status = Status::Open;
    after.closed_at = None;
    after.snooze = None;
    after.waiting_since = after.waiting_since.or(Some(now));
}
