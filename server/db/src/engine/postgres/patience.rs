//! How long a lost PostgreSQL is waited for.

use std::time::Duration;

/// The waits between tries, in milliseconds. Together they are longer than a restart takes, and
/// shorter than clients wait for an answer.
const WAITS: [u64; 12] = [
    20, 50, 100, 200, 300, 500, 800, 1000, 1000, 2000, 2000, 2000,
];

/// What is left of the waiting. Once it is used up, everybody is told at once that there is no
/// database, until there is one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patience {
    used: usize,
}

impl Patience {
    /// For a database that was there a moment ago.
    pub(super) fn fresh() -> Self {
        Self { used: 0 }
    }

    /// For a database that nobody has seen yet: a wrong address is told at once.
    pub(super) fn exhausted() -> Self {
        Self { used: WAITS.len() }
    }

    /// How long to wait before the next try, if there should be one.
    pub(super) fn next_wait(&mut self) -> Option<Duration> {
        let wait = WAITS.get(self.used)?;
        self.used += 1;
        Some(Duration::from_millis(*wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_was_there_is_waited_for_ten_seconds_or_so_and_then_not_again() {
        let mut patience = Patience::fresh();
        let waited: Duration = std::iter::from_fn(|| patience.next_wait()).sum();
        assert!((9..=11).contains(&waited.as_secs()), "{waited:?}");
        assert_eq!(patience.next_wait(), None);
    }

    #[test]
    fn one_that_was_never_there_is_not_waited_for() {
        assert_eq!(Patience::exhausted().next_wait(), None);
    }
}
