//! Two conversations are about the same matter, or no longer.

use super::{Written, guard, outcome, system_line};
use crate::policy::Permission;
use crate::{
    Actor, Change, Conversation, Decision, EventDraft, EventKind, MessageId, Refusal, Timestamp,
};

/// Two conversations, whoever their customers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    pub one: &'a Conversation,
    pub other: &'a Conversation,
    pub now_is: Linked,
    /// The ids of the lines that tell of it, in the one and in the other.
    pub lines: (MessageId, MessageId),
}

/// Whether two conversations show each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    Yes,
    /// The other is the talk with somebody the one was forwarded to.
    AsSide,
    No,
}

/// Lets two conversations show each other, or no longer. A line in each tells of it.
///
/// # Errors
/// [`Refusal::Invalid`] for a conversation and itself, and the refusals of whoever may not.
pub fn link(
    actor: &Actor,
    pair: Pair<'_>,
    wanted: Linked,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (one, other) = (pair.one, pair.other);
    guard::reach(actor, Permission::WorkConversations, one)?;
    guard::reach(actor, Permission::WorkConversations, other)?;
    if one.id == other.id {
        return Err(Refusal::invalid("to_id"));
    }
    let is_linked = |it| it != Linked::No;
    if is_linked(pair.now_is) == is_linked(wanted) {
        return Ok(Decision::nothing());
    }
    let (change, here, there) = match wanted {
        Linked::Yes | Linked::AsSide => {
            let side = (wanted == Linked::AsSide).then_some(other.id);
            let change = Change::LinkConversations {
                one: one.id,
                other: other.id,
                side,
                at: now,
            };
            match side {
                Some(_) => (change, "Forwarded as", "Forwarded from"),
                None => (change, "Linked with", "Linked with"),
            }
        }
        Linked::No => (
            Change::UnlinkConversations {
                one: one.id,
                other: other.id,
            },
            "No longer linked with",
            "No longer linked with",
        ),
    };
    let decision = Decision::nothing().change(change);
    let decision = tell(decision, one, other, pair.lines.0, here, now);
    Ok(tell(decision, other, one, pair.lines.1, there, now))
}

fn tell(
    decision: Decision,
    here: &Conversation,
    there: &Conversation,
    id: MessageId,
    words: &str,
    now: Timestamp,
) -> Decision {
    let line = Written::text(id, format!("{words} #{}", there.number));
    let line = system_line::line(here, line, now);
    decision
        .event(EventDraft::within(
            EventKind::MessageCreated,
            here.id,
            line.id.0,
        ))
        .change(Change::AddMessage(Box::new(line)))
        .change(outcome::write(here, here.clone(), now))
}
