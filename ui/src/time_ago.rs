//! How long ago something was, in at most four cells.

use frontdesk_protocol::time::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
const YEAR: i64 = 365 * DAY;

/// `now`, `5m`, `3h`, `2d`, `6w`, `1y`. What lies ahead is `now`: clocks differ a little.
#[must_use]
pub fn time_ago(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.seconds().saturating_sub(then.seconds());
    match seconds {
        ..MINUTE => "now".to_owned(),
        MINUTE..HOUR => format!("{}m", seconds / MINUTE),
        HOUR..DAY => format!("{}h", seconds / HOUR),
        DAY..WEEK => format!("{}d", seconds / DAY),
        WEEK..YEAR => format!("{}w", seconds / WEEK),
        _ => format!("{}y", (seconds / YEAR).min(999)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_unit_begins_where_the_one_before_ends() {
        let table = [
            (-100, "now"),
            (0, "now"),
            (59, "now"),
            (60, "1m"),
            (3_599, "59m"),
            (3_600, "1h"),
            (86_399, "23h"),
            (86_400, "1d"),
            (604_799, "6d"),
            (604_800, "1w"),
            (YEAR - 1, "52w"),
            (YEAR, "1y"),
        ];
        for (seconds, shown) in table {
            let then = Timestamp::from_seconds(1_000_000_000);
            assert_eq!(time_ago(then, then.plus_seconds(seconds)), shown);
        }
    }

    proptest! {
        #[test]
        fn it_always_fits(then: i64, now: i64) {
            prop_assert!(time_ago(Timestamp(then), Timestamp(now)).len() <= 4);
        }
    }
}
