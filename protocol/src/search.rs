//! What somebody looks for, out of what they typed: words, "phrases", `-without`, and operators
//! such as `from:ada status:open before:2026-01-31`. Everything typed means something; what is
//! no operator, or no value an operator knows, is looked for as text. Server and client read it
//! alike; whoever can show it points at a value that an operator does not know.

mod token;

use crate::kind::{Source, Status};
use crate::time::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::ops::Range;
use token::Token;

/// More conditions than this narrow nothing further.
const MOST_CONDITIONS: usize = 32;

/// Nobody types more than this into a search.
const LONGEST: usize = 1_000;

/// A search: all of its conditions have to hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    pub conditions: Vec<Condition>,
    /// Whether the last word may go on, since it may still be being typed.
    pub unfinished: bool,
    /// Operators whose value is none, in the order they stand. They are looked for as text.
    pub problems: Vec<Problem>,
}

/// An operator whose value is none it knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands, in bytes of what was typed.
    pub at: Range<usize>,
    /// The operator, in lower case.
    pub operator: String,
    /// What a value of it is, in words that follow "is".
    pub expected: &'static str,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            operator, expected, ..
        } = self;
        write!(f, "what follows {operator}: is {expected}")
    }
}

/// One thing that has to be so, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub sign: Sign,
    pub wish: Wish,
}

/// Whether something is looked for or kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    With,
    Without,
}

impl Sign {
    /// Whether this is as wished, where something is so or is not.
    #[must_use]
    pub const fn fits(self, is_so: bool) -> bool {
        matches!((self, is_so), (Self::With, true) | (Self::Without, false))
    }
}

/// What can be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A word, or several that follow each other.
    Text(String),
    /// Who wrote it, by name or address.
    From(String),
    /// Which customer it was written to.
    To(String),
    Status(Status),
    /// A tag, by its name.
    Tag(String),
    Assignee(Assigned),
    Channel(Source),
    /// Before the beginning of a day.
    Before(Timestamp),
    /// Since the beginning of a day.
    After(Timestamp),
    Has(Having),
    Is(Being),
    /// The conversation with this number.
    Number(i64),
    /// The message with this id, or whose mail has this Message-ID.
    Message(String),
}

/// Whose work it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assigned {
    Me,
    Nobody,
    /// Somebody by name or address.
    Somebody(String),
}

/// What `has:` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Having {
    Attachment,
    Note,
    Tag,
}

/// What `is:` knows besides a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Being {
    Read,
    Unread,
    Priority,
    Assigned,
    Unassigned,
    /// Its customer waits for an answer.
    Waiting,
}

impl Search {
    /// Reads what was typed. Days begin in the account's time zone.
    #[must_use]
    pub fn parse(text: &str, time_zone: Option<&str>) -> Self {
        let zone = time_zone
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(TimeZone::UTC);
        let end = text
            .char_indices()
            .nth(LONGEST)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let tokens = token::split(text, MOST_CONDITIONS);
        let unfinished =
            tokens.last().is_some_and(Token::may_go_on) && !text.ends_with(char::is_whitespace);
        let conditions: Vec<Condition> = tokens
            .iter()
            .filter_map(|token| condition(token, &zone))
            .collect();
        let unfinished = unfinished
            && matches!(
                conditions.last(),
                Some(Condition {
                    sign: Sign::With,
                    wish: Wish::Text(_)
                })
            );
        Self {
            conditions,
            unfinished,
            problems: tokens
                .iter()
                .filter_map(|token| problem(token, &zone))
                .collect(),
        }
    }

    /// Whether any text has to be found; without, conversations are looked for and not messages.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.conditions
            .iter()
            .any(|it| it.sign == Sign::With && matches!(it.wish, Wish::Text(_)))
    }
}

fn condition(token: &Token<'_>, zone: &TimeZone) -> Option<Condition> {
    let known = token
        .operator
        .and_then(|operator| wish(operator, token.value, zone));
    let wish = known.unwrap_or_else(|| named_or_text(token));
    let empty = matches!(&wish, Wish::Text(text) if !text.chars().any(char::is_alphanumeric));
    (!empty).then_some(Condition {
        sign: token.sign,
        wish,
    })
}

