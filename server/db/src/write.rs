//! Carries decisions out: the only writer of conversations, messages and what hangs on them.

use crate::error::DbError;
use crate::queries::{accounts, audit, conversations, customers, events, jobs, merges, messages};
use crate::unit::Unit;
use frontdesk_domain::decision::Subject;
use frontdesk_domain::message::Sender;
use frontdesk_domain::{
    Actor, Change, ConversationId, Decision, DeliveryState, EventKind, EventSeq, Message, MessageId,
};

/// Writes all of a decision in the unit: events get the account's next numbers, a message gets
/// the number of the event that tells of it, and its conversation remembers the newest one.
///
/// Says the number of the last event, when there was one.
///
/// # Errors
/// When the database refuses any of it; the unit must then be rolled back.
pub fn apply(
    unit: &mut Unit<'_>,
    actor: &Actor,
    decision: Decision,
) -> Result<Option<EventSeq>, DbError> {
    let Decision {
        mut changes,
        events: drafts,
    } = decision;
    let count = i64::try_from(drafts.len()).unwrap_or(i64::MAX);
    if count == 0 {
        changes
            .iter()
            .try_for_each(|change| carry_out(unit, actor, change))?;
        return Ok(None);
    }
    let first = unit.take_seqs(actor.account_id, count)?;
    let born: Vec<(MessageId, EventSeq)> = drafts
        .iter()
        .zip(first.0..)
        .filter_map(|(draft, seq)| match (draft.kind, &draft.subject) {
            (EventKind::MessageCreated, Subject::Id(id)) => Some((MessageId(*id), EventSeq(seq))),
            _ => None,
        })
        .collect();
    number(&mut changes, &born);
    for change in &mut changes {
        if let Change::CreateConversation(conversation) = change {
            conversation.number = accounts::take_numbers(unit, actor.account_id, 1)?;
        }
        carry_out(unit, actor, change)?;
    }
    events::append(unit, actor.account_id, first, actor.user_id(), &drafts)?;
    Ok(Some(EventSeq(first.0 + count - 1)))
}

/// Gives new messages their numbers and tells their conversations of the newest.
fn number(changes: &mut [Change], born: &[(MessageId, EventSeq)]) {
    let mut newest: Vec<(ConversationId, EventSeq)> = Vec::new();
    for change in changes.iter_mut() {
        if let Change::AddMessage(message) = change {
            message.seq = seq_of(message, born);
            newest.push((message.conversation_id, message.seq));
        }
    }
    for change in changes {
        let (Change::CreateConversation(conversation)
        | Change::UpdateConversation {
            after: conversation,
            ..
        }) = change
        else {
            continue;
        };
        for (id, seq) in &newest {
            if conversation.id == *id {
                conversation.last_message_seq = conversation.last_message_seq.max(*seq);
            }
        }
    }
}

fn seq_of(message: &Message, born: &[(MessageId, EventSeq)]) -> EventSeq {
    born.iter()
        .find(|(id, _)| *id == message.id)
        .map_or(message.seq, |(_, seq)| *seq)
}

fn carry_out(unit: &mut Unit<'_>, actor: &Actor, change: &Change) -> Result<(), DbError> {
    let account_id = actor.account_id;
    match change {
        Change::CreateConversation(it) => conversations::insert(unit, it),
        Change::UpdateConversation { before, after } => conversations::update(unit, before, after),
        Change::AddMessage(it) => {
            messages::insert(unit, it)?;
            if it.delivery.state == DeliveryState::Queued {
                let job = jobs::deliver_by(it.source, account_id, it.conversation_id);
                jobs::enqueue(unit, &job)?;
            }
            if matches!(it.sender, Sender::Customer(_) | Sender::User(_)) {
                jobs::suggest_where_wanted(unit, account_id, it.conversation_id)?;
            }
            if matches!(it.sender, Sender::Customer(_)) {
                jobs::sort_where_wanted(unit, account_id, it.conversation_id)?;
            }
            Ok(())
        }
        Change::MarkMessagesSeen {
            conversation_id,
            at,
        } => messages::mark_seen(unit, *conversation_id, *at).map(|_| ()),
        Change::MarkMentionsSeen {
            conversation_id,
            user_id,
            at,
        } => messages::mentions_seen(unit, *conversation_id, *user_id, *at).map(|_| ()),
        Change::TagConversation {
            conversation_id,
            tag_id,
        } => conversations::tag(unit, *conversation_id, *tag_id),
        Change::UntagConversation {
            conversation_id,
            tag_id,
        } => conversations::untag(unit, *conversation_id, *tag_id),
        Change::UpdateCustomer { after, .. } => customers::update(unit, after),
        Change::MoveCustomer { merge_id, from, to } => {
            merges::move_customer(unit, account_id, *merge_id, *from, *to)
        }
        Change::MoveCustomerBack { merge_id, from, to } => {
            merges::move_customer_back(unit, *merge_id, *from, *to)
        }
        Change::MoveMessages { ids, to } => {
            ids.iter()
                .try_for_each(|id| messages::move_to(unit, account_id, *id, *to))?;
            // Some of them may still wait to go out, which is done conversation by conversation.
            jobs::enqueue(unit, &jobs::deliver(account_id, *to))
        }
        Change::LinkConversations {
            one,
            other,
            side,
            at,
        } => conversations::links::link(unit, account_id, (*one, *other), *side, *at),
        Change::UnlinkConversations { one, other } => {
            conversations::links::unlink(unit, account_id, *one, *other)
        }
        Change::RecordMerge(merge) => merges::insert(unit, account_id, merge),
        Change::CloseMerge { id, at } => merges::close(unit, account_id, *id, *at),
        Change::Audit(entry) => audit::append(unit, actor, entry),
    }
}
