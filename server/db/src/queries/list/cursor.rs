//! Where a page begins: after or before one conversation, in the order of the list.

use frontdesk_domain::Timestamp;
use std::fmt;
use std::str::FromStr;

/// A place between two conversations. Clients keep its text and give it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) direction: Direction,
    pub(crate) key: Key,
}

/// Which side of the place is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Older ones.
    Next,
    /// Newer ones.
    Previous,
}

/// What lists are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) sorted_at: Timestamp,
    pub(crate) n: i64,
}

impl Cursor {
    /// The place after a conversation.
    pub(crate) fn after(sorted_at: Timestamp, n: i64) -> Self {
        Self {
            direction: Direction::Next,
            key: Key { sorted_at, n },
        }
    }
}

/// The text is not a cursor that a list gave out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is not a place in this list; leave it out to start at the top")]
pub struct BadCursor;

impl Direction {
    fn letter(self) -> char {
        match self {
            Self::Next => 'n',
            Self::Previous => 'p',
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Key { sorted_at, n } = self.key;
        write!(f, "{}{:016x}{n:016x}", self.direction.letter(), sorted_at.0)
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let hex = text.strip_prefix(['n', 'p']).ok_or(BadCursor)?;
        let hexadecimal = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hex.len() != 32 || !hexadecimal {
            return Err(BadCursor);
        }
        let number = |part: &str| {
            let bits = u64::from_str_radix(part, 16).map_err(|_| BadCursor)?;
            Ok(i64::from_ne_bytes(bits.to_ne_bytes()))
        };
        Ok(Self {
            direction: if text.starts_with('n') {
                Direction::Next
            } else {
                Direction::Previous
            },
            key: Key {
                sorted_at: Timestamp(number(&hex[..16])?),
                n: number(&hex[16..])?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_anything_else_refused() {
        for (direction, sorted_at, n) in [
            (Direction::Next, 1_795_000_000_000_000, 12),
            (Direction::Previous, -1, i64::MAX),
        ] {
            let key = Key {
                sorted_at: Timestamp(sorted_at),
                n,
            };
            let cursor = Cursor { direction, key };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        let good = "n0000000000000001000000000000000a";
        assert!(good.parse::<Cursor>().is_ok());
        for bad in [
            "",
            "n",
            "x",
            &good[1..],
            &good.replace('a', "+"),
            &good.replace('n', "ä"),
            &format!("{good}0"),
        ] {
            assert_eq!(bad.parse::<Cursor>(), Err(BadCursor), "{bad}");
        }
    }
}
