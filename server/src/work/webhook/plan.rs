//! When a call is made again, when it steps aside, and when a webhook is switched off. Pure.

use crate::work::call::{Answer, CallError};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{CallState, Timestamp};
use frontdesk_jobs::backoff;
use std::time::Duration;

/// A call that failed so often lets those behind it go first.
const STEPS_ASIDE: i64 = 3;

/// A call that failed so often is given up, when others went well meanwhile.
const GIVEN_UP: i64 = 12;

/// A webhook is switched off after so many failures in a row over so long a time.
const STREAK: i64 = 20;
const STREAK_TIME: Duration = Duration::from_secs(24 * 60 * 60);

/// No receiver may ask for more patience than this.
const MOST_PATIENCE: Duration = Duration::from_secs(24 * 60 * 60);

/// How to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// With the next call.
    Go,
    /// There is none.
    Rest,
    /// There is one, later.
    Sleep(Duration),
    /// The receiver needs a pause.
    Failed { why: String, after: Duration },
}

/// What came of a call.
#[derive(Debug)]
pub(super) struct Result {
    pub(super) answer: std::result::Result<Answer, CallError>,
    pub(super) took: Duration,
}

impl Result {
    fn is_good(&self) -> bool {
        self.answer.as_ref().is_ok_and(Answer::is_good)
    }

    pub(super) fn status(&self) -> Option<i64> {
        let answer = self.answer.as_ref().ok()?;
        Some(i64::from(answer.status))
    }

    pub(super) fn head(&self) -> Option<String> {
        let answer = self.answer.as_ref().ok()?;
        Some(answer.head.clone()).filter(|head| !head.is_empty())
    }

    pub(super) fn error(&self) -> Option<String> {
        match &self.answer {
            Ok(_) if self.is_good() => None,
            Ok(answer) => Some(format!("it answered {}", answer.status)),
            Err(CallError::Forbidden(why) | CallError::Failed(why)) => Some(why.clone()),
        }
    }

    fn patience(&self) -> Duration {
        let asked = self.answer.as_ref().ok().and_then(|it| it.retry_after);
        asked.unwrap_or_default().min(MOST_PATIENCE)
    }
}

/// Failures in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Streak {
    pub(super) failures: i64,
    pub(super) since: Option<Timestamp>,
}

impl Streak {
    /// Whether it has gone on for long enough to switch the webhook off.
    pub(super) fn is_over(self, now: Timestamp) -> bool {
        let long = self
            .since
            .is_some_and(|since| between(since, now) >= STREAK_TIME);
        self.failures >= STREAK && long
    }
}

/// The streak after another call.
pub(super) fn streak(before: &Subscription, said: &Result, now: Timestamp) -> Streak {
    if said.is_good() {
        return Streak {
            failures: 0,
            since: None,
        };
    }
    Streak {
        failures: before.failures + 1,
        since: before.failing_since.or(Some(now)),
    }
}

/// What becomes of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) state: CallState,
    /// For how long those behind it go first.
    pub(super) aside: Option<Duration>,
    /// How long the receiver is left alone.
    pub(super) pause: Duration,
}

/// Decides about a call after its `attempts`th try. While nothing goes well the receiver is at fault
/// and no call is given up for it.
pub(super) fn fate(attempts: i64, streak: &Streak, said: &Result, chance: f64) -> Fate {
    if said.is_good() {
        return Fate {
            state: CallState::Delivered,
            aside: None,
            pause: Duration::ZERO,
        };
    }
    let others_went_well = streak.failures < attempts;
    if attempts >= GIVEN_UP && others_went_well {
        return Fate {
            state: CallState::Failed,
            aside: None,
            pause: Duration::ZERO,
        };
    }
    let wait = |failures: i64| backoff(u32::try_from(failures).unwrap_or(u32::MAX), chance);
    Fate {
        state: CallState::Pending,
        aside: (attempts >= STEPS_ASIDE).then(|| wait(attempts)),
        pause: wait(streak.failures).max(said.patience()),
    }
}

/// The time so long after another.
pub(super) fn after(at: Timestamp, wait: Duration) -> Timestamp {
    let micros = i64::try_from(wait.as_micros()).unwrap_or(i64::MAX);
    Timestamp(at.0.saturating_add(micros))
}

/// How long it is from one time to another; nothing, where that is over.
pub(super) fn between(from: Timestamp, to: Timestamp) -> Duration {
    let micros = u64::try_from(to.0.saturating_sub(from.0)).unwrap_or_default();
    Duration::from_micros(micros)
}

#[cfg(test)]
mod tests;
