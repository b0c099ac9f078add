//! How long things are kept that are not the desk itself.

use super::key::{Key, key};
use std::time::Duration;

/// The ages at which things are forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    pub events: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            events: Duration::from_secs(90 * 24 * 3600),
        }
    }
}

pub(super) const KEYS: &[Key] = &[key!(
    "retention.events",
    retention.events,
    "How long events are kept. A client that was away longer loads everything anew."
)];
