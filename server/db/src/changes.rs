//! The nudge that follows a commit: which accounts have new events. A nudge may be lost or come
//! twice; the events themselves are read from the database by number.

use frontdesk_domain::{AccountId, EventSeq};
use parking_lot::Mutex;
use std::collections::HashMap;
use tokio::sync::Notify;

/// Accounts with events nobody has published yet.
#[derive(Debug, Default)]
pub struct Changes {
    newest: Mutex<HashMap<AccountId, EventSeq>>,
    wake: Notify,
}

impl Changes {
    /// Notes that an account's events now reach up to `seq`.
    pub fn note(&self, account_id: AccountId, seq: EventSeq) {
        let mut newest = self.newest.lock();
        let known = newest.entry(account_id).or_insert(seq);
        *known = (*known).max(seq);
        drop(newest);
        self.wake.notify_one();
    }

    /// Waits until something was noted, and takes it.
    pub async fn take(&self) -> HashMap<AccountId, EventSeq> {
        loop {
            let taken = std::mem::take(&mut *self.newest.lock());
            if !taken.is_empty() {
                return taken;
            }
            self.wake.notified().await;
        }
    }
}
