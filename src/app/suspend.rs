//! Stopping and coming back.

/// Stops this process until somebody continues it. `SIGSTOP` and not `SIGTSTP`: the latter does
/// nothing in a group that no shell looks after.
#[cfg(unix)]
pub(super) fn stop_here() {
    let stopped =
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
    if let Err(error) = stopped {
        tracing::warn!(%error, "the program could not be stopped");
    }
}

/// There is nothing to stop to.
#[cfg(not(unix))]
pub(super) fn stop_here() {}
