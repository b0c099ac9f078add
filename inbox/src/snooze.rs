//! How long a conversation shall rest, in an agent's own words: `2h`, `tomorrow at 9`, `3 dec`.
//!
//! Always in the future, 09:00 for a day without a time, and never a guess: what could mean two
//! things is not understood, and the answer says which word it was.

mod reader;
mod span;
mod words;

use crate::command::Snooze;
use frontdesk_protocol::time::Timestamp;
use jiff::tz::TimeZone;

/// What to write instead of something that was not understood.
pub const EXAMPLES: [&str; 6] = ["2h", "tomorrow 9", "fri 14:00", "3 dec", "next week", "eod"];

/// Why a phrase names no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    #[error("Nothing is said yet.")]
    Nothing,
    #[error("I do not understand “{0}”.")]
    Word(String),
    #[error("“{0}” wants something after it.")]
    Unfinished(String),
    #[error("“{0}” can be hours, a time or a day. Write {0}h, {0}:00 or {0} dec.")]
    Number(String),
    #[error("“{0}” can be two days. Name the month: 3 dec.")]
    TwoDays(String),
    #[error("There is no {0}.")]
    NoSuchDay(String),
    #[error("{0} has passed.")]
    Passed(String),
    #[error("Today is nearly over.")]
    TodayIsOver,
    #[error("That is more than five years from now.")]
    TooFar,
}

/// Reads a phrase, as seen from `now` in the agent's time zone.
///
/// # Errors
/// When the phrase names no moment, more than one, or one that has passed.
pub fn parse(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Snooze, Unclear> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return Err(Unclear::Nothing);
    }
    if is_reply(&words) {
        return Ok(Snooze::until_reply());
    }
    let moment = jiff::Timestamp::from_microsecond(now.0).map_err(|_| Unclear::TooFar)?;
    let here = moment.to_zoned(zone.clone());
    reader::Reader::new(&words, here).read().map(Snooze::until)
}

fn is_reply(words: &[&str]) -> bool {
    matches!(
        words,
        ["r" | "reply"]
            | ["until" | "till" | "on", "reply"]
            | ["until", "a" | "they", "reply"]
            | ["until", "customer", "replies"]
            | ["until", "the", "customer", "replies"]
    )
}

/// Something that is often wanted, with a letter that says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// A word of the grammar like any other.
    pub letter: &'static str,
    /// The same in words that are understood too.
    pub words: &'static str,
    pub snooze: Snooze,
}

const PRESETS: [(&str, &str); 6] = [
    ("l", "later today"),
    ("e", "end of the day"),
    ("t", "tomorrow morning"),
    ("w", "next week"),
    ("m", "next month"),
    ("r", "until the customer replies"),
];

/// What is often wanted, as far as it makes sense at this time of the day.
#[must_use]
pub fn presets(now: Timestamp, zone: &TimeZone) -> Vec<Preset> {
    PRESETS
        .into_iter()
        .filter_map(|(letter, words)| {
            let snooze = parse(letter, now, zone).ok()?;
            Some(Preset {
                letter,
                words,
                snooze,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
