//! Statements that take a list of ids: one statement for a whole page instead of one per row.

use crate::conn::{Args, Conn};
use crate::error::DbError;
use crate::sql::Sql;
use crate::value::{Columns, ToValue, Value};
use std::fmt::Write as _;

/// Lists are filled up to one of these lengths, so that there are few texts to prepare.
const LENGTHS: [usize; 5] = [1, 4, 16, 64, 256];

/// The longest list of one statement; longer ones take several.
const LONGEST: usize = 256;

/// A statement with a list of ids in it.
///
/// Where it also asks for the account, it says `(account_id = ?1) IS TRUE`: without statistics
/// SQLite would rather walk through all of an account than look up each id of a long list, and
/// in these words it cannot.
#[derive(Debug)]
pub(crate) struct Many {
    name: &'static str,
    /// The statement with `?*` where the list goes; it follows the other placeholders.
    text: &'static str,
}

impl Many {
    pub(crate) const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text }
    }

    /// The statement for a list of `length` after `lead` other arguments.
    pub(crate) fn sql(&self, lead: usize, length: usize) -> Sql {
        Sql::composed(
            self.name,
            self.text.replace("?*", &placeholders(lead + 1, length)),
        )
    }

    /// All rows for these ids, in no order across them. Nothing is asked for no ids.
    pub(crate) fn all<K: ToValue + Ord + Copy, T>(
        &self,
        conn: &mut dyn Conn,
        lead: Args<'_>,
        ids: &[K],
        read: impl Fn(&mut Columns<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(LONGEST) {
            let mut args: Vec<Value<'_>> = lead.iter().map(|arg| arg.to_value()).collect();
            args.extend(filled(chunk).map(ToValue::to_value));
            let sql = self.sql(lead.len(), padded(chunk.len()));
            found.append(&mut conn.all_values(&sql, &args, &read)?);
        }
        Ok(found)
    }
}

/// The list, with its last element repeated up to a length that statements exist for.
pub(crate) fn filled<K>(list: &[K]) -> impl Iterator<Item = &K> {
    let missing = padded(list.len()) - list.len();
    list.iter()
        .chain(list.last().into_iter().cycle().take(missing))
}

/// The next of the lengths that statements exist for.
fn padded(length: usize) -> usize {
    LENGTHS
        .into_iter()
        .find(|known| *known >= length)
        .unwrap_or(length)
}

/// `?3, ?4, ?5`
fn placeholders(first: usize, count: usize) -> String {
    let mut text = String::with_capacity(count * 5);
    for index in first..first + count {
        if index > first {
            text.push_str(", ");
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "?{index}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_filled_up_to_the_next_length() {
        assert_eq!(filled(&[1, 2]).copied().collect::<Vec<_>>(), [1, 2, 2, 2]);
        assert_eq!(filled::<i64>(&[]).count(), 0);
        assert_eq!(placeholders(3, 3), "?3, ?4, ?5");
    }
}
