//! Lists that filters narrow: a statement put together from fixed pieces. Values are only ever
//! bound; no text that came from outside gets into a statement.

use crate::sql::Sql;
use crate::value::Value;
use std::fmt::Write as _;

/// The conditions of a statement and the values they are about.
pub(crate) struct Narrowed<'a> {
    conditions: String,
    args: Vec<Value<'a>>,
}

impl<'a> Narrowed<'a> {
    /// Starts with the condition that always holds. Each piece counts its own `?1`, `?2`, ….
    pub(crate) fn by(piece: &'static str, values: &[Value<'a>]) -> Self {
        let mut narrowed = Self {
            conditions: String::new(),
            args: Vec::new(),
        };
        narrowed.push(piece, values);
        narrowed
    }

    /// Adds a condition.
    pub(crate) fn and(&mut self, piece: &'static str, values: &[Value<'a>]) {
        self.conditions.push_str(" AND ");
        self.push(piece, values);
    }

    /// Adds a condition about a list: what is before it, the values, and what is after it.
    pub(crate) fn and_in(
        &mut self,
        before: &'static str,
        values: impl Iterator<Item = Value<'a>>,
        after: &'static str,
    ) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(before);
        for (index, value) in values.enumerate() {
            if index > 0 {
                self.conditions.push_str(", ");
            }
            self.push("?1", &[value]);
        }
        self.conditions.push_str(after);
    }

    /// Adds what comes after the conditions: an order, a limit.
    pub(crate) fn push(&mut self, piece: &'static str, values: &[Value<'a>]) {
        let before = self.args.len();
        self.args.extend_from_slice(values);
        let mut quoted = false;
        let mut letters = piece.chars().peekable();
        while let Some(letter) = letters.next() {
            quoted ^= letter == '\'';
            self.conditions.push(letter);
            if letter == '?' && !quoted {
                let mut own = 0;
                while let Some(digit) = letters.peek().and_then(|next| next.to_digit(10)) {
                    own = own * 10 + digit as usize;
                    letters.next();
                }
                write!(self.conditions, "{}", before + own)
                    .expect("a String takes whatever is written to it");
            }
        }
    }

    /// The statement so far, after its beginning.
    pub(crate) fn statement(&self, name: &'static str, beginning: &'static str) -> Sql {
        Sql::composed(name, format!("{beginning} WHERE {}", self.conditions))
    }

    /// The values, in the order of their numbers.
    pub(crate) fn args(&self) -> &[Value<'a>] {
        &self.args
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conn::Dialect;

    #[test]
    fn pieces_are_numbered_in_their_order() {
        let mut narrowed = Narrowed::by("account_id = ?1", &[Value::Int(7)]);
        narrowed.and("(a = ?2 OR b = ?1)", &[Value::Int(8), Value::Int(9)]);
        narrowed.and_in("c IN (", [1, 2].into_iter().map(Value::Int), ")");
        narrowed.and("d LIKE '?1'", &[]);
        narrowed.push(" LIMIT ?1", &[Value::Int(3)]);
        assert_eq!(
            narrowed
                .statement("T", "SELECT 1 FROM t")
                .text(Dialect::Sqlite),
            "SELECT 1 FROM t WHERE account_id = ?1 AND (a = ?3 OR b = ?2) AND c IN (?4, ?5) AND d LIKE '?1' LIMIT ?6"
        );
        assert_eq!(narrowed.args(), [7, 8, 9, 1, 2, 3].map(Value::Int));
    }
}
