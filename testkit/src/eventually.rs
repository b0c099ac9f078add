//! Waiting for something to become so.

use std::future::Future;
use std::time::Duration;

/// Tries until `check` gives something. There is no limit here: the test runner has one.
pub async fn eventually<T, F>(mut check: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    loop {
        if let Some(found) = check().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
