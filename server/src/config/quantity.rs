//! Sizes and durations, with their units: `1 MiB`, `30 min`.

use super::value::{Raw, Setting, Wrong, quoted};
use std::time::Duration;

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteSize(usize);

const SIZES: &[(&str, u64)] = &[
    ("GiB", 1024 * 1024 * 1024),
    ("MiB", 1024 * 1024),
    ("KiB", 1024),
    ("B", 1),
];

/// Milliseconds per unit. The first name of each is the one that is written.
const TIMES: &[(&str, u64)] = &[
    ("days", DAY),
    ("day", DAY),
    ("d", DAY),
    ("h", 3_600_000),
    ("hours", 3_600_000),
    ("hour", 3_600_000),
    ("min", 60_000),
    ("minutes", 60_000),
    ("minute", 60_000),
    ("s", 1000),
    ("seconds", 1000),
    ("second", 1000),
    ("ms", 1),
];
const DAY: u64 = 24 * 3_600_000;

impl ByteSize {
    /// So many times 1,048,576 bytes.
    #[must_use]
    pub const fn mebibytes(count: usize) -> Self {
        Self(count * 1024 * 1024)
    }

    /// The number of bytes.
    #[must_use]
    pub const fn bytes(self) -> usize {
        self.0
    }
}

/// Reads a time as it stands in a configuration: `30 min`, `90 days`.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    parse(text.trim(), TIMES).map(Duration::from_millis)
}

/// Reads a whole number and a unit; nothing comes of zero.
fn parse(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let number: u64 = text[..digits].parse().ok()?;
    let unit = text[digits..].trim_start();
    let (_, factor) = units
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
    number.checked_mul(*factor).filter(|amount| *amount > 0)
}

/// Writes an amount in the largest unit that leaves no rest.
fn format(amount: u64, units: &[(&str, u64)]) -> String {
    let fitting = units
        .iter()
        .find(|(_, factor)| amount.is_multiple_of(*factor));
    let (name, factor) = fitting.unwrap_or(&("", 1));
    let number = amount / factor;
    let name = if number == 1 && *name == "days" {
        "day"
    } else {
        name
    };
    format!("{number} {name}")
}

impl Setting for ByteSize {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "a size with its unit, such as \"512 KiB\" or \"1 MiB\"";
        let amount = parse(raw.text(expected)?, SIZES);
        let size = amount.and_then(|amount| usize::try_from(amount).ok());
        size.map(Self).ok_or_else(|| raw.wrong(expected))
    }

    fn show(&self) -> String {
        quoted(format(self.0 as u64, SIZES))
    }
}

impl Setting for Duration {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected =
            "a time with its unit, such as \"10 s\", \"30 min\", \"12 h\" or \"30 days\"";
        parse_duration(raw.text(expected)?).ok_or_else(|| raw.wrong(expected))
    }

    fn show(&self) -> String {
        quoted(format(
            u64::try_from(self.as_millis()).unwrap_or(u64::MAX),
            TIMES,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_units_only() {
        let cases = [
            ("10 s", Some(10_000)),
            ("10s", Some(10_000)),
            ("30 min", Some(1_800_000)),
            ("1 day", Some(DAY)),
            ("30 Days", Some(30 * DAY)),
            ("250 ms", Some(250)),
            ("10", None),
            ("0 s", None),
            ("s", None),
            ("-1 s", None),
            ("1.5 h", None),
            ("99999999999999999 days", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(parse(text, TIMES), wanted, "{text}");
        }
        assert_eq!(parse("25 MiB", SIZES), Some(25 * 1024 * 1024));
        assert_eq!(parse("25 MB", SIZES), None);
    }

    #[test]
    fn amounts_are_written_in_the_largest_unit_that_fits() {
        assert_eq!(format(DAY, TIMES), "1 day");
        assert_eq!(format(90 * DAY, TIMES), "90 days");
        assert_eq!(format(1500, TIMES), "1500 ms");
        assert_eq!(format(1024, SIZES), "1 KiB");
    }
}
