//! The runtime's clock, for spans of time.

use tokio::time::Instant;

/// A moment to measure from. It is never shown, sent or stored.
#[expect(
    clippy::disallowed_methods,
    reason = "spans are measured on the runtime's own clock, which tests pause"
)]
pub(super) fn moment() -> Instant {
    Instant::now()
}
