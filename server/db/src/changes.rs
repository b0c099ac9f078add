//! The nudges that follow a commit: which accounts have new events, and that there are new jobs. A
//! nudge may be lost or come twice; events and jobs themselves are read from the database.

use frontdesk_domain::{AccountId, EventSeq};
use parking_lot::Mutex;
use std::collections::HashMap;
use tokio::sync::Notify;

/// Accounts with events nobody has published yet.
#[derive(Debug, Default)]
pub struct Changes {
    newest: Mutex<HashMap<AccountId, EventSeq>>,
    wake: Notify,
    jobs: Notify,
    events: Notify,
}

impl Changes {
    /// Notes that an account's events now reach up to `seq`.
    pub fn note(&self, account_id: AccountId, seq: EventSeq) {
        let mut newest = self.newest.lock();
        let known = newest.entry(account_id).or_insert(seq);
        *known = (*known).max(seq);
        drop(newest);
        self.wake.notify_one();
        self.events.notify_one();
    }

    /// Notes that there are jobs that may run at once.
    pub(crate) fn note_jobs(&self) {
        self.jobs.notify_one();
    }

    /// Waits until an account's events were noted, and takes nothing: for who finds by itself what is
    /// new.
    pub async fn events(&self) {
        self.events.notified().await;
    }

    /// Waits until jobs were noted.
    pub async fn jobs(&self) {
        self.jobs.notified().await;
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
