//! The door to the model's service. While it is down nobody knocks; then one tries, and the others wait
//! for what becomes of that.

use frontdesk_ai::breaker::{Breaker, Entry, Heard};
use frontdesk_db::Clock;
use frontdesk_domain::Timestamp;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::Notify;

/// The door.
#[derive(Debug)]
pub(super) struct Door {
    breaker: Mutex<Breaker>,
    settled: Notify,
    clock: Arc<dyn Clock>,
}

/// A question that went through. Dropped without a word it has been given up.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    door: &'a Door,
    heard: Heard,
}

impl Door {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            breaker: Mutex::default(),
            settled: Notify::new(),
            clock,
        }
    }

    /// Lets a question through, or says until when nobody asks.
    pub(super) async fn enter(&self) -> Result<Passage<'_>, Timestamp> {
        loop {
            let mut settled = std::pin::pin!(self.settled.notified());
            // From here on no news is missed.
            settled.as_mut().enable();
            let entry = self.breaker.lock().enter(self.clock.now().0);
            match entry {
                Entry::Go | Entry::Probe => {
                    return Ok(Passage {
                        door: self,
                        heard: Heard::Dropped,
                    });
                }
                Entry::Wait => settled.await,
                Entry::Rests(until) => return Err(Timestamp(until)),
            }
        }
    }

    /// Whether the service is left alone now.
    pub(super) fn rests(&self) -> bool {
        self.breaker.lock().rests(self.clock.now().0)
    }

    /// Whether it was taken for down and has not answered since.
    pub(super) fn is_down(&self) -> bool {
        self.breaker.lock().is_down()
    }
}

impl Passage<'_> {
    /// Says what came of the question.
    pub(super) fn heard(mut self, heard: Heard) {
        self.heard = heard;
    }
}

impl Drop for Passage<'_> {
    fn drop(&mut self) {
        let now = self.door.clock.now().0;
        let turned = {
            let mut breaker = self.door.breaker.lock();
            let before = breaker.is_down();
            breaker.heard(self.heard, now);
            before != breaker.is_down()
        };
        self.door.settled.notify_waiters();
        if turned && self.heard == Heard::Answer {
            tracing::info!("the model's service answers again");
        } else if turned {
            tracing::warn!("the model's service is down; drafts wait");
        }
    }
}
