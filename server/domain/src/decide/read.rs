//! Whether somebody has looked.

use super::{guard, outcome};
use crate::policy::Permission;
use crate::{Actor, Change, Conversation, Decision, MentionId, Refusal, Timestamp};

/// What to make of a conversation: read or unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Read, with the mentions of this user in it that the user had not seen.
    Read {
        unseen_mentions: Vec<MentionId>,
    },
    Unread,
}

/// Marks a conversation read or unread. Reading it also sees one's own mentions.
///
/// # Errors
/// The refusals of whoever may not.
pub fn set_read(
    conversation: &Conversation,
    actor: &Actor,
    reading: &Reading,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    mark(&mut after, reading);
    let decision = outcome::changed(conversation, after, now);
    Ok(see_mentions(decision, conversation, actor, reading, now))
}

pub(super) fn mark(after: &mut Conversation, reading: &Reading) {
    after.read = matches!(reading, Reading::Read { .. });
}

/// Adds that the reader's mentions are seen, with the one event if there is none yet.
pub(super) fn see_mentions(
    decision: Decision,
    conversation: &Conversation,
    actor: &Actor,
    reading: &Reading,
    now: Timestamp,
) -> Decision {
    let Reading::Read { unseen_mentions } = reading else {
        return decision;
    };
    let Some(user_id) = actor.user_id().filter(|_| !unseen_mentions.is_empty()) else {
        return decision;
    };
    let decision = decision.change(Change::MarkMentionsSeen {
        conversation_id: conversation.id,
        user_id,
        at: now,
    });
    if decision.events.is_empty() {
        return decision.event(outcome::updated(conversation, conversation));
    }
    decision
}
