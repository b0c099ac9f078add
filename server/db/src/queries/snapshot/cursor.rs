//! How far a client has come in a snapshot.

use crate::queries::list::{BadCursor, Cursor};
use frontdesk_domain::Timestamp;
use std::fmt;
use std::str::FromStr;

/// A place in a snapshot. Clients keep its text and give it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SnapshotCursor {
    pub(super) began: Timestamp,
    pub(super) phase: Phase,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Open conversations from this place in their list.
    Open(Option<Cursor>),
    /// The others with a number below this one.
    Rest { below: i64 },
}

impl fmt::Display for SnapshotCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let began = self.began.0;
        match self.phase {
            Phase::Open(None) => write!(f, "{began}.o"),
            Phase::Open(Some(at)) => write!(f, "{began}.o.{at}"),
            Phase::Rest { below } => write!(f, "{began}.r.{below}"),
        }
    }
}

impl FromStr for SnapshotCursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let parts: Vec<&str> = text.split('.').collect();
        let number = |part: &str| part.parse::<i64>().map_err(|_| BadCursor);
        let (began, phase) = match parts[..] {
            [began, "o"] => (began, Phase::Open(None)),
            [began, "o", at] => (began, Phase::Open(Some(at.parse()?))),
            [began, "r", below] => (
                began,
                Phase::Rest {
                    below: number(below)?,
                },
            ),
            _ => return Err(BadCursor),
        };
        Ok(Self {
            began: Timestamp(number(began)?),
            phase,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_anything_else_refused() {
        let list = "n000000000000000100000000000000aa";
        for good in ["17.o", &format!("17.o.{list}"), "17.r.42"] {
            let cursor: SnapshotCursor = good.parse().unwrap();
            assert_eq!(cursor.to_string(), good);
        }
        for bad in [
            "", "17", "17.x", "17.o.", "17.r", "17.r.", "a.o", "17.o.n12",
        ] {
            assert_eq!(bad.parse::<SnapshotCursor>(), Err(BadCursor), "{bad}");
        }
    }
}
