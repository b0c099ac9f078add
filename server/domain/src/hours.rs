//! When the company answers.

use crate::Timestamp;
use crate::account::{Account, WorkingHours};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Zoned, civil};

/// Whether the company is closed now. One that never said where it is is never closed; one that
/// has no hours for today is.
#[must_use]
pub fn is_outside_working_hours(account: &Account, now: Timestamp) -> bool {
    let Some(local) = local_time(account, now) else {
        return false;
    };
    let minute = minute_of(&local);
    let today = local.weekday();
    let opens = |hours: &WorkingHours| is_open(hours, today, minute);
    !account.working_hours.iter().any(opens)
}

/// How many minutes of the company's own day have passed.
#[must_use]
pub fn minutes_since_midnight(account: &Account, now: Timestamp) -> Option<i64> {
    local_time(account, now).map(|local| minute_of(&local))
}

fn local_time(account: &Account, now: Timestamp) -> Option<Zoned> {
    let zone = TimeZone::get(account.time_zone.as_deref()?).ok()?;
    now.utc()
        .to_zoned(TimeZone::UTC)
        .ok()
        .map(|utc| utc.with_time_zone(zone))
}

fn minute_of(local: &Zoned) -> i64 {
    let time: civil::Time = local.time();
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

/// Hours that end before they start go on into the next morning.
fn is_open(hours: &WorkingHours, today: Weekday, minute: i64) -> bool {
    let (start, end) = (hours.start_minute, hours.end_minute);
    if start <= end {
        return applies(&hours.day, today) && (start..end).contains(&minute);
    }
    let tonight = applies(&hours.day, today) && minute >= start;
    let this_morning = applies(&hours.day, today.previous()) && minute < end;
    tonight || this_morning
}

fn applies(day: &str, today: Weekday) -> bool {
    let weekend = matches!(today, Weekday::Saturday | Weekday::Sunday);
    match day {
        "everyday" => true,
        "weekdays" => !weekend,
        "weekends" => weekend,
        name => name == name_of(today),
    }
}

const fn name_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AccountId;

    fn account(zone: Option<&str>, hours: &[(&str, i64, i64)]) -> Account {
        Account {
            id: AccountId::random(),
            company_name: "Northwind".to_owned(),
            company_logo_url: None,
            time_zone: zone.map(str::to_owned),
            plan: "starter".to_owned(),
            settings: None,
            working_hours: hours
                .iter()
                .map(|(day, start_minute, end_minute)| WorkingHours {
                    day: (*day).to_owned(),
                    start_minute: *start_minute,
                    end_minute: *end_minute,
                })
                .collect(),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        }
    }

    fn closed(hours: &[(&str, i64, i64)], moment: &str) -> bool {
        let moment = Timestamp::parse(moment).expect("a moment");
        is_outside_working_hours(&account(Some("Europe/Berlin"), hours), moment)
    }

    #[test]
    fn the_companys_own_clock_counts() {
        let hours = [("weekdays", 540, 1020)];
        // A Friday: nine o'clock in Berlin is eight in winter and seven in summer.
        assert!(closed(&hours, "2026-11-20T07:59:59Z"));
        assert!(!closed(&hours, "2026-11-20T08:00:00Z"));
        assert!(!closed(&hours, "2026-11-20T15:59:59Z"));
        assert!(closed(&hours, "2026-11-20T16:00:00Z"));
        assert!(!closed(&hours, "2026-07-17T07:00:00Z"));
        assert!(closed(&hours, "2026-11-21T10:00:00Z"));
    }

    #[test]
    fn days_have_names_and_groups() {
        let noon = |day| closed(&[(day, 0, 1440)], "2026-11-21T12:00:00Z");
        assert!(!noon("saturday") && !noon("weekends") && !noon("everyday"));
        assert!(noon("sunday") && noon("weekdays") && noon("someday"));
    }

    #[test]
    fn a_night_shift_ends_on_the_next_day() {
        let hours = [("friday", 1320, 360)];
        assert!(!closed(&hours, "2026-11-20T22:00:00Z"));
        assert!(!closed(&hours, "2026-11-21T04:59:00Z"));
        assert!(closed(&hours, "2026-11-21T05:00:00Z"));
        assert!(closed(&hours, "2026-11-20T04:00:00Z"));
    }

    #[test]
    fn without_a_place_there_is_no_clock() {
        for zone in [None, Some("Mars/Olympus")] {
            let account = account(zone, &[("monday", 0, 1)]);
            assert!(!is_outside_working_hours(&account, Timestamp(0)));
            assert_eq!(minutes_since_midnight(&account, Timestamp(0)), None);
        }
        let nowhere_open = account(Some("UTC"), &[]);
        assert!(is_outside_working_hours(&nowhere_open, Timestamp(0)));
        let later = Timestamp::from_seconds(61 * 60);
        assert_eq!(minutes_since_midnight(&nowhere_open, later), Some(61));
    }
}
