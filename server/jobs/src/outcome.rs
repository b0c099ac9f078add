//! What came of a job, and what becomes of the job by that.

use crate::backoff::backoff;
use std::time::Duration;

/// What a job says about itself when it has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done and can be forgotten.
    Done,
    /// It failed and may go better later.
    Retry {
        /// For people; no secrets and nothing a customer wrote.
        why: String,
        /// When to try again, where the other side said so; else the backoff decides.
        after: Option<Duration>,
    },
    /// It is not time yet. That is no failure and does not count as a try.
    Snooze(Duration),
    /// It could not be begun, and its queue is closed until it can. It keeps its place among the others.
    Back,
    /// It will never go well. It is kept for somebody to look at.
    Discard { why: String },
}

impl Outcome {
    /// A failure that may go better later.
    #[must_use]
    pub fn retry(why: impl Into<String>) -> Self {
        Self::Retry {
            why: why.into(),
            after: None,
        }
    }

    /// A failure for good.
    #[must_use]
    pub fn discard(why: impl Into<String>) -> Self {
        Self::Discard { why: why.into() }
    }
}

/// What becomes of a job in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// It goes; unless it was asked for again meanwhile, then it is ready once more.
    Done,
    /// It is ready again after a while.
    Later {
        after: Duration,
        why: Option<String>,
        counted: Counted,
    },
    /// It stays, as a dead letter.
    Dead { why: String },
}

/// Whether the run counts as one of the job's tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    AsTry,
    Not,
}

impl Settlement {
    /// A job that was claimed and not begun goes back as it was, to its old place.
    #[must_use]
    pub fn released() -> Self {
        Self::Later {
            after: Duration::ZERO,
            why: None,
            counted: Counted::Not,
        }
    }
}

/// Turns what a job said after its `attempt`th try, of at most `tries`, into what becomes of it.
#[must_use]
pub fn settle(outcome: Outcome, attempt: u32, tries: u32, chance: f64) -> Settlement {
    match outcome {
        Outcome::Done => Settlement::Done,
        Outcome::Snooze(after) => Settlement::Later {
            after,
            why: None,
            counted: Counted::Not,
        },
        Outcome::Back => Settlement::released(),
        Outcome::Discard { why } => Settlement::Dead { why },
        Outcome::Retry { why, .. } if attempt >= tries => Settlement::Dead { why },
        Outcome::Retry { why, after } => Settlement::Later {
            // The other side may ask for more patience, never for less.
            after: after.unwrap_or_default().max(backoff(attempt, chance)),
            why: Some(why),
            counted: Counted::AsTry,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(after: u64) -> Settlement {
        Settlement::Later {
            after: Duration::from_secs(after),
            why: Some("no answer".to_owned()),
            counted: Counted::AsTry,
        }
    }

    #[test]
    fn a_failure_is_tried_again_until_its_tries_are_used_up() {
        let failed = || Outcome::retry("no answer");
        assert_eq!(settle(failed(), 1, 3, 0.5), later(5));
        assert_eq!(settle(failed(), 2, 3, 0.5), later(10));
        let why = "no answer".to_owned();
        assert_eq!(settle(failed(), 3, 3, 0.5), Settlement::Dead { why });
    }

    #[test]
    fn the_other_side_may_ask_for_more_patience_and_not_for_less() {
        let asked = |seconds| Outcome::Retry {
            why: "no answer".to_owned(),
            after: Some(Duration::from_secs(seconds)),
        };
        assert_eq!(settle(asked(120), 1, 3, 0.5), later(120));
        assert_eq!(settle(asked(1), 1, 3, 0.5), later(5));
    }

    #[test]
    fn a_snooze_is_no_try_and_a_discarded_job_is_kept() {
        let minute = Duration::from_secs(60);
        let snoozed = Settlement::Later {
            after: minute,
            why: None,
            counted: Counted::Not,
        };
        assert_eq!(settle(Outcome::Snooze(minute), 99, 3, 0.5), snoozed);
        assert_eq!(settle(Outcome::Back, 99, 3, 0.5), Settlement::released());
        let why = "gone".to_owned();
        assert_eq!(
            settle(Outcome::discard("gone"), 1, 3, 0.5),
            Settlement::Dead { why }
        );
        assert_eq!(settle(Outcome::Done, 99, 3, 0.5), Settlement::Done);
    }
}
