//! How far somebody has come in what a search finds.

use crate::queries::list::{BadCursor, Cursor};
use std::fmt;
use std::str::FromStr;

/// A place in what a search finds. Clients keep its text and give it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindCursor(pub(super) Place);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Message { below: i64 },
    Conversation(Cursor),
}

impl fmt::Display for FindCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Place::Message { below } => write!(f, "m{below}"),
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
        let digits = text.strip_prefix('m').ok_or(BadCursor)?;
        let below = digits.parse().map_err(|_| BadCursor)?;
        Ok(Self(Place::Message { below }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_anything_else_refused() {
        for good in ["m17", "cn000000000000000100000000000000aa"] {
            let cursor: FindCursor = good.parse().unwrap();
            assert_eq!(cursor.to_string(), good);
        }
        for bad in ["", "m", "c", "x1", "mä", "cn1"] {
            assert_eq!(bad.parse::<FindCursor>(), Err(BadCursor), "{bad}");
        }
    }
}
