//! How long to wait before the next try: longer each time, and never quite as long as the others,
//! so that what failed together does not come back together.

use std::time::Duration;

/// The wait after the first failure.
const FIRST: Duration = Duration::from_secs(5);

/// No wait is longer than this, before the jitter.
const LONGEST: Duration = Duration::from_secs(3600);

/// A number from 0 to 1 that nobody can foresee. Tests bring their own.
pub type Jitter = fn() -> f64;

/// The wait after the `failures`th failure: 5 s, 10 s, 20 s and so on up to an hour, each between
/// three quarters and five quarters of that. `chance` is a number from 0 to 1.
#[must_use]
pub fn backoff(failures: u32, chance: f64) -> Duration {
    let doublings = failures.saturating_sub(1).min(20);
    let whole = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    whole.mul_f64(0.75 + chance.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<u64> = (0..14).map(|n| backoff(n, 0.5).as_secs()).collect();
        let wanted = [
            5, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600,
        ];
        assert_eq!(waits, wanted);
        assert_eq!(backoff(u32::MAX, 0.5), LONGEST);
    }

    #[test]
    fn waits_differ_by_a_quarter_either_way() {
        assert_eq!(backoff(3, 0.0), Duration::from_secs(15));
        assert_eq!(backoff(3, 1.0), Duration::from_secs(25));
        assert_eq!(
            backoff(3, 7.0),
            Duration::from_secs(25),
            "chance is kept in its bounds"
        );
        assert_eq!(backoff(3, -7.0), Duration::from_secs(15));
    }
}
