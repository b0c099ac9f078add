//! Reads a phrase word by word.

use super::Unclear;
use super::words;
use frontdesk_protocol::time::Timestamp;
use jiff::civil::{Date, Time, Weekday, time};
use jiff::{RoundMode, Span, ToSpan as _, Unit as Rounded, Zoned, ZonedRound};

const MORNING: Time = time(9, 0, 0, 0);
const END_OF_DAY: Time = time(17, 0, 0, 0);
const EVENING: Time = time(19, 0, 0, 0);
const MOST_YEARS: i16 = 5;
/// How long “later today” is, before it is rounded down to half an hour.
const LATER_HOURS: i64 = 3;

/// The words and how many of them have been read.
pub(super) struct Reader<'a> {
    pub(super) words: &'a [&'a str],
    pub(super) at: usize,
    here: Zoned,
}

/// A day, and the time on it when none is said. Nothing where a time has to be said.
struct Day {
    date: Date,
    usual: Option<Time>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a [&'a str], here: Zoned) -> Self {
        Self { words, at: 0, here }
    }

    /// Reads all of it.
    pub(super) fn read(mut self) -> Result<Timestamp, Unclear> {
        self.skip(&["until", "till"]);
        let moment = self.moment()?;
        if let Some(word) = self.peek() {
            return Err(Unclear::Word(word.to_owned()));
        }
        if moment.timestamp() <= self.here.timestamp() {
            let shown = moment.strftime("%a %-d %b %H:%M").to_string();
            return Err(Unclear::Passed(shown));
        }
        if moment.year() > self.here.year().saturating_add(MOST_YEARS) {
            return Err(Unclear::TooFar);
        }
        Ok(Timestamp(moment.timestamp().as_microsecond()))
    }

    fn moment(&mut self) -> Result<Zoned, Unclear> {
        if self.skip(&["l", "later"]) {
            self.skip(&["today"]);
            return self.later_today();
        }
        if self.skip(&["in", "for"]) {
            let found = self.span()?;
            let Some(span) = found else {
                return Err(self.unclear());
            };
            return self.after(span);
        }
        if self.skip(&["on"]) {
            let found = self.day()?;
            let Some(day) = found else {
                return Err(self.unclear());
            };
            return self.on(&day);
        }
        if self.peek() == Some("at") {
            let time = self.clock_after_day()?;
            return time.map_or_else(|| Err(self.unclear()), |time| self.next(time));
        }
        if let Some(span) = self.span()? {
            return self.after(span);
        }
        if let Some(day) = self.day()? {
            return self.on(&day);
        }
        if let Some(time) = self.clock() {
            return self.next(time);
        }
        Err(self.unclear())
    }

    /// Why the next word cannot be read here.
    fn unclear(&self) -> Unclear {
        match self.peek() {
            Some(word) if word.bytes().all(|byte| byte.is_ascii_digit()) => {
                Unclear::Number(word.to_owned())
            }
            Some(word) if is_slashed(word) => Unclear::TwoDays(word.to_owned()),
            Some(word) => Unclear::Word(word.to_owned()),
            None => Unclear::Unfinished(self.words.last().copied().unwrap_or("").to_owned()),
        }
    }

    fn later_today(&self) -> Result<Zoned, Unclear> {
        let later = add(&self.here, LATER_HOURS.hours())?;
        let half_hours = ZonedRound::new()
            .smallest(Rounded::Minute)
            .increment(30)
            .mode(RoundMode::Trunc);
        let rounded = later.round(half_hours).map_err(|_| Unclear::TooFar)?;
        if rounded.date() == self.here.date() {
            Ok(rounded)
        } else {
            Err(Unclear::TodayIsOver)
        }
    }

    /// So long after now. Whole days end in the morning, unless a time is said.
    fn after(&mut self, span: Span) -> Result<Zoned, Unclear> {
        let moment = add(&self.here, span)?;
        if span.is_zero() || span.get_hours() != 0 || span.get_minutes() != 0 {
            return Ok(moment);
        }
        let day = Day {
            date: moment.date(),
            usual: Some(MORNING),
        };
        self.on(&day)
    }

