//! Phrases as people type them, on Monday 24 November 2025 at 14:32 in Helsinki.

use super::*;
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn helsinki() -> TimeZone {
    TimeZone::get("Europe/Helsinki").unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// 14:32 in Helsinki.
fn now() -> Timestamp {
    at("2025-11-24T12:32:00Z")
}

fn local(snooze: Snooze) -> String {
    let moment = snooze.until.unwrap().0;
    jiff::Timestamp::from_microsecond(moment.0)
        .unwrap()
        .to_zoned(helsinki())
        .strftime("%a %Y-%m-%d %H:%M")
        .to_string()
}

#[rustfmt::skip]
const TYPED: &[(&str, &str)] = &[
    ("2h", "Mon 2025-11-24 16:32"),
    ("30m", "Mon 2025-11-24 15:02"),
    ("90 min", "Mon 2025-11-24 16:02"),
    ("1h30m", "Mon 2025-11-24 16:02"),
    ("1h 30m", "Mon 2025-11-24 16:02"),
    ("in 2 hours", "Mon 2025-11-24 16:32"),
    ("for 2 hours", "Mon 2025-11-24 16:32"),
    ("an hour", "Mon 2025-11-24 15:32"),
    ("in half an hour", "Mon 2025-11-24 15:02"),
    ("1 day and 2 hours", "Tue 2025-11-25 16:32"),
    ("3d", "Thu 2025-11-27 09:00"),
    ("3 days", "Thu 2025-11-27 09:00"),
    ("3d at 16:00", "Thu 2025-11-27 16:00"),
    ("in a week", "Mon 2025-12-01 09:00"),
    ("2w", "Mon 2025-12-08 09:00"),
    ("in 2 months", "Sat 2026-01-24 09:00"),
    ("tomorrow", "Tue 2025-11-25 09:00"),
    ("t", "Tue 2025-11-25 09:00"),
    ("tom", "Tue 2025-11-25 09:00"),
    ("tmr", "Tue 2025-11-25 09:00"),
    ("tomorrow at 9", "Tue 2025-11-25 09:00"),
    ("tomorrow 8", "Tue 2025-11-25 08:00"),
    ("tomorrow 14:00", "Tue 2025-11-25 14:00"),
    ("tomorrow morning", "Tue 2025-11-25 09:00"),
    ("Tomorrow Afternoon", "Tue 2025-11-25 14:00"),
    ("tomorrow at 2 pm", "Tue 2025-11-25 14:00"),
    ("tomorrow at 12am", "Tue 2025-11-25 00:00"),
    ("tomorrow 12pm", "Tue 2025-11-25 12:00"),
    ("tonight", "Mon 2025-11-24 19:00"),
    ("tonight 21:30", "Mon 2025-11-24 21:30"),
    ("this evening", "Mon 2025-11-24 19:00"),
    ("eod", "Mon 2025-11-24 17:00"),
    ("end of day", "Mon 2025-11-24 17:00"),
    ("end of the week", "Fri 2025-11-28 17:00"),
    ("today 17:15", "Mon 2025-11-24 17:15"),
    ("today at 16", "Mon 2025-11-24 16:00"),
    ("later", "Mon 2025-11-24 17:30"),
    ("later today", "Mon 2025-11-24 17:30"),
    ("l", "Mon 2025-11-24 17:30"),
    ("fri", "Fri 2025-11-28 09:00"),
    ("on friday", "Fri 2025-11-28 09:00"),
    ("this friday", "Fri 2025-11-28 09:00"),
    ("friday 14:00", "Fri 2025-11-28 14:00"),
    ("until friday 14:00", "Fri 2025-11-28 14:00"),
    ("fri eod", "Fri 2025-11-28 17:00"),
    ("thu 2pm", "Thu 2025-11-27 14:00"),
    ("thurs 2:30pm", "Thu 2025-11-27 14:30"),
    ("monday", "Mon 2025-12-01 09:00"),
    ("weekend", "Sat 2025-11-29 09:00"),
    ("w", "Mon 2025-12-01 09:00"),
    ("next week", "Mon 2025-12-01 09:00"),
    ("next week 10:30", "Mon 2025-12-01 10:30"),
    ("next mon", "Mon 2025-12-01 09:00"),
    ("next fri", "Fri 2025-12-05 09:00"),
    ("next sunday", "Sun 2025-12-07 09:00"),
    ("next month", "Mon 2025-12-01 09:00"),
    ("3 dec", "Wed 2025-12-03 09:00"),
    ("3rd december", "Wed 2025-12-03 09:00"),
    ("dec 3", "Wed 2025-12-03 09:00"),
    ("on 3 dec 9:15", "Wed 2025-12-03 09:15"),
    ("3 dec at 9", "Wed 2025-12-03 09:00"),
    ("1 feb", "Sun 2026-02-01 09:00"),
    ("24 nov 18:00", "Mon 2025-11-24 18:00"),
    ("29 feb", "Tue 2028-02-29 09:00"),
    ("3 dec 2026", "Thu 2026-12-03 09:00"),
    ("2026-01-05", "Mon 2026-01-05 09:00"),
    ("2026-01-05 13:00", "Mon 2026-01-05 13:00"),
    ("9:15", "Tue 2025-11-25 09:15"),
    ("15:00", "Mon 2025-11-24 15:00"),
    ("at 9", "Tue 2025-11-25 09:00"),
    ("at 16", "Mon 2025-11-24 16:00"),
    ("4pm", "Mon 2025-11-24 16:00"),
    ("noon", "Tue 2025-11-25 12:00"),
];

#[test]
fn what_people_type() {
    for (text, expected) in TYPED {
        let found = parse(text, now(), &helsinki());
        assert_eq!(found.map(local).as_deref(), Ok(*expected), "{text}");
    }
}

#[test]
fn until_the_customer_replies() {
    for text in ["r", "reply", "until reply", "Until the customer replies"] {
        let found = parse(text, now(), &helsinki());
        assert_eq!(found, Ok(Snooze::until_reply()), "{text}");
    }
}

#[test]
fn what_is_not_clear_is_named() {
    let word = |text: &str| Unclear::Word(text.to_owned());
    let table = [
        ("", Unclear::Nothing),
        ("  ", Unclear::Nothing),
        ("sometime soon", word("sometime")),
        ("tomorrow soonish", word("soonish")),
        ("tomorrow at lunch", word("lunch")),
        ("tomorrow 25:00", word("25:00")),
        ("2h later", word("later")),
        ("next year", word("year")),
        ("tomorrow at", Unclear::Unfinished("at".to_owned())),
        ("at", Unclear::Unfinished("at".to_owned())),
        ("in", Unclear::Unfinished("in".to_owned())),
        ("next", Unclear::Unfinished("next".to_owned())),
        ("today", Unclear::Unfinished("today".to_owned())),
        ("dec", Unclear::Unfinished("dec".to_owned())),
        ("9", Unclear::Number("9".to_owned())),
        ("in 9", Unclear::Number("9".to_owned())),
        ("3/12", Unclear::TwoDays("3/12".to_owned())),
        ("31 apr", Unclear::NoSuchDay("31 apr".to_owned())),
        ("2026-02-30", Unclear::NoSuchDay("2026-02-30".to_owned())),
        ("0h", Unclear::Passed("Mon 24 Nov 14:32".to_owned())),
        ("today 9:00", Unclear::Passed("Mon 24 Nov 09:00".to_owned())),
        ("24 nov", Unclear::Passed("Mon 24 Nov 09:00".to_owned())),
        ("2024-01-01", Unclear::Passed("Mon 1 Jan 09:00".to_owned())),
        ("2 months ago", word("ago")),
        ("99999999d", Unclear::TooFar),
        ("2999-01-01", Unclear::TooFar),
    ];
    for (text, expected) in table {
        assert_eq!(parse(text, now(), &helsinki()), Err(expected), "{text}");
    }
}

#[test]
fn late_in_the_evening_there_is_no_later_today() {
    let late = at("2025-11-24T20:40:00Z");
    let parsed = |text| parse(text, late, &helsinki());
    assert_eq!(parsed("later"), Err(Unclear::TodayIsOver));
    assert!(matches!(parsed("tonight"), Err(Unclear::Passed(_))));
    let letters: Vec<&str> = presets(late, &helsinki())
        .iter()
        .map(|it| it.letter)
        .collect();
    assert_eq!(letters, ["t", "w", "m", "r"]);
}

#[test]
fn presets_say_in_words_what_their_letter_says() {
    let presets = presets(now(), &helsinki());
    assert_eq!(presets.len(), 6);
    for preset in presets {
        for text in [preset.letter, preset.words] {
            let found = parse(text, now(), &helsinki());
            assert_eq!(found, Ok(preset.snooze), "{text}");
        }
    }
}

#[test]
fn changes_of_the_clock_lose_no_hour() {
    // Clocks went from 03:00 to 04:00 on 29 March 2026.
    let before = at("2026-03-28T12:00:00Z");
    let found = |text| parse(text, before, &helsinki()).map(local);
    assert_eq!(found("tomorrow").as_deref(), Ok("Sun 2026-03-29 09:00"));
    assert_eq!(found("1d").as_deref(), Ok("Sun 2026-03-29 09:00"));
    assert_eq!(
        found("tomorrow 3:30").as_deref(),
        Ok("Sun 2026-03-29 04:30")
    );
    // Twenty-four hours are twenty-four hours, whatever the clock shows then.
    assert_eq!(found("24h").as_deref(), Ok("Sun 2026-03-29 15:00"));
}

#[test]
fn every_example_is_understood() {
    for example in EXAMPLES {
        assert!(parse(example, now(), &helsinki()).is_ok(), "{example}");
    }
}

fn phrase() -> impl Strategy<Value = String> {
    let words = [
        "in",
        "at",
        "on",
        "until",
        "next",
        "this",
        "end",
        "of",
        "the",
        "a",
        "an",
        "half",
        "hour",
        "week",
        "month",
        "day",
        "days",
        "tomorrow",
        "today",
        "tonight",
        "eod",
        "later",
        "fri",
        "monday",
        "dec",
        "29",
        "feb",
        "31",
        "9:15",
        "2pm",
        "12am",
        "pm",
        "0",
        "1",
        "00",
        "2026",
        "2026-02-29",
        "3d",
        "1h30m",
        "99999999999999999999h",
        "99999w",
        "3/12",
        "morning",
        "and",
        "reply",
        "é",
        "-1h",
        "+2h",
    ];
    proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..6)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn it_is_always_later_than_now(text in phrase(), seconds in 0_i64..4_000_000_000) {
        let now = Timestamp::from_seconds(seconds);
        if let Ok(snooze) = parse(&text, now, &helsinki()) {
            prop_assert!(snooze.until_reply || snooze.until.unwrap().0 > now, "{text}");
        }
    }

    #[test]
    fn nothing_breaks_it(text in "\\PC{0,30}", micros: i64) {
        let unclear = parse(&text, Timestamp(micros), &TimeZone::UTC);
        prop_assert!(unclear.is_err() || micros < i64::MAX);
    }

    #[test]
    fn what_is_understood_does_not_depend_on_the_case(text in phrase()) {
        let upper = text.to_uppercase();
        let lower = parse(&text, now(), &helsinki());
        prop_assert_eq!(parse(&upper, now(), &helsinki()), lower);
    }
}