/// What is wrong with an operator's value, if it is an operator's and none it knows.
fn problem(token: &Token<'_>, zone: &TimeZone) -> Option<Problem> {
    let operator = token.operator?.to_ascii_lowercase();
    let expected = expected(&operator)?;
    wish(&operator, token.value, zone)
        .is_none()
        .then(|| Problem {
            at: token.at.clone(),
            operator,
            expected,
        })
}

/// What may follow an operator; nothing for what is none.
fn expected(operator: &str) -> Option<&'static str> {
    Some(match operator {
        "from" | "to" => "a name or an address",
        "assignee" => "me, none or a name",
        "tag" => "the name of a tag",
        "status" => "open, snoozed, closed or spam",
        "is" => {
            "open, snoozed, closed, spam, waiting, read, unread, priority, assigned or unassigned"
        }
        "has" => "file, note or tag",
        "channel" => "email, chat, sms, slack or another channel's name",
        "before" | "after" => "a day such as 2026-01-31",
        "number" => "a number such as 12",
        "message" => "the id of a message or of a mail",
        _ => return None,
    })
}

/// `#12` is the conversation with that number, `<id@host>` the mail with that Message-ID.
fn named_or_text(token: &Token<'_>) -> Wish {
    let number = token
        .whole
        .strip_prefix('#')
        .and_then(|digits| digits.parse().ok());
    let mail = token.whole.strip_prefix('<');
    let mail = mail.and_then(|it| it.strip_suffix('>'));
    let mail = mail.filter(|it| it.contains('@'));
    number
        .map(Wish::Number)
        .or_else(|| mail.map(|id| Wish::Message(id.to_owned())))
        .unwrap_or_else(|| Wish::Text(token.whole.to_owned()))
}

fn wish(operator: &str, value: &str, zone: &TimeZone) -> Option<Wish> {
    if value.is_empty() {
        return None;
    }
    let lower = value.to_lowercase();
    let text = || value.to_owned();
    match operator.to_ascii_lowercase().as_str() {
        "from" => Some(Wish::From(text())),
        "to" => Some(Wish::To(text())),
        "tag" => Some(Wish::Tag(text())),
        "status" => lower.parse().ok().map(Wish::Status),
        "channel" => lower.parse().ok().map(Wish::Channel),
        "assignee" => Some(Wish::Assignee(match lower.as_str() {
            "me" => Assigned::Me,
            "nobody" | "none" => Assigned::Nobody,
            _ => Assigned::Somebody(text()),
        })),
        "before" => day(value, zone).map(Wish::Before),
        "after" => day(value, zone).map(Wish::After),
        "has" => having(&lower).map(Wish::Has),
        "is" => being(&lower),
        "number" => value.trim_start_matches('#').parse().ok().map(Wish::Number),
        "message" => {
            let id = value.trim_start_matches('<').trim_end_matches('>');
            (!id.is_empty()).then(|| Wish::Message(id.to_owned()))
        }
        _ => None,
    }
}

fn having(value: &str) -> Option<Having> {
    match value {
        "attachment" | "attachments" | "file" | "files" => Some(Having::Attachment),
        "note" | "notes" => Some(Having::Note),
        "tag" | "tags" => Some(Having::Tag),
        _ => None,
    }
}

fn being(value: &str) -> Option<Wish> {
    let being = match value {
        "read" => Being::Read,
        "unread" => Being::Unread,
        "priority" => Being::Priority,
        "assigned" => Being::Assigned,
        "unassigned" => Being::Unassigned,
        "waiting" => Being::Waiting,
        status => return status.parse().ok().map(Wish::Status),
    };
    Some(Wish::Is(being))
}

fn day(value: &str, zone: &TimeZone) -> Option<Timestamp> {
    let date: Date = value.parse().ok()?;
    let start = date.to_zoned(zone.clone()).ok()?;
    Some(Timestamp(start.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests;
