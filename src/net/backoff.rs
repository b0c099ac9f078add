//! How long to wait before the next try: longer each time, and never at the same moment as
//! everyone else.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// The wait before try number `attempt`, counted from zero. `chance` spreads it between half of
/// the full time and all of it.
#[must_use]
pub fn delay(attempt: u32, chance: u64) -> Duration {
    let full = FIRST
        .saturating_mul(2_u32.saturating_pow(attempt.min(16)))
        .min(LONGEST);
    let half = full / 2;
    let spread = u64::try_from(half.as_millis()).unwrap_or(0) + 1;
    half + Duration::from_millis(chance % spread)
}

/// A number nobody can guess.
#[must_use]
pub fn chance() -> u64 {
    uuid::Uuid::new_v4().as_u64_pair().1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_within_bounds() {
        for (attempt, full) in [
            (0, 500),
            (1, 1_000),
            (3, 4_000),
            (6, 30_000),
            (u32::MAX, 30_000),
        ] {
            assert_eq!(delay(attempt, 0).as_millis(), full / 2);
            for chance in [1, 77_777, u64::MAX] {
                let wait = delay(attempt, chance).as_millis();
                assert!(
                    (full / 2..=full).contains(&wait),
                    "{attempt} {chance} {wait}"
                );
            }
        }
    }
}
