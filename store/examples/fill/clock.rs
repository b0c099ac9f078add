//! How long things take.

use std::error::Error;
use std::time::{Duration, Instant};

/// What some work took, each time.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

#[expect(
    clippy::disallowed_methods,
    reason = "this program measures, and decides nothing by time"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

impl Times {
    /// Does something and notes how long it took.
    pub(crate) fn time<T, E>(&mut self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let begun = now();
        let done = work()?;
        self.0.push(begun.elapsed());
        Ok(done)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// Says what it took.
    pub(crate) fn tell(mut self, what: &str) -> Result<(), Box<dyn Error>> {
        self.0.sort_unstable();
        let at = |share: usize| {
            let place = (self.0.len() * share).div_ceil(100).saturating_sub(1);
            self.0.get(place).map_or(0.0, Duration::as_secs_f64) * 1e3
        };
        super::say(&format!(
            "{what}: n {}, p50 {:.3} ms, p99 {:.3} ms, most {:.3} ms",
            self.0.len(),
            at(50),
            at(99),
            at(100),
        ))
    }
}
