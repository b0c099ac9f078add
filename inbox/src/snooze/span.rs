//! Lengths of time.

use super::Unclear;
use super::reader::Reader;
use super::words::{self, Unit};
use jiff::{Span, ToSpan as _};

impl<'a> Reader<'a> {
    /// A length of time: `2h`, `1h30m`, `3 days`, `a week`, `half an hour`.
    pub(super) fn span(&mut self) -> Result<Option<Span>, Unclear> {
        if self.skip_all(&["half", "an", "hour"]) {
            return Ok(Some(30.minutes()));
        }
        let start = self.at;
        let mut span = Span::new();
        while let Some((amounts, read)) = self.amounts() {
            self.at += read;
            for (digits, unit) in amounts {
                let amount: i64 = digits.parse().map_err(|_| Unclear::TooFar)?;
                span = lengthen(span, amount, unit)?;
            }
            if self.peek() == Some("and") {
                self.at += 1;
            }
        }
        Ok((self.at > start).then_some(span))
    }

    /// The amounts that the next words name, and how many words those are.
    fn amounts(&self) -> Option<(Vec<(&'a str, Unit)>, usize)> {
        let word = self.peek()?;
        let unit_after = || {
            let next = self.words.get(self.at + 1)?;
            words::unit(next)
        };
        if matches!(word, "a" | "an") {
            return Some((vec![("1", unit_after()?)], 2));
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some((vec![(word, unit_after()?)], 2));
        }
        Some((attached(word)?, 1))
    }
}

/// `2h`, `1h30m`: digits and units by turns.
fn attached(word: &str) -> Option<Vec<(&str, Unit)>> {
    let mut amounts = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| !c.is_ascii_digit())?;
        let (digits, after) = rest.split_at(letters);
        let end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        if digits.is_empty() {
            return None;
        }
        amounts.push((digits, words::unit(unit)?));
        rest = after;
    }
    Some(amounts)
}

fn lengthen(span: Span, amount: i64, unit: Unit) -> Result<Span, Unclear> {
    let longer = match unit {
        Unit::Minute => span.try_minutes(span.get_minutes().saturating_add(amount)),
        Unit::Hour => span.try_hours(i64::from(span.get_hours()).saturating_add(amount)),
        Unit::Day => span.try_days(i64::from(span.get_days()).saturating_add(amount)),
        Unit::Week => span.try_weeks(i64::from(span.get_weeks()).saturating_add(amount)),
        Unit::Month => span.try_months(i64::from(span.get_months()).saturating_add(amount)),
    };
    longer.map_err(|_| Unclear::TooFar)
}
