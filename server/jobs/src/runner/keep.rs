//! Keeps the own lease alive and ends those of nodes that are gone.

use crate::lease::{BEAT, Watch};
use crate::queue::Queue;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

/// How soon the first beat is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Takes a lease; `false` when it was told to stop before it had one.
pub(super) async fn begin<Q: Queue>(queue: &Q, stop: &CancellationToken) -> bool {
    while !stop.is_cancelled() {
        match queue.beat().await {
            Ok(_) => return true,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "no lease on jobs can be taken yet");
            }
        }
        tokio::select! {
            () = sleep(AGAIN) => {}
            () = stop.cancelled() => {}
        }
    }
    false
}

/// Beats until it is stopped.
pub(super) async fn keep<Q: Queue>(queue: &Q, stop: &CancellationToken) {
    let mut watch = Watch::default();
    let mut beats = interval(BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beats.tick() => {}
            () = stop.cancelled() => return,
        }
        if let Err(error) = beat(queue, &mut watch).await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "the lease on jobs cannot be kept alive");
        }
    }
}

async fn beat<Q: Queue>(queue: &Q, watch: &mut Watch) -> Result<(), Q::Error> {
    let gone = watch.look(&queue.beat().await?);
    let rescued = queue.rescue(gone).await?;
    if rescued > 0 {
        metrics::counter!("frontdesk_jobs_rescued_total").increment(rescued);
        tracing::warn!(
            count = rescued,
            "jobs of a node that is gone are ready again"
        );
    }
    Ok(())
}
