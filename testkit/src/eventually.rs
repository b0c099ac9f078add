//! Waiting for something to become so.

use std::time::Duration;

/// Tries until `check` gives something. There is no limit here: the test runner has one.
pub async fn eventually<T>(mut check: impl AsyncFnMut() -> Option<T>) -> T {
    loop {
        if let Some(found) = check().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
