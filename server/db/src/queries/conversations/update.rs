//! How a conversation changes. Most changes are a message that came: those write few columns, so
//! that SQLite leaves the indexes and references alone that have nothing to do with them.

use super::{MOVE, UPDATE, snooze_columns};
use crate::error::DbError;
use crate::queries::counts;
use crate::unit::Unit;
use frontdesk_domain::Conversation;

/// Writes what changed of a conversation and moves its count when its place changed.
///
/// # Errors
/// When the customer or inbox does not exist.
pub(crate) fn update(
    unit: &mut Unit<'_>,
    before: &Conversation,
    after: &Conversation,
) -> Result<(), DbError> {
    if only_moved(before, after) {
        write_moved(unit, after)?;
    } else {
        write_all(unit, after)?;
    }
    let (from, to) = (before.cell(), after.cell());
    if from != to {
        if let Some(cell) = from {
            counts::add(unit, after.account_id, &cell, -1)?;
        }
        if let Some(cell) = to {
            counts::add(unit, after.account_id, &cell, 1)?;
        }
    }
    Ok(())
}

/// Whether there was activity and nothing else.
fn only_moved(before: &Conversation, after: &Conversation) -> bool {
    let moved = Conversation {
        waiting_since: after.waiting_since,
        last_activity_at: after.last_activity_at,
        last_message_seq: after.last_message_seq,
        version: after.version,
        updated_at: after.updated_at,
        ..before.clone()
    };
    moved == *after
}

fn write_moved(unit: &mut Unit<'_>, after: &Conversation) -> Result<(), DbError> {
    unit.send(
        &MOVE,
        &[
            &after.account_id,
            &after.id,
            &after.waiting_since,
            &after.last_activity_at,
            &after.last_message_seq,
            &after.version,
            &after.updated_at,
            &after.sorted_at(),
        ],
    )
}

fn write_all(unit: &mut Unit<'_>, after: &Conversation) -> Result<(), DbError> {
    let (until, until_reply) = snooze_columns(after);
    unit.send(
        &UPDATE,
        &[
            &after.account_id,
            &after.id,
            &after.inbox_id,
            &after.customer_id,
            &after.source,
            &after.subject,
            &after.status,
            &until,
            &until_reply,
            &after.priority,
            &after.assignee_id,
            &after.team_id,
            &after.read,
            &after.answered,
            &after.waiting_since,
            &after.last_activity_at,
            &after.last_message_seq,
            &after.closed_at,
            &after.archived_at,
            &after.merged_into,
            &after.metadata,
            &after.version,
            &after.updated_at,
            &after.sorted_at(),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::{
        AccountId, ConversationId, CustomerId, EventSeq, Source, Status, Timestamp,
    };

    #[test]
    fn a_message_moves_a_conversation_and_an_answer_may_do_more() {
        let before = Conversation::new(
            ConversationId::random(),
            AccountId::random(),
            CustomerId::random(),
            Source::Chat,
            Timestamp(1),
        );
        let moved = Conversation {
            waiting_since: Some(Timestamp(2)),
            last_activity_at: Some(Timestamp(2)),
            last_message_seq: EventSeq(9),
            version: 2,
            updated_at: Timestamp(2),
            ..before.clone()
        };
        assert!(only_moved(&before, &moved));
        let closed = Conversation {
            status: Status::Closed,
            ..moved
        };
        assert!(!only_moved(&before, &closed));
    }
}
