//! Which rows are there already.

use super::many::{Many, by_index};
use crate::error::DbError;
use crate::unit::Unit;
use crate::value::{Columns, ToValue};
use std::collections::HashSet;
use uuid::Uuid;

/// The tables that are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Customers,
    Conversations,
    Messages,
}

static CUSTOMERS: Many = Many::new(
    "KNOWN_CUSTOMERS",
    || "SELECT id FROM customers WHERE id IN (",
    "?",
    ")",
);
static CONVERSATIONS: Many = Many::new(
    "KNOWN_CONVERSATIONS",
    || "SELECT id FROM conversations WHERE id IN (",
    "?",
    ")",
);
static MESSAGES: Many = Many::new(
    "KNOWN_MESSAGES",
    || "SELECT id FROM messages WHERE id IN (",
    "?",
    ")",
);

pub(super) fn all() -> Vec<&'static crate::Sql> {
    [CUSTOMERS.both(), CONVERSATIONS.both(), MESSAGES.both()].concat()
}

/// Those of the ids that are in the table.
///
/// # Errors
/// When the database does not answer.
pub fn known(
    unit: &mut Unit<'_>,
    kept: Kept,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashSet<Uuid>, DbError> {
    by_index(unit)?;
    let statement: &'static Many = match kept {
        Kept::Customers => &CUSTOMERS,
        Kept::Conversations => &CONVERSATIONS,
        Kept::Messages => &MESSAGES,
    };
    let ids: Vec<Uuid> = ids.collect();
    let values: Vec<_> = ids.iter().map(ToValue::to_value).collect();
    let mut found = HashSet::new();
    statement.run(unit, &values, &mut |row| {
        found.insert(Columns::of(row).get()?);
        Ok(())
    })?;
    Ok(found)
}