    fn day(&mut self) -> Result<Option<Day>, Unclear> {
        let today = self.here.date();
        let Some(word) = self.peek() else {
            return Ok(None);
        };
        let found = match word {
            "today" => Some((today, None)),
            "tonight" => Some((today, Some(EVENING))),
            "e" | "eod" => Some((today, Some(END_OF_DAY))),
            "end" => return self.end_of(),
            "this" => return self.this(),
            "next" => return self.next_something(),
            "w" => Some((self.monday()?, Some(MORNING))),
            "m" => Some((self.first_of_month()?, Some(MORNING))),
            "weekend" => Some((self.coming(Weekday::Saturday)?, Some(MORNING))),
            _ if words::is_tomorrow(word) => {
                let tomorrow = today.tomorrow().map_err(|_| Unclear::TooFar)?;
                Some((tomorrow, Some(MORNING)))
            }
            _ => match words::weekday(word) {
                Some(weekday) => Some((self.coming(weekday)?, Some(MORNING))),
                None => None,
            },
        };
        match found {
            Some((date, usual)) => {
                self.at += 1;
                Ok(Some(Day { date, usual }))
            }
            None => Ok(self.date()?.map(|date| Day {
                date,
                usual: Some(MORNING),
            })),
        }
    }

    /// `end of day`, `end of the day`, `end of the week`.
    fn end_of(&mut self) -> Result<Option<Day>, Unclear> {
        self.at += 1;
        self.skip(&["of"]);
        self.skip(&["the"]);
        let today = self.here.date();
        let date = match self.peek() {
            Some("day") => today,
            Some("week") => {
                let to_friday = 5 - i64::from(today.weekday().to_monday_one_offset());
                self.days_from_today(to_friday)?
            }
            _ => return Err(self.unclear()),
        };
        self.at += 1;
        Ok(Some(Day {
            date,
            usual: Some(END_OF_DAY),
        }))
    }

    /// `this friday`, `this evening`, `this weekend`.
    fn this(&mut self) -> Result<Option<Day>, Unclear> {
        self.at += 1;
        if let Some(part) = self.peek().and_then(words::part_of_day) {
            self.at += 1;
            return Ok(Some(Day {
                date: self.here.date(),
                usual: Some(part),
            }));
        }
        let weekday = match self.peek() {
            Some("weekend") => Some(Weekday::Saturday),
            other => other.and_then(words::weekday),
        };
        let Some(weekday) = weekday else {
            return Err(self.unclear());
        };
        self.at += 1;
        Ok(Some(Day {
            date: self.coming(weekday)?,
            usual: Some(MORNING),
        }))
    }

    /// `next week`, `next month`, and a day of the next calendar week: `next fri`.
    fn next_something(&mut self) -> Result<Option<Day>, Unclear> {
        self.at += 1;
        let date = match self.peek() {
            Some("week") => self.monday()?,
            Some("month") => self.first_of_month()?,
            other => {
                let Some(weekday) = other.and_then(words::weekday) else {
                    return Err(self.unclear());
                };
                let days = i64::from(weekday.to_monday_zero_offset());
                add_days(self.monday()?, days)?
            }
        };
        self.at += 1;
        Ok(Some(Day {
            date,
            usual: Some(MORNING),
        }))
    }

    /// `2026-01-05`, `3 dec`, `dec 3`, `3rd december 2026`.
    fn date(&mut self) -> Result<Option<Date>, Unclear> {
        let Some(word) = self.peek() else {
            return Ok(None);
        };
        let is_iso = word.len() == 10 && word.bytes().filter(|byte| *byte == b'-').count() == 2;
        if is_iso {
            let date = word.parse().map_err(|_| no_such_day(word));
            self.at += 1;
            return date.map(Some);
        }
        let next = self.words.get(self.at + 1).copied().unwrap_or("");
        let (day, month) = match (words::day_of_month(word), words::month(word)) {
            (Some(day), _) => (day, words::month(next)),
            (None, Some(month)) => match words::day_of_month(next) {
                Some(day) => (day, Some(month)),
                None if next.is_empty() => return Err(Unclear::Unfinished(word.to_owned())),
                None => return Err(Unclear::Word(next.to_owned())),
            },
            (None, None) => return Ok(None),
        };
        let Some(month) = month else {
            return Ok(None);
        };
        self.at += 2;
        let shown = format!("{word} {next}");
        let year = self.peek().filter(|word| word.len() == 4);
        if let Some(year) = year.and_then(|word| word.parse().ok()) {
            self.at += 1;
            let date = Date::new(year, month, day);
            return date.map(Some).map_err(|_| no_such_day(&shown));
        }
        self.this_year_or_later(month, day)
            .map(Some)
            .ok_or_else(|| no_such_day(&shown))
    }

