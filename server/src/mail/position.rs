//! How far mailboxes have been read. A server numbers the mails of a mailbox, and says when its numbers
//! count anew.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far each mailbox of a connection has been read, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Positions(BTreeMap<String, Position>);

/// How far one has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// Under which counting.
    validity: u32,
    /// The last number that was read.
    uid: u32,
    /// When everything that had come by then was read, in seconds since 1970.
    at: i64,
}

/// Where to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// Behind this number.
    Behind(u32),
    /// The numbers say nothing: with what came at this second or later.
    Since(i64),
}

/// Clocks differ, and a search knows days only.
const DAY: i64 = 24 * 60 * 60;

impl Positions {
    /// Reads what was kept; what cannot be read is as if nothing were.
    pub(super) fn read(text: Option<&str>) -> Self {
        let read = text.and_then(|text| serde_json::from_str(text).ok());
        read.unwrap_or_default()
    }

    /// What is kept.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("names and numbers become JSON")
    }

    /// Where to go on in a mailbox whose numbers count under this validity. `begun` is since when mail
    /// is wanted at all.
    pub(super) fn start(&self, folder: &str, validity: u32, begun: i64) -> Start {
        match self.0.get(folder) {
            Some(known) if known.validity == validity => Start::Behind(known.uid),
            // Mails that came shortly before were perhaps not read; those that were are known again.
            Some(known) => Start::Since(begun.max(known.at - DAY)),
            None => Start::Since(begun),
        }
    }

    /// A mail was read, or everything up to this number that came by this second.
    pub(super) fn read_up_to(&mut self, folder: &str, validity: u32, uid: u32, at: i64) {
        let known = self
            .0
            .entry(folder.to_owned())
            .or_insert(Position { validity, uid, at });
        if known.validity == validity {
            known.uid = known.uid.max(uid);
        } else {
            (known.validity, known.uid) = (validity, uid);
        }
        known.at = known.at.max(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INBOX: &str = "INBOX";

    #[test]
    fn numbers_count_while_they_are_valid() {
        let mut known = Positions::default();
        assert_eq!(known.start(INBOX, 7, 100), Start::Since(100));
        known.read_up_to(INBOX, 7, 12, 500_000);
        known.read_up_to(INBOX, 7, 9, 400_000);
        let known = Positions::read(Some(&known.text()));
        assert_eq!(known.start(INBOX, 7, 100), Start::Behind(12));
        assert_eq!(known.start("Other", 7, 100), Start::Since(100));
        assert_eq!(known.start(INBOX, 8, 100), Start::Since(500_000 - DAY));
        assert_eq!(known.start(INBOX, 8, 490_000), Start::Since(490_000));
    }

    #[test]
    fn a_new_counting_begins_anew() {
        let mut known = Positions::default();
        known.read_up_to(INBOX, 7, 12, 5);
        known.read_up_to(INBOX, 8, 1, 6);
        assert_eq!(known.start(INBOX, 8, 0), Start::Behind(1));
    }

    #[test]
    fn what_cannot_be_read_begins_from_the_start() {
        for text in [None, Some(""), Some("17"), Some("{\"INBOX\": 1}")] {
            assert_eq!(Positions::read(text), Positions::default());
        }
    }
}
