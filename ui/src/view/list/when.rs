//! The last column: how long ago something happened, or when a conversation wakes.

use crate::model::Model;
use crate::time_ago::time_ago;
use frontdesk_inbox::{Row, View};
use frontdesk_protocol::time::Timestamp;
use jiff::tz::TimeZone;

const DAYS_BY_NAME: i32 = 6;

/// What the last column of a row says.
pub(super) fn of(model: &Model, row: &Row) -> String {
    let it = &row.conversation;
    if model.list.view == View::Snoozed {
        return match it.snoozed_until {
            Some(until) => wakes(until.0, model.now, &model.zone),
            None => "on reply".to_owned(),
        };
    }
    let then = it.last_activity_at.map_or(it.created_at.0, |at| at.0);
    time_ago(then, model.now)
}

/// `14:00` today, `Tue 09:00` within a week, `3 Dec` within a year, `Dec 2027` after it.
pub(in crate::view) fn wakes(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    if at <= now {
        return "now".to_owned();
    }
    let (Some(then), Some(today)) = (local(at, zone), local(now, zone)) else {
        return String::new();
    };
    let days = today
        .date()
        .until(then.date())
        .map_or(i32::MAX, |span| span.get_days());
    let format = match days {
        0 => "%H:%M",
        1..=DAYS_BY_NAME => "%a %H:%M",
        _ if then.date().year() == today.date().year() || days < 300 => "%-d %b",
        _ => "%b %Y",
    };
    then.strftime(format).to_string()
}

fn local(at: Timestamp, zone: &TimeZone) -> Option<jiff::civil::DateTime> {
    let moment = jiff::Timestamp::from_microsecond(at.0).ok()?;
    Some(zone.to_datetime(moment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_wake_up_is_named_as_people_do() {
        let now = testing::now();
        for (minutes, said) in [
            (-5, "now"),
            (60, "15:32"),
            (24 * 60, "Tue 14:32"),
            (6 * 24 * 60, "Sun 14:32"),
            (9 * 24 * 60, "3 Dec"),
            (60 * 24 * 60, "23 Jan"),
            (500 * 24 * 60, "Apr 2027"),
        ] {
            let at = now.plus_seconds(60 * minutes);
            assert_eq!(wakes(at, now, &TimeZone::UTC), said);
        }
    }
}