    /// The next such day, today among them.
    fn this_year_or_later(&self, month: i8, day: i8) -> Option<Date> {
        let today = self.here.date();
        // A leap day can be eight years away.
        (0..=8)
            .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
            .find(|date| *date >= today)
    }

    /// The time on a day: the one that is said, or the usual one.
    fn on(&mut self, day: &Day) -> Result<Zoned, Unclear> {
        let said = self.clock_after_day()?;
        let Some(time) = said.or(day.usual) else {
            return Err(match self.peek() {
                Some(_) => self.unclear(),
                None => Unclear::Unfinished("today".to_owned()),
            });
        };
        self.at_time(day.date, time)
    }

    /// A time after a day, where a bare number is an hour: `at 9`, `14:00`, `2 pm`, `evening`.
    fn clock_after_day(&mut self) -> Result<Option<Time>, Unclear> {
        let has_at = self.skip(&["at"]);
        if let Some(time) = self.clock() {
            return Ok(Some(time));
        }
        if let Some(time) = self.peek().and_then(words::hour) {
            self.at += 1;
            return Ok(Some(time));
        }
        match self.peek() {
            Some(word) if has_at => Err(Unclear::Word(word.to_owned())),
            None if has_at => Err(Unclear::Unfinished("at".to_owned())),
            _ => Ok(None),
        }
    }

    /// What can only be a time: `9:15`, `2pm`, `2 pm`, `noon`.
    fn clock(&mut self) -> Option<Time> {
        let word = self.peek()?;
        if let Some(time) = words::clock(word).or_else(|| words::part_of_day(word)) {
            self.at += 1;
            return Some(time);
        }
        let half = self.words.get(self.at + 1).copied();
        let half = half.filter(|half| matches!(*half, "am" | "pm"))?;
        let time = words::clock(&format!("{word}{half}"))?;
        self.at += 2;
        Some(time)
    }

    /// The next time the clock shows this.
    fn next(&self, time: Time) -> Result<Zoned, Unclear> {
        let today = self.at_time(self.here.date(), time)?;
        if today.timestamp() > self.here.timestamp() {
            return Ok(today);
        }
        self.at_time(self.days_from_today(1)?, time)
    }

    /// A time that a change of the clocks leaves out is read as much later as they are moved.
    fn at_time(&self, date: Date, time: Time) -> Result<Zoned, Unclear> {
        date.to_datetime(time)
            .to_zoned(self.here.time_zone().clone())
            .map_err(|_| Unclear::TooFar)
    }

    /// The next day of this name, never today.
    fn coming(&self, weekday: Weekday) -> Result<Date, Unclear> {
        let days = self.here.date().weekday().until(weekday);
        self.days_from_today(i64::from(if days == 0 { 7 } else { days }))
    }

    /// Monday of the next week.
    fn monday(&self) -> Result<Date, Unclear> {
        self.coming(Weekday::Monday)
    }

    fn first_of_month(&self) -> Result<Date, Unclear> {
        let next = self.here.date().checked_add(1.month());
        next.map(Date::first_of_month).map_err(|_| Unclear::TooFar)
    }

    fn days_from_today(&self, days: i64) -> Result<Date, Unclear> {
        add_days(self.here.date(), days)
    }

    pub(super) fn peek(&self) -> Option<&'a str> {
        self.words.get(self.at).copied()
    }

    /// Reads one of these words, if one of them comes next.
    fn skip(&mut self, any: &[&str]) -> bool {
        let is_there = self.peek().is_some_and(|word| any.contains(&word));
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn skip_all(&mut self, all: &[&str]) -> bool {
        let is_there = self.words[self.at..].starts_with(all);
        self.at += if is_there { all.len() } else { 0 };
        is_there
    }
}

fn add(to: &Zoned, span: Span) -> Result<Zoned, Unclear> {
    to.checked_add(span).map_err(|_| Unclear::TooFar)
}

fn add_days(to: Date, days: i64) -> Result<Date, Unclear> {
    let span = Span::new().try_days(days).map_err(|_| Unclear::TooFar)?;
    to.checked_add(span).map_err(|_| Unclear::TooFar)
}

fn no_such_day(shown: &str) -> Unclear {
    Unclear::NoSuchDay(shown.to_owned())
}

/// `3/12` and `3.12`: a day and a month in an order that nobody knows.
fn is_slashed(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.');
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.contains(['/', '.'])
        && word.chars().all(is_part)
}
