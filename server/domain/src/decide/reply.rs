//! An agent answers the customer.

use super::written::Audience;
use super::{Written, guard, outcome};
use crate::change::AuditEntry;
use crate::message::Sender;
use crate::policy::Permission;
use crate::{
    Actor, Change, Conversation, Decision, EventSeq, MessageId, MessageKind, Refusal, Timestamp,
    UserId,
};

/// What is known about messages that the agent had not seen when writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaleGuard {
    /// The client did not say what it had seen: existing clients cannot.
    Unchecked,
    /// What the customer or other agents wrote after what the agent had seen.
    Seen {
        newer: Vec<MessageId>,
        newest: EventSeq,
    },
    /// The same, but the agent was told and wants the reply to go out nevertheless.
    Forced {
        newer: Vec<MessageId>,
        newest: EventSeq,
    },
}

/// Stores an agent's reply and queues it for its way out.
///
/// # Errors
/// [`Refusal::Stale`] when something was written that the agent had not seen,
/// [`Refusal::Conflict`] for a merged conversation, [`Refusal::Invalid`] for what cannot be sent.
pub fn reply(
    conversation: &Conversation,
    actor: &Actor,
    written: Written,
    guard: StaleGuard,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let user_id = actor.user_id().ok_or(Refusal::Forbidden)?;
    written.check(conversation)?;
    let audit = pass(guard, conversation, user_id)?;
    let message = written.message(
        conversation,
        MessageKind::Reply,
        Sender::User(user_id),
        Audience::Everybody,
        now,
    );
    let mut after = conversation.clone();
    effects(&mut after, user_id, now);
    let decision = outcome::written(conversation, after, message, now);
    Ok(match audit {
        Some(entry) => decision.change(Change::Audit(Box::new(entry))),
        None => decision,
    })
}

/// Lets a reply through, with an entry for the audit log where it was forced.
fn pass(
    guard: StaleGuard,
    conversation: &Conversation,
    user_id: UserId,
) -> Result<Option<AuditEntry>, Refusal> {
    match guard {
        StaleGuard::Seen { newer, newest } if !newer.is_empty() => {
            Err(Refusal::Stale { newest, newer })
        }
        StaleGuard::Forced { newer, newest } if !newer.is_empty() => Ok(Some(AuditEntry {
            user_id: Some(user_id),
            action: "reply.forced".to_owned(),
            subject: format!("conversation:{}", conversation.id),
            detail: Some(format!("{} unseen messages up to {newest}", newer.len())),
            ..AuditEntry::default()
        })),
        StaleGuard::Unchecked | StaleGuard::Seen { .. } | StaleGuard::Forced { .. } => Ok(None),
    }
}

/// What an agent's reply does to its conversation.
pub(super) fn effects(after: &mut Conversation, user_id: UserId, now: Timestamp) {
    agent_wrote(after, user_id, now);
    after.waiting_since = None;
}

/// What anything written by an agent does to its conversation. The contract with existing
/// clients says that the first *message* of any agent assigns the conversation to that agent,
/// and a note is a message: so a note takes the conversation too, even from somebody it had been
/// assigned to before anybody wrote.
pub(super) fn agent_wrote(after: &mut Conversation, user_id: UserId, now: Timestamp) {
    after.last_activity_at = Some(now);
    after.read = true;
    if !after.answered {
        after.answered = true;
        after.assignee_id = Some(user_id);
    }
}
