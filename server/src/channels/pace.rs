//! How fast one client may speak. Who speaks faster is not refused: its next frames wait in the
//! network until it is their turn, and nobody else notices.

use std::time::Duration;
use tokio::time::Instant;

/// A steady rate, and how many frames may come at once beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Frames in a second, over time.
    pub per_second: u32,
    /// Frames at once.
    pub burst: u32,
}

/// One client's account of time: the moment at which its frames so far would be paid for.
#[derive(Debug, Default)]
pub(super) struct Pace {
    paid_at: Option<Instant>,
}

impl Pace {
    /// Counts one frame. Says until when the next has to wait, if it has to.
    pub(super) fn count(&mut self, rate: Rate, now: Instant) -> Option<Instant> {
        let each = Duration::from_secs(1) / rate.per_second.max(1);
        let paid_at = self.paid_at.map_or(now, |paid_at| paid_at.max(now)) + each;
        self.paid_at = Some(paid_at);
        let resume_at = paid_at.checked_sub(each.saturating_mul(rate.burst))?;
        (resume_at > now).then_some(resume_at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::runtime::moment;
    use super::*;

    #[test]
    fn a_burst_is_free_and_what_follows_is_not() {
        let (rate, now) = (
            Rate {
                per_second: 10,
                burst: 3,
            },
            moment(),
        );
        let mut pace = Pace::default();
        for _ in 0..3 {
            assert_eq!(pace.count(rate, now), None);
        }
        let tenth = Duration::from_millis(100);
        assert_eq!(pace.count(rate, now), Some(now + tenth));
        assert_eq!(pace.count(rate, now + tenth), Some(now + 2 * tenth));
        let later = now + Duration::from_secs(9);
        assert_eq!(pace.count(rate, later), None);
    }

    #[test]
    fn a_steady_client_never_waits() {
        let rate = Rate {
            per_second: 10,
            burst: 1,
        };
        let (mut pace, mut now) = (Pace::default(), moment());
        for _ in 0..100 {
            assert_eq!(pace.count(rate, now), None);
            now += Duration::from_millis(100);
        }
    }
}
