//! Runs one job. Whatever goes wrong in it is that job's failure alone.

use super::Claimed;
use crate::backoff::Jitter;
use crate::job::Turn;
use crate::outcome::{Outcome, Settlement, settle};
use crate::queue::Ticket;
use crate::registry::{Known, Registry};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;
use tokio::time::timeout;

/// A job that has run.
pub(super) struct Finished {
    pub(super) queue: String,
    pub(super) settled: (Ticket, Settlement),
}

pub(super) async fn run<C: Send + 'static>(
    registry: Arc<Registry<C>>,
    context: C,
    jitter: Jitter,
    claimed: Claimed,
) -> Finished {
    let settlement = match registry.known(&claimed.kind) {
        Ok(known) => turn(known, context, jitter, &claimed).await,
        Err(unfit) => {
            let why = unfit.to_string();
            Settlement::Dead { why }
        }
    };
    Finished {
        queue: claimed.queue,
        settled: (claimed.ticket, settlement),
    }
}

async fn turn<C: Send + 'static>(
    known: &Known<C>,
    context: C,
    jitter: Jitter,
    claimed: &Claimed,
) -> Settlement {
    let started = now();
    let outcome = outcome(known, context, claimed).await;
    let settlement = settle(outcome, claimed.attempt, known.tries, jitter());
    let word = match &settlement {
        Settlement::Done => "done",
        Settlement::Later { why: None, .. } => "snoozed",
        Settlement::Later { why: Some(_), .. } => "retried",
        Settlement::Dead { .. } => "dead",
    };
    metrics::histogram!("frontdesk_job_seconds", "kind" => known.name).record(started.elapsed());
    metrics::counter!("frontdesk_jobs_total", "kind" => known.name, "outcome" => word).increment(1);
    let (kind, job) = (known.name, claimed.ticket.job);
    match &settlement {
        Settlement::Later { why: Some(why), .. } => {
            tracing::info!(kind, %job, attempt = claimed.attempt, why, "a job will be tried again");
        }
        Settlement::Dead { why } => {
            tracing::warn!(kind, %job, attempt = claimed.attempt, why, "a job became a dead letter");
        }
        Settlement::Done | Settlement::Later { why: None, .. } => {}
    }
    settlement
}

async fn outcome<C: Send + 'static>(known: &Known<C>, context: C, claimed: &Claimed) -> Outcome {
    if claimed.attempt > known.tries {
        return Outcome::discard("its node was gone in the middle of every try");
    }
    let turn = Turn {
        job: claimed.ticket.job,
        owner: claimed.owner,
        attempt: claimed.attempt,
    };
    let job = match (known.run)(&claimed.payload, context, turn) {
        Ok(job) => job,
        Err(unfit) => return Outcome::discard(unfit.to_string()),
    };
    match timeout(known.limit, AssertUnwindSafe(job).catch_unwind()).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Outcome::retry("it panicked"),
        Err(_) => Outcome::retry(format!("it took longer than {} s", known.limit.as_secs())),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures how long a job takes, decides nothing"
)]
fn now() -> Instant {
    Instant::now()
}
