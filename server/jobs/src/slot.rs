//! Work by the clock: time is cut into slots, and each slot's work is done once.

use std::time::Duration;

/// The number of the slot that a time falls into, where slots are `every` long. Times are in
/// microseconds since 1970; the slots of all nodes begin at the same moments.
#[must_use]
pub fn slot(now_micros: i64, every: Duration) -> i64 {
    let every = i64::try_from(every.as_micros()).unwrap_or(i64::MAX).max(1);
    now_micros.div_euclid(every)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_begins_where_the_one_before_ends() {
        let hour = Duration::from_secs(3600);
        let in_micros = |seconds: i64| seconds * 1_000_000;
        assert_eq!(slot(in_micros(0), hour), 0);
        assert_eq!(slot(in_micros(3600) - 1, hour), 0);
        assert_eq!(slot(in_micros(3600), hour), 1);
        assert_eq!(slot(-1, hour), -1, "a clock may be wrong");
        assert_eq!(slot(7, Duration::ZERO), 7);
    }
}
