//! Calls that are made again while they may still work. Whoever uses this gives each call a name,
//! so that one whose answer was lost is not done twice.

use crate::net::api::ApiError;
use crate::net::backoff;
use crate::output::say;

/// How often it is tried before somebody must look.
const TRIES: u32 = 4;

/// Makes the call until it works, is refused, or has been tried often enough.
pub(super) async fn patiently<T>(
    mut call: impl AsyncFnMut() -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let mut attempt = 0;
    loop {
        match call().await {
            Err(error) if error.may_pass() && attempt + 1 < TRIES => {
                let wait = backoff::delay(attempt, backoff::chance());
                say(&format!(
                    "{error}; trying again in {:.1} s",
                    wait.as_secs_f32()
                ));
                tokio::time::sleep(wait).await;
                attempt += 1;
            }
            answered => return answered,
        }
    }
}
