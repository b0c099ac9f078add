//! A bucket of tokens for each of many askers. An asker who was quiet for a minute may ask a
//! minute's worth at once; after that, as often as the rate says.

use frontdesk_domain::Timestamp;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

/// The most askers that are remembered. Beyond that the quiet ones are forgotten, and if they are
/// few, all: an attack must take neither the memory nor the time.
const MOST: usize = 100_000;

const MINUTE: i64 = 60_000_000;

/// Buckets of one size.
#[derive(Debug)]
pub(super) struct Buckets<K> {
    /// Microseconds for one token; `None` where nothing is counted.
    interval: Option<i64>,
    /// When each asker's bucket is full again.
    full_at: Mutex<HashMap<K, Timestamp>>,
}

impl<K: Eq + Hash> Buckets<K> {
    /// Buckets for so many requests a minute; 0 counts nothing.
    pub(super) fn new(per_minute: usize) -> Self {
        let per_minute = i64::try_from(per_minute).unwrap_or(i64::MAX);
        let interval = MINUTE.checked_div(per_minute).map(|it| it.max(1));
        Self {
            interval,
            full_at: Mutex::new(HashMap::new()),
        }
    }

    /// Takes a token, or says how long until there is one.
    pub(super) fn take(&self, asker: K, now: Timestamp) -> Result<(), Duration> {
        let Some(interval) = self.interval else {
            return Ok(());
        };
        let mut full_at = self.full_at.lock();
        if is_full(&full_at) {
            forget(&mut full_at, |at| *at > now);
        }
        let at = full_at.entry(asker).or_insert(now);
        // No bucket takes longer than a minute to fill: the clock was set back since, which must
        // hold up nobody.
        let was_set_back = at.0 > now.0.saturating_add(MINUTE);
        let from = if was_set_back { now } else { now.max(*at) };
        let next = from.0.saturating_add(interval);
        let over = next - now.0 - MINUTE;
        if over > 0 {
            return Err(Duration::from_micros(over.unsigned_abs()));
        }
        *at = Timestamp(next);
        Ok(())
    }
}

/// Makes room: keeps what is worth it, or nothing where that would leave little room.
pub(super) fn forget<K: Eq + Hash, V>(known: &mut HashMap<K, V>, worth: impl Fn(&V) -> bool) {
    known.retain(|_, it| worth(it));
    if known.len() > MOST / 2 {
        known.clear();
    }
}

/// Whether so many are remembered that room must be made.
pub(super) fn is_full<K, V>(known: &HashMap<K, V>) -> bool {
    known.len() >= MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn taken(buckets: &Buckets<u8>, asker: u8, now: Timestamp) -> usize {
        let mut count = 0;
        while buckets.take(asker, now).is_ok() {
            count += 1;
        }
        count
    }

    #[test]
    fn a_minutes_worth_may_come_at_once_and_then_at_the_rate() {
        let buckets = Buckets::new(60);
        assert_eq!(taken(&buckets, 1, START), 60);
        assert_eq!(taken(&buckets, 2, START), 60, "another asker");
        let wait = buckets.take(1, START).unwrap_err();
        assert_eq!(wait, Duration::from_secs(1));
        assert_eq!(taken(&buckets, 1, START.plus_seconds(5)), 5);
        assert_eq!(taken(&buckets, 1, START.plus_seconds(3600)), 60);
    }

    #[test]
    fn a_clock_that_is_set_back_holds_up_nobody() {
        let buckets = Buckets::new(60);
        taken(&buckets, 1, START);
        let earlier = START.plus_seconds(-86_400);
        assert_eq!(taken(&buckets, 1, earlier), 60);
    }

    #[test]
    fn zero_counts_nothing() {
        let buckets = Buckets::new(0);
        for _ in 0..1000 {
            buckets.take(1_u8, START).unwrap();
        }
        assert!(buckets.full_at.lock().is_empty());
    }

    #[test]
    fn memory_has_an_end() {
        let buckets: Buckets<usize> = Buckets::new(1);
        for asker in 0..MOST + 10 {
            buckets.take(asker, START).unwrap();
        }
        assert!(buckets.full_at.lock().len() <= MOST);
    }
}
