//! Two threads that became one are two again.

use super::merge_conversations::{audit, joined, move_messages};
use super::three_way::settle;
use super::{Written, guard, outcome, system_line};
use crate::change::{Merge, Merged};
use crate::conversation::Snooze;
use crate::policy::Permission;
use crate::{
    Actor, Change, Conversation, Decision, EventDraft, EventKind, MessageId, Refusal, Status,
    TagId, Timestamp,
};

/// A merge of conversations and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoMergeConversations<'a> {
    pub merge: &'a Merge,
    /// The one that went away, as it is now.
    pub from: &'a Conversation,
    /// The one that stayed, as it is now.
    pub into: &'a Conversation,
    pub into_tags: &'a [TagId],
    pub since: Since,
    /// The id of the line that tells of the undoing.
    pub line: MessageId,
}

/// What happened in the conversation that stayed since the merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// Nothing was written, beside lines of the server itself.
    Quiet,
    /// Somebody wrote, or another conversation was merged into it and still is.
    Written,
}

/// Moves back what a merge moved and gives both conversations the fields they had, unless
/// somebody changed a field since. What was written since stays where it was written, and then
/// the conversation it was written in keeps its state, which is about the new messages too.
///
/// # Errors
/// [`Refusal::AlreadyDone`] for a merge that was undone, [`Refusal::Conflict`] when a later merge
/// stands in the way, [`Refusal::NotFound`] for what is no merge of these conversations.
pub fn undo_merge_conversations(
    actor: &Actor,
    command: &UndoMergeConversations<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (from, into) = (command.from, command.into);
    guard::reach(actor, Permission::Merge, from)?;
    guard::reach(actor, Permission::Merge, into)?;
    let past = Past::of(command).ok_or(Refusal::NotFound)?;
    if command.merge.undone_at.is_some() {
        return Err(Refusal::AlreadyDone { by: None });
    }
    if into.merged_into.is_some() || from.merged_into != Some(into.id) {
        return Err(Refusal::Conflict("a later merge must be undone first"));
    }
    Ok(carry_out(actor, command, &past, now))
}

/// What the merge remembers of these two conversations.
struct Past<'a> {
    from: &'a Conversation,
    into: &'a Conversation,
    messages: &'a [MessageId],
    tags: &'a [TagId],
}

impl<'a> Past<'a> {
    fn of(command: &UndoMergeConversations<'a>) -> Option<Self> {
        let Merged::Conversations {
            from,
            into,
            messages,
            tags,
            ..
        } = &command.merge.what
        else {
            return None;
        };
        (from.id == command.from.id && into.id == command.into.id).then_some(Self {
            from,
            into,
            messages,
            tags,
        })
    }
}

fn carry_out(
    actor: &Actor,
    command: &UndoMergeConversations<'_>,
    past: &Past<'_>,
    now: Timestamp,
) -> Decision {
    let (from, into) = (command.from, command.into);
    let restored = come_back(from, past.from);
    let left = let_go(into, past, command.since);
    let line = Written::text(
        command.line,
        format!("Separated from #{} again", from.number),
    );
    let line = system_line::line(into, line, now);

    let mut decision = Decision::nothing()
        .event(outcome::updated(from, &restored))
        .change(outcome::write(from, restored, now));
    decision = move_messages(decision, past.messages, into, from);
    for tag_id in past
        .tags
        .iter()
        .filter(|tag| command.into_tags.contains(tag))
    {
        decision = decision.change(Change::UntagConversation {
            conversation_id: into.id,
            tag_id: *tag_id,
        });
    }
    decision
        .event(outcome::updated(into, &left))
        .change(outcome::write(into, left, now))
        .event(EventDraft::within(
            EventKind::MessageCreated,
            into.id,
            line.id.0,
        ))
        .change(Change::AddMessage(Box::new(line)))
        .change(Change::CloseMerge {
            id: command.merge.id,
            at: now,
        })
        .change(audit(actor, "conversations.merge_undone", from, into))
}

/// The conversation that went away. Only what the merge took from it comes back: its customer
/// may have been merged in the meantime.
fn come_back(now_is: &Conversation, was: &Conversation) -> Conversation {
    Conversation {
        status: was.status,
        closed_at: was.closed_at,
        snooze: was.snooze,
        waiting_since: was.waiting_since,
        archived_at: was.archived_at,
        merged_into: None,
        ..now_is.clone()
    }
}

/// The conversation that stayed.
fn let_go(is: &Conversation, past: &Past<'_>, since: Since) -> Conversation {
    if since == Since::Written {
        return is.clone();
    }
    let (was, made) = (past.into, joined(past.from, past.into));
    let (status, snooze, closed_at, archived_at) = settle(&life(is), &life(&made), &life(was));
    Conversation {
        status,
        snooze,
        closed_at,
        archived_at,
        priority: settle(&is.priority, &made.priority, &was.priority),
        read: settle(&is.read, &made.read, &was.read),
        answered: settle(&is.answered, &made.answered, &was.answered),
        assignee_id: settle(&is.assignee_id, &made.assignee_id, &was.assignee_id),
        team_id: settle(&is.team_id, &made.team_id, &was.team_id),
        waiting_since: settle(&is.waiting_since, &made.waiting_since, &was.waiting_since),
        last_activity_at: settle(
            &is.last_activity_at,
            &made.last_activity_at,
            &was.last_activity_at,
        ),
        ..is.clone()
    }
}

type Life = (Status, Option<Snooze>, Option<Timestamp>, Option<Timestamp>);

/// The fields that only make sense together.
fn life(conversation: &Conversation) -> Life {
    (
        conversation.status,
        conversation.snooze,
        conversation.closed_at,
        conversation.archived_at,
    )
}
