//! Moments in time, and the two forms in which the wire writes them.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Microseconds since 1970 in UTC. It never orders anything: see [`crate::id::EventSeq`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i64);

const MICROS: i64 = 1_000_000;

impl Timestamp {
    /// The moment `seconds` after 1970.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS))
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(MICROS)
    }

    /// This moment moved by whole seconds; it stays at the ends of the range.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(MICROS)))
    }

    /// Reads an ISO 8601 date and time. One without a zone is UTC, as all clients mean it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            return Some(Self(moment.as_microsecond()));
        }
        let civil = text.parse::<jiff::civil::DateTime>().ok()?;
        let zoned = civil.to_zoned(TimeZone::UTC).ok()?;
        Some(Self(zoned.timestamp().as_microsecond()))
    }

    /// The moment as a date and time in UTC, held to the years a date can have.
    #[must_use]
    pub fn utc(self) -> jiff::civil::DateTime {
        let moment = jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        });
        moment.to_zoned(TimeZone::UTC).datetime()
    }

    /// `2026-11-20T20:21:14`: the form of rows' own stamps, UTC without saying so.
    #[must_use]
    pub fn to_row_stamp(self) -> String {
        self.utc().strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// `2026-11-20T20:21:14Z`: the form of all other stamps.
    #[must_use]
    pub fn to_utc_stamp(self) -> String {
        self.utc().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// `2026-11-20`.
    #[must_use]
    pub fn to_date(self) -> String {
        self.utc().strftime("%Y-%m-%d").to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_utc_stamp())
    }
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    Timestamp::parse(&text).ok_or_else(|| serde::de::Error::custom("not an ISO 8601 date and time"))
}

/// A row's own stamp on the wire: whole seconds, no zone suffix, meaning UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowStamp(pub Timestamp);

impl Serialize for RowStamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_row_stamp())
    }
}

impl<'de> Deserialize<'de> for RowStamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer).map(Self)
    }
}

/// Every other stamp on the wire: whole seconds with `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcStamp(pub Timestamp);

impl Serialize for UtcStamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_utc_stamp())
    }
}

impl<'de> Deserialize<'de> for UtcStamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer).map(Self)
    }
}

macro_rules! text_schema {
    ($($name:ident: $example:literal)+) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "examples": [$example] })
            }
        }
    )+};
}

text_schema! {
    RowStamp: "2026-11-20T20:21:14"
    UtcStamp: "2026-11-20T20:21:14Z"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_forms_of_the_wire() {
        let moment = Timestamp(1_795_206_074_999_999);
        assert_eq!(moment.to_row_stamp(), "2026-11-20T20:21:14");
        assert_eq!(moment.to_utc_stamp(), "2026-11-20T20:21:14Z");
        assert_eq!(moment.to_date(), "2026-11-20");
    }

    #[test]
    fn a_stamp_without_a_zone_is_utc() {
        let with = Timestamp::parse("2026-11-20T20:21:14Z");
        assert!(with.is_some());
        assert_eq!(Timestamp::parse("2026-11-20T20:21:14"), with);
        assert_eq!(Timestamp::parse("2026-11-20T21:21:14+01:00"), with);
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn no_number_is_too_large_to_show() {
        for micros in [i64::MIN, -1, 0, i64::MAX] {
            assert!(!Timestamp(micros).to_utc_stamp().is_empty());
        }
    }
}
