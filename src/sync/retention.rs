//! Lets go of what was closed long ago, a little at a time: the server has it.

use super::Standing;
use crate::clock;
use crate::local::Local;
use frontdesk_store::desk::Rest;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Between two steps others have their turn.
const BETWEEN: Duration = Duration::from_millis(50);

/// Once, after everything that was missed is here.
pub(crate) async fn run(
    local: Local,
    days: i64,
    mut standing: watch::Receiver<Standing>,
    stop: CancellationToken,
) {
    let forget = async {
        if standing
            .wait_for(|standing| *standing == Standing::CaughtUp)
            .await
            .is_err()
        {
            return;
        }
        while let Ok(step) = local
            .behind(move |desk| desk.retain(clock::now(), days))
            .await
        {
            match step {
                Ok(Rest::More) => tokio::time::sleep(BETWEEN).await,
                Ok(Rest::Done) => return,
                Err(error) => return tracing::warn!(%error, "what is old could not be forgotten"),
            }
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = forget => {}
    }
}
