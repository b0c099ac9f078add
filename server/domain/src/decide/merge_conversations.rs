//! Two threads of one customer become one.

use super::{Written, guard, outcome, system_line};
use crate::change::{AuditEntry, Merge, Merged};
use crate::policy::Permission;
use crate::{
    Actor, Change, Conversation, Decision, EventDraft, EventKind, EventSeq, MergeId, MessageId,
    Priority, Refusal, Status, TagId, Timestamp,
};
use std::cmp::Reverse;

/// What to merge into what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeConversations<'a> {
    pub id: MergeId,
    /// The one that goes away.
    pub from: &'a Conversation,
    pub from_messages: &'a [MessageId],
    pub from_tags: &'a [TagId],
    /// The one that stays.
    pub into: &'a Conversation,
    pub into_tags: &'a [TagId],
    /// The id of the line that tells of the merge in the thread that stays.
    pub line: MessageId,
    /// The newest event number of the account.
    pub at_seq: EventSeq,
}

/// Moves all messages and tags of one conversation into another. What was louder about either
/// stays true: open before snoozed before closed, unread before read, priority before none.
///
/// # Errors
/// [`Refusal::Invalid`] for a conversation and itself, [`Refusal::Conflict`] for one that was
/// merged before or for two of different customers: each would read the other's messages.
pub fn merge_conversations(
    actor: &Actor,
    command: &MergeConversations<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (from, into) = (command.from, command.into);
    guard::reach_unmerged(actor, Permission::Merge, from)?;
    guard::reach_unmerged(actor, Permission::Merge, into)?;
    if from.id == into.id {
        return Err(Refusal::invalid("into_id"));
    }
    if from.customer_id != into.customer_id {
        return Err(Refusal::Conflict(
            "the conversations are of different customers",
        ));
    }
    Ok(carry_out(actor, command, now))
}

fn carry_out(actor: &Actor, command: &MergeConversations<'_>, now: Timestamp) -> Decision {
    let (from, into) = (command.from, command.into);
    let (gone, joined) = (merged_away(from, into, now), joined(from, into));
    let new_tags = missing_in(command.from_tags, command.into_tags);
    let line = Written::text(command.line, format!("Merged from #{}", from.number));
    let line = system_line::line(into, line, now);

    let mut decision = Decision::nothing()
        .change(Change::RecordMerge(Box::new(record(
            command,
            new_tags.clone(),
            now,
        ))))
        .event(outcome::updated(into, &joined))
        .change(outcome::write(into, joined, now));
    decision = move_messages(decision, command.from_messages, from, into);
    for tag_id in new_tags {
        decision = decision.change(Change::TagConversation {
            conversation_id: into.id,
            tag_id,
        });
    }
    decision
        .event(EventDraft::within(
            EventKind::MessageCreated,
            into.id,
            line.id.0,
        ))
        .change(Change::AddMessage(Box::new(line)))
        .event(outcome::updated(from, &gone))
        .change(outcome::write(from, gone, now))
        .change(audit(actor, "conversations.merged", from, into))
}

fn record(command: &MergeConversations<'_>, tags: Vec<TagId>, now: Timestamp) -> Merge {
    Merge {
        id: command.id,
        what: Merged::Conversations {
            from: Box::new(command.from.clone()),
            into: Box::new(command.into.clone()),
            messages: command.from_messages.to_vec(),
            tags,
            at_seq: command.at_seq,
        },
        undone_at: None,
        created_at: now,
    }
}

/// The conversation that stays, as the merge makes it.
pub(super) fn joined(from: &Conversation, into: &Conversation) -> Conversation {
    let mut joined = into.clone();
    if loudness(from) > loudness(into) {
        joined.status = from.status;
        joined.snooze = from.snooze;
        joined.closed_at = from.closed_at;
        joined.archived_at = from.archived_at;
    }
    if from.priority == Priority::High {
        joined.priority = Priority::High;
    }
    joined.read = from.read && into.read;
    joined.answered = from.answered || into.answered;
    joined.assignee_id = into.assignee_id.or(from.assignee_id);
    joined.team_id = into.team_id.or(from.team_id);
    joined.waiting_since = earliest(from.waiting_since, into.waiting_since);
    joined.last_activity_at = from.last_activity_at.max(into.last_activity_at);
    joined
}

/// How much a conversation asks for attention; of two snoozed ones the first to wake does more.
fn loudness(conversation: &Conversation) -> (u8, Reverse<i64>) {
    let rank = match conversation.status {
        _ if conversation.archived_at.is_some() => 0,
        Status::Spam => 1,
        Status::Closed => 2,
        Status::Snoozed => 3,
        Status::Open => 4,
    };
    let until = conversation.snooze.and_then(|snooze| snooze.until);
    (rank, Reverse(until.map_or(i64::MAX, |until| until.0)))
}

fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).min()
}

/// The conversation that goes away: out of all lists and counts, and it points to the other.
fn merged_away(from: &Conversation, into: &Conversation, now: Timestamp) -> Conversation {
    Conversation {
        status: Status::Closed,
        closed_at: Some(from.closed_at.unwrap_or(now)),
        snooze: None,
        waiting_since: None,
        archived_at: Some(from.archived_at.unwrap_or(now)),
        merged_into: Some(into.id),
        ..from.clone()
    }
}

fn missing_in(wanted: &[TagId], there: &[TagId]) -> Vec<TagId> {
    let missing = wanted.iter().filter(|tag| !there.contains(tag));
    missing.copied().collect()
}

/// Moves messages and tells of each, so that those who saw only the former place learn that it
/// is empty.
pub(super) fn move_messages(
    decision: Decision,
    ids: &[MessageId],
    from: &Conversation,
    to: &Conversation,
) -> Decision {
    if ids.is_empty() {
        return decision;
    }
    let moved_from = (from.place() != to.place()).then(|| from.place());
    let decision = decision.change(Change::MoveMessages {
        ids: ids.to_vec(),
        to: to.id,
    });
    ids.iter().fold(decision, |decision, id| {
        decision.event(EventDraft {
            moved_from,
            ..EventDraft::within(EventKind::MessageUpdated, to.id, id.0)
        })
    })
}

/// The entry of the audit log for a merge or its undoing.
pub(super) fn audit(
    actor: &Actor,
    action: &str,
    from: &Conversation,
    into: &Conversation,
) -> Change {
    Change::Audit(Box::new(AuditEntry {
        user_id: actor.user_id(),
        action: action.to_owned(),
        subject: format!("conversation:{}", into.id),
        detail: Some(format!("conversation:{}", from.id)),
        ..AuditEntry::default()
    }))
}
