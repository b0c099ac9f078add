//! How far somebody has come in what a search finds.

use crate::queries::list::{BadCursor, Cursor};
use std::fmt;
use std::str::FromStr;

/// A place in what a search finds. Clients keep its text and give it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindCursor(pub(super) Place);

/// How the last word is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastWord {
    Whole,
    Begun,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Messages below a place in the index, by words of which the last may go on, or not.
    Message {
        below: i64,
        last: LastWord,
    },
    Conversation(Cursor),
}

impl fmt::Display for FindCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Place::Message { below, last } => match last {
                LastWord::Whole => write!(f, "w{below}"),
                LastWord::Begun => write!(f, "b{below}"),
            },
            Place::Conversation(at) => write!(f, "c{at}"),
        }
    }
}

impl FromStr for FindCursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        if let Some(at) = text.strip_prefix('c') {
            return Ok(Self(Place::Conversation(at.parse()?)));
        }
        let last = if text.starts_with('w') {
            LastWord::Whole
        } else {
            LastWord::Begun
        };
        let digits = text.strip_prefix(['w', 'b']).ok_or(BadCursor)?;
        let below = digits.parse().map_err(|_| BadCursor)?;
        Ok(Self(Place::Message { below, last }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_anything_else_refused() {
        for good in ["w17", "b-1", "cn000000000000000100000000000000aa"] {
            let cursor: FindCursor = good.parse().unwrap();
            assert_eq!(cursor.to_string(), good);
        }
        for bad in ["", "w", "c", "x1", "bä", "cn1"] {
            assert_eq!(bad.parse::<FindCursor>(), Err(BadCursor), "{bad}");
        }
    }
}
