//! How long things are kept that are not the desk itself.

use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong, quoted};
use std::time::Duration;

/// The ages at which things are forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    pub events: Duration,
    pub archive_closed: Age,
    pub webhook_log: Duration,
    pub dead_jobs: Duration,
}

/// An age that something may reach or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    Never,
    After(Duration),
}

impl Age {
    /// The age, where there is one.
    #[must_use]
    pub fn time(self) -> Option<Duration> {
        match self {
            Self::Never => None,
            Self::After(age) => Some(age),
        }
    }
}

impl Setting for Age {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        match raw {
            Raw::Text(text) if text.trim() == "never" => Ok(Self::Never),
            other => Duration::take(other)
                .map(Self::After)
                .map_err(|wrong| Wrong {
                    expected: format!("\"never\" or {}", wrong.expected),
                    ..wrong
                }),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Never => quoted("never"),
            Self::After(age) => age.show(),
        }
    }
}

const DAY: Duration = Duration::from_secs(24 * 3600);

impl Default for Retention {
    fn default() -> Self {
        Self {
            events: DAY * 90,
            archive_closed: Age::Never,
            webhook_log: DAY * 30,
            dead_jobs: DAY * 30,
        }
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "retention.events",
        retention.events,
        "How long events are kept. A client that was away longer loads everything anew."
    ),
    key!(
        "retention.archive_closed",
        retention.archive_closed,
        "How long after it was closed a conversation is archived, which takes it out of every list\nuntil its customer writes; \"never\" leaves that to people."
    ),
    key!(
        "retention.webhook_log",
        retention.webhook_log,
        "How long the log of outgoing webhooks is kept. What was not delivered yet stays."
    ),
    key!(
        "retention.dead_jobs",
        retention.dead_jobs,
        "How long work that failed for good is kept for somebody to look at."
    ),
];
