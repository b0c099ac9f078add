//! A clock that goes on as the machine's does, and can be put forward.

use frontdesk_db::{Clock, SystemClock};
use frontdesk_domain::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// The machine's time, and so much more.
#[derive(Debug, Default)]
pub struct LaterClock(AtomicI64);

impl LaterClock {
    /// Puts it forward.
    pub fn skip_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for LaterClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }
}
