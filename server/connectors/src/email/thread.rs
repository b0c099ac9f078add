//! Which conversation a mail belongs to. Whoever calls has looked up what the mail points at; here it
//! is decided what counts, and in which order.

mod subject;
mod token;

pub use subject::{Topic, topic};
pub use token::{TOKEN_LENGTH, Token, address_with, token_in};

use frontdesk_domain::{ConversationId, Timestamp};

/// For how long an answer is recognised by its subject and sender alone, in days.
pub const SUBJECT_WINDOW: u32 = 14;

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// A conversation that a mail points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub id: ConversationId,
    /// Since when it is closed, if it is.
    pub closed_at: Option<Timestamp>,
    /// When anybody last wrote in it.
    pub active_at: Timestamp,
}

/// What a mail points at, as far as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// By a reply token of ours in an address it was sent to.
    pub by_token: Option<Held>,
    /// By the Message-ID of a mail that we sent or received.
    pub by_reference: Option<Held>,
    /// By an answer's subject, from the same sender in the same inbox.
    pub by_subject: Option<Held>,
}

/// Who wrote a mail, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Person,
    /// A program: an absence note, a list, a receipt.
    Program,
}

/// By what a mail was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Token,
    Reference,
    Subject,
}

/// Where a mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Into {
        id: ConversationId,
        by: Proof,
    },
    /// A conversation of its own; it goes on from one that has been closed for too long.
    New {
        after: Option<ConversationId>,
    },
}

/// Decides where a mail goes. A conversation that was closed more than `reopen_days` ago stays closed:
/// a person's mail then begins a new one, and a program's mail is shown where it belongs without
/// opening anything.
#[must_use]
pub fn place(found: &Found, author: Author, reopen_days: u32, now: Timestamp) -> Place {
    let by_subject = found
        .by_subject
        .filter(|held| author == Author::Person && is_within(held.active_at, SUBJECT_WINDOW, now));
    let pointed = [
        (found.by_token, Proof::Token),
        (found.by_reference, Proof::Reference),
        (by_subject, Proof::Subject),
    ];
    let first = pointed
        .into_iter()
        .find_map(|(held, by)| held.map(|held| (held, by)));
    let Some((held, by)) = first else {
        return Place::New { after: None };
    };
    let opens = match held.closed_at {
        Some(at) => is_within(at, reopen_days, now),
        None => true,
    };
    if opens || author == Author::Program {
        Place::Into { id: held.id, by }
    } else {
        Place::New {
            after: Some(held.id),
        }
    }
}

fn is_within(at: Timestamp, days: u32, now: Timestamp) -> bool {
    at.plus_seconds(i64::from(days) * SECONDS_OF_A_DAY) >= now
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn ago(days: i64) -> Timestamp {
        NOW.plus_seconds(-days * SECONDS_OF_A_DAY)
    }

    fn open(active: i64) -> Held {
        Held {
            id: ConversationId::random(),
            closed_at: None,
            active_at: ago(active),
        }
    }

    fn closed(days: i64) -> Held {
        Held {
            closed_at: Some(ago(days)),
            ..open(days)
        }
    }

    fn placed(found: Found, author: Author) -> Place {
        place(&found, author, 30, NOW)
    }

    #[test]
    fn a_token_counts_before_a_reference_and_that_before_a_subject() {
        let (one, two, three) = (open(900), open(900), open(1));
        let mut found = Found {
            by_token: Some(one),
            by_reference: Some(two),
            by_subject: Some(three),
        };
        let into = |held: Held, by| Place::Into { id: held.id, by };
        assert_eq!(placed(found, Author::Person), into(one, Proof::Token));
        found.by_token = None;
        assert_eq!(placed(found, Author::Person), into(two, Proof::Reference));
        found.by_reference = None;
        assert_eq!(placed(found, Author::Person), into(three, Proof::Subject));
        found.by_subject = None;
        assert_eq!(placed(found, Author::Person), Place::New { after: None });
    }

    #[test]
    fn a_subject_counts_for_people_inside_its_window() {
        let with = |held| Found {
            by_subject: Some(held),
            ..Found::default()
        };
        let fresh = Place::New { after: None };
        assert_ne!(placed(with(open(14)), Author::Person), fresh);
        assert_eq!(placed(with(open(15)), Author::Person), fresh);
        assert_eq!(placed(with(open(1)), Author::Program), fresh);
    }

    #[test]
    fn what_is_closed_for_long_stays_closed() {
        let with = |held| Found {
            by_token: Some(held),
            ..Found::default()
        };
        let (new, old) = (closed(30), closed(31));
        let by = Proof::Token;
        assert_eq!(
            placed(with(new), Author::Person),
            Place::Into { id: new.id, by }
        );
        assert_eq!(
            placed(with(old), Author::Person),
            Place::New {
                after: Some(old.id)
            }
        );
        assert_eq!(
            placed(with(old), Author::Program),
            Place::Into { id: old.id, by }
        );
    }

    #[test]
    fn no_day_at_all_means_that_nothing_reopens() {
        let held = closed(1);
        let found = Found {
            by_reference: Some(held),
            ..Found::default()
        };
        assert_eq!(
            place(&found, Author::Person, 0, NOW),
            Place::New {
                after: Some(held.id)
            }
        );
    }
}
