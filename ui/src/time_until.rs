//! Moments that lie ahead, as people say them.

use frontdesk_protocol::time::Timestamp;
use jiff::tz::TimeZone;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// `17:30` for today, `Thu 27 Nov 14:00`, `Thu 3 Dec 2026 09:00` for another year.
#[must_use]
pub fn moment(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (Some(at), Some(now)) = (zoned(at, zone), zoned(now, zone)) else {
        return String::new();
    };
    let form = if at.date() == now.date() {
        "%H:%M"
    } else if at.year() == now.year() {
        "%a %-d %b %H:%M"
    } else {
        "%a %-d %b %Y %H:%M"
    };
    at.strftime(form).to_string()
}

/// `in 2 d 23 h`, `in 3 h 28 min`, `in 8 s`; the two largest units.
#[must_use]
pub fn span(at: Timestamp, now: Timestamp) -> String {
    let seconds = at.seconds().saturating_sub(now.seconds());
    let two = |first: i64, one: &str, second: i64, other: &str| match second {
        0 => format!("in {first} {one}"),
        _ => format!("in {first} {one} {second} {other}"),
    };
    match seconds {
        ..1 => "now".to_owned(),
        1..MINUTE => format!("in {seconds} s"),
        MINUTE..HOUR => format!("in {} min", seconds / MINUTE),
        HOUR..DAY => two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min"),
        _ => two(seconds / DAY, "d", seconds % DAY / HOUR, "h"),
    }
}

fn zoned(at: Timestamp, zone: &TimeZone) -> Option<jiff::Zoned> {
    let moment = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(moment.to_zoned(zone.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        Timestamp::parse("2025-11-24T14:32:00Z").unwrap()
    }

    #[test]
    fn a_day_is_named_where_it_is_not_today() {
        let table = [
            (60, "14:33"),
            (257_280, "Thu 27 Nov 14:00"),
            (40 * DAY, "Sat 3 Jan 2026 14:32"),
        ];
        for (seconds, shown) in table {
            let at = now().plus_seconds(seconds);
            assert_eq!(moment(at, now(), &TimeZone::UTC), shown);
        }
    }

    #[test]
    fn spans_have_two_units() {
        let table = [
            (-5, "now"),
            (8, "in 8 s"),
            (125, "in 2 min"),
            (2 * HOUR, "in 2 h"),
            (257_280, "in 2 d 23 h"),
        ];
        for (seconds, shown) in table {
            assert_eq!(span(now().plus_seconds(seconds), now()), shown);
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(at: i64, now: i64) {
            let (at, now) = (Timestamp(at), Timestamp(now));
            prop_assert!(!span(at, now).is_empty());
            prop_assert!(moment(at, now, &TimeZone::UTC).len() < 40);
        }
    }
}
