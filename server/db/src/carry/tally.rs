//! What a table holds, as a number that two engines agree on whatever order they tell rows in.

use crate::value::Value;
use sha2::{Digest, Sha256};

/// A table's rows and the sum of their hashes. Two tables that agree in both hold the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    pub table: String,
    pub rows: u64,
    pub hash: String,
}

/// A sum that grows row by row.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: u64,
    sum: [u64; 4],
}

impl Tally {
    /// Adds a row. Each value goes in with its kind and length, so that no two rows look alike.
    pub(super) fn add(&mut self, row: &[Value<'_>]) {
        let mut hash = Sha256::new();
        for value in row {
            match *value {
                Value::Null => hash.update([0]),
                Value::Int(number) => {
                    hash.update([1]);
                    hash.update(number.to_be_bytes());
                }
                Value::Real(number) => {
                    hash.update([2]);
                    hash.update(number.to_bits().to_be_bytes());
                }
                Value::Text(text) => {
                    // PostgreSQL keeps no NUL in a text.
                    let kept = text.bytes().filter(|byte| *byte != 0).count() as u64;
                    hash.update([3]);
                    hash.update(kept.to_be_bytes());
                    text.split('\0').for_each(|part| hash.update(part));
                }
                Value::Blob(bytes) => {
                    hash.update([4]);
                    hash.update((bytes.len() as u64).to_be_bytes());
                    hash.update(bytes);
                }
            }
        }
        let digest = hash.finalize();
        for (sum, part) in self.sum.iter_mut().zip(digest.chunks_exact(8)) {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(part);
            *sum = sum.wrapping_add(u64::from_be_bytes(bytes));
        }
        self.rows += 1;
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn holding(self, table: &str) -> Holding {
        let hash = self.sum.iter().map(|part| format!("{part:016x}"));
        Holding {
            table: table.to_owned(),
            rows: self.rows,
            hash: hash.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[Value<'_>]]) -> Holding {
        let mut tally = Tally::default();
        rows.iter().for_each(|row| tally.add(row));
        tally.holding("t")
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_everything_else_does() {
        let (a, b) = (
            [Value::Int(1), Value::Text("x")],
            [Value::Null, Value::Text("")],
        );
        assert_eq!(of(&[&a, &b]), of(&[&b, &a]));
        assert_ne!(of(&[&a]).hash, of(&[&b]).hash);
        let pairs: &[[&[Value<'_>]; 2]] = &[
            [
                &[Value::Text("ab"), Value::Text("c")],
                &[Value::Text("a"), Value::Text("bc")],
            ],
            [&[Value::Text("1")], &[Value::Blob(b"1")]],
            [&[Value::Null], &[Value::Text("")]],
            [&[Value::Int(1)], &[Value::Real(1.0)]],
        ];
        for [left, right] in pairs {
            assert_ne!(of(&[left]).hash, of(&[right]).hash);
        }
        assert_ne!(of(&[&a, &a]), of(&[&a]));
    }

    #[test]
    fn what_postgres_would_leave_out_does_not_count() {
        assert_eq!(of(&[&[Value::Text("a\0b")]]), of(&[&[Value::Text("ab")]]));
    }
}
