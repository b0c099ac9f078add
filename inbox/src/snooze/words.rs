//! The words of the grammar that stand in tables.

use jiff::civil::{Time, Weekday, time};

/// Whether `word` is `full`, or at least its first three letters.
fn is_short_for(word: &str, full: &str) -> bool {
    word.len() >= 3 && full.starts_with(word)
}

pub(super) fn is_tomorrow(word: &str) -> bool {
    matches!(word, "t" | "tmr" | "tmrw") || is_short_for(word, "tomorrow")
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let all = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let found = all.iter().find(|(name, _)| is_short_for(word, name));
    found.map(|(_, weekday)| *weekday)
}

pub(super) fn month(word: &str) -> Option<i8> {
    let all = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.');
    let is_it = |name: &&str| is_short_for(word, name) || (word == "sept" && *name == "september");
    all.iter()
        .position(is_it)
        .and_then(|at| i8::try_from(at + 1).ok())
}

/// A part of the day, and when it begins for somebody who works.
pub(super) fn part_of_day(word: &str) -> Option<Time> {
    Some(match word {
        "morning" => time(9, 0, 0, 0),
        "noon" => time(12, 0, 0, 0),
        "afternoon" => time(14, 0, 0, 0),
        "eod" => time(17, 0, 0, 0),
        "evening" | "night" => time(19, 0, 0, 0),
        _ => return None,
    })
}

/// A unit of a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hour,
        "d" | "day" | "days" => Unit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Week,
        "mo" | "month" | "months" => Unit::Month,
        _ => return None,
    })
}

/// A day of a month: `3`, `3.`, `3rd`.
pub(super) fn day_of_month(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_known_end = matches!(&word[digits.len()..], "" | "." | "st" | "nd" | "rd" | "th");
    digits
        .parse()
        .ok()
        .filter(|day| is_known_end && (1..=31).contains(day))
}

/// A time that is sure to be one: `9:15`, `14:00`, `2pm`, `2:30pm`.
pub(super) fn clock(word: &str) -> Option<Time> {
    let (digits, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (word, None),
    };
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (hour, number(minute)?),
        None if half.is_some() => (digits, 0),
        _ => return None,
    };
    let hour = number(hour)?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// A whole hour, where the words before say that it is one: `9`, `14`.
pub(super) fn hour(word: &str) -> Option<Time> {
    Time::new(number(word)?, 0, 0, 0).ok()
}

/// At most two digits and nothing else; a sign is no digit.
fn number(word: &str) -> Option<i8> {
    let are_digits = word.bytes().all(|byte| byte.is_ascii_digit());
    (are_digits && word.len() <= 2)
        .then(|| word.parse().ok())
        .flatten()
}
