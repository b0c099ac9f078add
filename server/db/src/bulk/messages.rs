//! Messages, their events and their terms, and what follows for their conversations.

use super::many::{Many, by_index, int, truth, up_to_values};
use crate::conn::Dialect;
use crate::error::DbError;
use crate::queries::search::{account_term, terms};
use crate::queries::{events, messages as stored};
use crate::sql::Sql;
use crate::unit::Unit;
use crate::value::{Columns, ToValue, Value};
use frontdesk_domain::message::Sender;
use frontdesk_domain::{AccountId, ConversationId, EventKind, EventSeq, Message};
use std::collections::BTreeSet;

/// A message with the terms it is found by. They are cut before the unit, so that the writer does
/// not wait for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    message: Message,
    terms: String,
}

impl Indexed {
    /// Cuts the message's text into terms.
    #[must_use]
    pub fn new(message: Message) -> Self {
        let terms = message.body.as_deref().map(terms).unwrap_or_default();
        Self { message, terms }
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.message
    }
}

static MESSAGES: Many = Many::new(
    "LOAD_MESSAGES",
    || up_to_values(&stored::INSERT),
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    " RETURNING n, seq",
);
static EVENTS: Many = Many::new(
    "LOAD_EVENTS",
    || up_to_values(&events::INSERT),
    "(?, ?, ?, ?, ?, ?, NULL, NULL, 0, NULL, NULL, ?)",
    "",
);
static TERMS: Many = Many::new(
    "LOAD_TERMS",
    || "INSERT INTO message_search (rowid, account, body) VALUES",
    "(?, ?, ?)",
    "",
);
static TERMS_POSTGRES: Many = Many::new(
    "LOAD_TERMS_POSTGRES",
    || "INSERT INTO message_search (n, account_id, terms) VALUES",
    "(?, ?, to_tsvector('simple', ?))",
    "",
);
/// What the messages of a conversation say about it: the newest one, whether an agent wrote, and
/// since when the customer waits, which is the first message after the last public answer.
static SETTLE: Many = Many::new(
    "LOAD_SETTLE",
    || {
        "UPDATE conversations SET
        last_message_seq = (SELECT MAX(seq) FROM messages m WHERE m.conversation_id = conversations.id),
        answered = CASE WHEN EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = conversations.id
            AND m.user_id IS NOT NULL) THEN 1 ELSE 0 END,
        waiting_since = CASE WHEN status = 'closed' THEN NULL ELSE (SELECT MIN(m.created_at) FROM messages m
            WHERE m.conversation_id = conversations.id AND m.customer_id IS NOT NULL AND m.seq > COALESCE((
                SELECT r.seq FROM messages r WHERE r.conversation_id = conversations.id AND r.user_id IS NOT NULL
                AND r.is_private = 0 ORDER BY r.seq DESC LIMIT 1), 0)) END
        WHERE id IN ("
    },
    "?",
    ")",
);

pub(super) fn all() -> Vec<&'static Sql> {
    [MESSAGES.both(), EVENTS.both(), SETTLE.both()].concat()
}

/// Stores messages in this order, each under the number of its event, and makes them searchable.
/// Their conversations are there already.
///
/// # Errors
/// When a message is there already, or its conversation is not.
pub fn messages(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    rows: &mut [Indexed],
) -> Result<(), DbError> {
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    by_index(unit)?;
    let first = unit.take_seqs(account_id, count)?;
    for (row, seq) in rows.iter_mut().zip(first.0..) {
        row.message.seq = EventSeq(seq);
    }
    let places = store(unit, first, rows)?;
    index(unit, account_id, rows, &places)?;
    tell(unit, account_id, rows)?;
    settle(unit, rows)
}

/// Stores the rows and says the `n` each got.
fn store(unit: &mut Unit<'_>, first: EventSeq, rows: &[Indexed]) -> Result<Vec<i64>, DbError> {
    let values: Vec<Value<'_>> = rows.iter().flat_map(|row| columns(&row.message)).collect();
    let mut places = vec![0; rows.len()];
    MESSAGES.run(unit, &values, &mut |row| {
        let mut row = Columns::of(row);
        let (n, seq) = (row.get::<i64>()?, row.get::<i64>()?);
        let at = usize::try_from(seq - first.0).ok();
        if let Some(place) = at.and_then(|at| places.get_mut(at)) {
            *place = n;
        }
        Ok(())
    })?;
    Ok(places)
}

/// In the order of the statement that stores one message.
fn columns(it: &Message) -> [Value<'_>; 19] {
    let (user, customer) = match &it.sender {
        Sender::User(id) => (id.to_value(), Value::Null),
        Sender::Customer(id) => (Value::Null, id.to_value()),
        Sender::Bot | Sender::System => (Value::Null, Value::Null),
    };
    [
        it.id.to_value(),
        it.account_id.to_value(),
        it.conversation_id.to_value(),
        it.seq.to_value(),
        it.kind.to_value(),
        truth(&it.private),
        it.source.to_value(),
        it.body.to_value(),
        it.original.to_value(),
        user,
        customer,
        it.delivery.state.to_value(),
        it.delivery.reason.to_value(),
        it.metadata.to_value(),
        it.sent_at.to_value(),
        it.seen_at.to_value(),
        it.created_at.to_value(),
        it.updated_at.to_value(),
        Value::Int(i64::from(!it.attachments.is_empty())),
    ]
}

fn index(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    rows: &[Indexed],
    places: &[i64],
) -> Result<(), DbError> {
    let found = rows.iter().zip(places);
    let found = found.filter(|(row, _)| !row.terms.is_empty());
    match unit.conn().dialect() {
        Dialect::Sqlite => {
            let account = account_term(account_id);
            let values: Vec<Value<'_>> = found
                .flat_map(|(row, n)| [n.to_value(), account.to_value(), row.terms.to_value()])
                .collect();
            TERMS.exec(unit, &values)
        }
        Dialect::Postgres => {
            let values: Vec<Value<'_>> = found
                .flat_map(|(row, n)| [n.to_value(), account_id.to_value(), row.terms.to_value()])
                .collect();
            TERMS_POSTGRES.exec(unit, &values)
        }
    }
}

/// Writes the event of each message.
fn tell(unit: &mut Unit<'_>, account_id: AccountId, rows: &[Indexed]) -> Result<(), DbError> {
    let now = unit.now();
    let values: Vec<Value<'_>> = rows
        .iter()
        .flat_map(|row| {
            let it = &row.message;
            [
                it.account_id.to_value(),
                it.seq.to_value(),
                Value::Int(now.0),
                Value::Text(EventKind::MessageCreated.as_str()),
                it.conversation_id.to_value(),
                it.id.to_value(),
                int(it.user_id().map(|id| id.0)),
            ]
        })
        .collect();
    EVENTS.exec(unit, &values)?;
    if let Some(last) = rows.last() {
        unit.note(account_id, last.message.seq);
    }
    Ok(())
}

/// Makes the conversations know what came into them.
fn settle(unit: &mut Unit<'_>, rows: &[Indexed]) -> Result<(), DbError> {
    let touched: BTreeSet<ConversationId> =
        rows.iter().map(|row| row.message.conversation_id).collect();
    let values: Vec<Value<'_>> = touched.iter().map(ToValue::to_value).collect();
    SETTLE.exec(unit, &values)
}
