//! One statement for many rows.

use crate::conn::Dialect;
use crate::error::DbError;
use crate::sql::Sql;
use crate::unit::Unit;
use crate::value::{Row, Value};
use std::fmt::Write;
use std::sync::OnceLock;

/// How many rows go into one statement. More gained nothing on either database.
const ROWS: usize = 50;

/// A statement whose list of rows is repeated: `ROWS` times, or once for what is left over.
pub(super) struct Many {
    name: &'static str,
    head: fn() -> &'static str,
    /// One row, with a bare `?` for each value.
    row: &'static str,
    tail: &'static str,
    full: OnceLock<Sql>,
    single: OnceLock<Sql>,
}

impl Many {
    /// A statement of `head`, rows parted by commas, and `tail`.
    pub(super) const fn new(
        name: &'static str,
        head: fn() -> &'static str,
        row: &'static str,
        tail: &'static str,
    ) -> Self {
        Self {
            name,
            head,
            row,
            tail,
            full: OnceLock::new(),
            single: OnceLock::new(),
        }
    }

    /// Both forms of the statement.
    pub(super) fn both(&'static self) -> [&'static Sql; 2] {
        [
            self.full.get_or_init(|| self.composed(ROWS)),
            self.single.get_or_init(|| self.composed(1)),
        ]
    }

    fn composed(&self, rows: usize) -> Sql {
        let mut text = (self.head)().to_owned();
        let mut number = 0;
        for row in 0..rows {
            text.push_str(if row == 0 { " " } else { ", " });
            for letter in self.row.chars() {
                text.push(letter);
                if letter == '?' {
                    number += 1;
                    // Writing to a string does not fail.
                    write!(text, "{number}").unwrap_or_default();
                }
            }
        }
        text.push_str(self.tail);
        Sql::composed(self.name, text)
    }

    /// Runs the statement for all rows, whose values come one after the other, and shows each
    /// row of the answers.
    pub(super) fn run(
        &'static self,
        unit: &mut Unit<'_>,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let width = self.row.matches('?').count();
        let [full, single] = self.both();
        let groups = values.chunks_exact(width * ROWS);
        let rest = groups.remainder();
        for group in groups {
            unit.conn().rows_values(full, group, each)?;
        }
        for row in rest.chunks_exact(width) {
            unit.conn().rows_values(single, row, each)?;
        }
        Ok(())
    }

    /// The same for a statement that answers nothing.
    pub(super) fn exec(
        &'static self,
        unit: &mut Unit<'_>,
        values: &[Value<'_>],
    ) -> Result<(), DbError> {
        self.run(unit, values, &mut |_| Ok(()))
    }
}

/// The part of an insert before its rows, so that columns are named in one place.
pub(super) fn up_to_values(sql: &'static Sql) -> &'static str {
    let text = sql.text(Dialect::Sqlite);
    text.find(" VALUES")
        .map_or(text, |at| &text[..at + " VALUES".len()])
}

/// A number or nothing.
pub(super) fn int(number: Option<i64>) -> Value<'static> {
    number.map_or(Value::Null, Value::Int)
}

/// A truth.
pub(super) fn truth(is_so: &bool) -> Value<'static> {
    Value::Int(i64::from(*is_so))
}

static BY_INDEX: Sql = Sql::common("LOAD_BY_INDEX", "SET LOCAL enable_seqscan = off");

/// Keeps PostgreSQL to indexes for the rest of the unit. It remembers the plans it made while the
/// tables were still empty, and those read whole tables for every statement of a long load.
pub(super) fn by_index(unit: &mut Unit<'_>) -> Result<(), DbError> {
    if unit.conn().dialect() == Dialect::Postgres {
        unit.exec(&BY_INDEX, &[])?;
    }
    Ok(())
}
