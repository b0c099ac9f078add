//! What a kind of job is.

use crate::outcome::Outcome;
use crate::queue::JobId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::time::Duration;
use uuid::Uuid;

/// A kind of job. Its value is what it is about, kept as JSON: ids rather than content.
///
/// It is run at least once: a power cut in the middle, or a node that was thought dead, and it
/// runs again. So it looks at what is there first, and does what is still to be done.
pub trait Job<C>: Serialize + DeserializeOwned + Send + 'static {
    /// What queue, logs and people call it. Never changed: jobs that wait carry it.
    const NAME: &'static str;
    /// Jobs of one queue share its workers.
    const QUEUE: &'static str;
    /// After so many tries it becomes a dead letter.
    const TRIES: u32 = 20;
    /// A run that takes longer is cut off and counts as a failure.
    const LIMIT: Duration = Duration::from_secs(60);

    /// Does it.
    fn run(self, context: C, turn: Turn) -> impl Future<Output = Outcome> + Send;
}

/// What a job may know about its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub job: JobId,
    /// Whom the job belongs to, where it belongs to somebody. The payload has no say in it.
    pub owner: Option<Uuid>,
    /// Which try this is; the first is 1.
    pub attempt: u32,
}

/// A job to put into a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub kind: &'static str,
    pub queue: &'static str,
    pub owner: Option<Uuid>,
    pub payload: String,
    /// Of the jobs of a kind with the same key, one is there at a time. Asked for while it waits
    /// it stays the one; asked for while it runs, it runs once more.
    pub key: Option<String>,
    /// How long it waits before it is due.
    pub after: Duration,
}

impl NewJob {
    /// A job that is due at once.
    ///
    /// # Panics
    /// When the job's type does not become JSON: it must be plain data.
    #[must_use]
    pub fn of<C, J: Job<C>>(owner: Option<Uuid>, job: &J) -> Self {
        Self {
            kind: J::NAME,
            queue: J::QUEUE,
            owner,
            payload: serde_json::to_string(job).expect("jobs are plain data and become JSON"),
            key: None,
            after: Duration::ZERO,
        }
    }

    /// One at a time by this key.
    #[must_use]
    pub fn unique(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Due after a while.
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.after = wait;
        self
    }
}
