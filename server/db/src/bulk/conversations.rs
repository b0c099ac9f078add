//! Conversations with their tags, counts and events.

use super::many::{Many, int, truth, up_to_values};
use crate::error::DbError;
use crate::queries::{accounts, conversations as stored, counts, events};
use crate::sql::Sql;
use crate::unit::Unit;
use crate::value::{ToValue, Value};
use frontdesk_domain::conversation::Cell;
use frontdesk_domain::{AccountId, Conversation, EventKind, TagId};

static CONVERSATIONS: Many = Many::new(
    "LOAD_CONVERSATIONS",
    || up_to_values(&stored::INSERT),
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "",
);
static TAGS: Many = Many::new(
    "LOAD_CONVERSATION_TAGS",
    || up_to_values(&stored::TAG),
    "(?, ?)",
    " ON CONFLICT DO NOTHING",
);
static EVENTS: Many = Many::new(
    "LOAD_CONVERSATION_EVENTS",
    || up_to_values(&events::INSERT),
    "(?, ?, ?, ?, ?, NULL, NULL, NULL, 0, NULL, NULL, NULL)",
    "",
);

pub(super) fn all() -> Vec<&'static Sql> {
    [CONVERSATIONS.both(), TAGS.both(), EVENTS.both()].concat()
}

/// Stores conversations in this order, each under the account's next number.
///
/// # Errors
/// When one is there already, or its customer or inbox is not.
pub fn conversations(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    rows: &mut [(Conversation, Vec<TagId>)],
) -> Result<(), DbError> {
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let first = accounts::take_numbers(unit, account_id, count)?;
    for ((row, _), number) in rows.iter_mut().zip(first..) {
        row.number = number;
    }
    let values: Vec<Value<'_>> = rows.iter().flat_map(|(row, _)| columns(row)).collect();
    CONVERSATIONS.exec(unit, &values)?;
    let tagged: Vec<Value<'_>> = rows
        .iter()
        .flat_map(|(row, tags)| {
            tags.iter()
                .flat_map(|tag| [row.id.to_value(), tag.to_value()])
        })
        .collect();
    TAGS.exec(unit, &tagged)?;
    count_in(unit, account_id, rows)?;
    tell(unit, account_id, rows, count)
}

/// In the order of the statement that stores one conversation.
fn columns(it: &Conversation) -> [Value<'_>; 26] {
    let until = it.snooze.and_then(|snooze| snooze.until);
    let until_reply = it.snooze.is_some_and(|snooze| snooze.until_reply);
    [
        it.id.to_value(),
        it.account_id.to_value(),
        it.number.to_value(),
        it.inbox_id.to_value(),
        it.customer_id.to_value(),
        it.source.to_value(),
        it.subject.to_value(),
        it.status.to_value(),
        int(until.map(|time| time.0)),
        truth(&until_reply),
        it.priority.to_value(),
        it.assignee_id.to_value(),
        it.team_id.to_value(),
        truth(&it.read),
        truth(&it.answered),
        it.waiting_since.to_value(),
        it.last_activity_at.to_value(),
        it.last_message_seq.to_value(),
        it.closed_at.to_value(),
        it.archived_at.to_value(),
        it.merged_into.to_value(),
        it.metadata.to_value(),
        it.version.to_value(),
        it.created_at.to_value(),
        it.updated_at.to_value(),
        Value::Int(it.sorted_at().0),
    ]
}

/// Adds to each place's count once, however many came to it.
fn count_in(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    rows: &[(Conversation, Vec<TagId>)],
) -> Result<(), DbError> {
    let mut cells: Vec<(Cell, i64)> = Vec::new();
    for cell in rows.iter().filter_map(|(row, _)| row.cell()) {
        match cells.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, total)) => *total += 1,
            None => cells.push((cell, 1)),
        }
    }
    cells
        .iter()
        .try_for_each(|(cell, total)| counts::add(unit, account_id, cell, *total))
}

fn tell(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    rows: &[(Conversation, Vec<TagId>)],
    count: i64,
) -> Result<(), DbError> {
    let first = unit.take_seqs(account_id, count)?;
    let now = unit.now();
    let values: Vec<Value<'_>> = rows
        .iter()
        .zip(first.0..)
        .flat_map(|((row, _), seq)| {
            [
                row.account_id.to_value(),
                Value::Int(seq),
                Value::Int(now.0),
                Value::Text(EventKind::ConversationCreated.as_str()),
                row.id.to_value(),
            ]
        })
        .collect();
    EVENTS.exec(unit, &values)?;
    unit.note(account_id, frontdesk_domain::EventSeq(first.0 + count - 1));
    Ok(())
}
