//! The one place that asks what time it is.

use frontdesk_protocol::time::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// The current time by the system's clock.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the wrapper that others use"
)]
pub fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock before 1970 is wrong in a way that no caller could mend.
    let micros = since_1970.map_or(0, |elapsed| elapsed.as_micros());
    Timestamp(i64::try_from(micros).unwrap_or(i64::MAX))
}
