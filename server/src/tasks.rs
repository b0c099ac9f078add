//! Every task has an owner and an end: the one place that spawns.

use std::future::Future;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The tasks of a running server. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Tasks {
    /// Runs a task to its end, which must come soon after [`Tasks::stopping`] does.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the wrapper the others must use"
    )]
    pub fn spawn(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let handle = tokio::spawn(self.tracker.track_future(work));
        self.watch(name, handle);
    }

    /// A panic in a task is worth a line in the log, whoever waits for it or not.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the wrapper the others must use"
    )]
    fn watch(&self, name: &'static str, handle: tokio::task::JoinHandle<()>) {
        drop(tokio::spawn(self.tracker.track_future(async move {
            if let Err(error) = handle.await
                && error.is_panic()
            {
                tracing::error!(task = name, "a task panicked");
            }
        })));
    }

    /// Runs something short and frequent, such as one connection, without watching it.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the wrapper the others must use"
    )]
    pub fn spawn_light(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(tokio::spawn(self.tracker.track_future(work)));
    }

    /// Comes when the tasks should end.
    #[must_use]
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Asks all tasks to end and waits for them, but not longer than `grace`.
    pub async fn stop(&self, grace: Duration) -> Stopped {
        self.stop.cancel();
        self.tracker.close();
        match tokio::time::timeout(grace, self.tracker.wait()).await {
            Ok(()) => Stopped::Cleanly,
            Err(_) => Stopped::StillRunning(self.tracker.len()),
        }
    }
}

/// How stopping went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    Cleanly,
    StillRunning(usize),
}
