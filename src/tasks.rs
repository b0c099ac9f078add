//! Every task of the client has an owner and an end: the one place that spawns.

use std::future::Future;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The tasks of a running client. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Tasks {
    /// Runs a task to its end, which must come soon after [`Tasks::stopping`] does.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the wrapper the others must use"
    )]
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(tokio::spawn(self.tracker.track_future(work)));
    }

    /// Comes when the tasks should end.
    #[must_use]
    pub(crate) fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Asks all tasks to end and waits for them, but not longer than `grace`.
    pub(crate) async fn stop(&self, grace: Duration) {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(grace, self.tracker.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                tasks = self.tracker.len(),
                "tasks did not end in time and are left behind"
            );
        }
    }
}
