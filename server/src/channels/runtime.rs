//! What channels ask of the runtime: tasks that end by themselves, and a clock for spans of time.

use std::future::Future;
use tokio::time::Instant;

/// Runs something that ends with the connection, the spell of typing or the channels it serves.
#[expect(
    clippy::disallowed_methods,
    reason = "a tracked task per socket costs memory; each ends with what it serves"
)]
pub(super) fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    drop(tokio::spawn(work));
}

/// A moment to measure from. It is never shown, sent or stored.
#[expect(
    clippy::disallowed_methods,
    reason = "spans are measured on the runtime's own clock, which tests pause"
)]
pub(super) fn moment() -> Instant {
    Instant::now()
}
