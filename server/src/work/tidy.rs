//! What nobody needs any more is forgotten.

use super::said;
use crate::app::App;
use crate::failure::Outcome as Done;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::Timestamp;
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// An answer kept for a repeated command is forgotten after two days.
const KEEP_ANSWERS: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// A bulk run can be looked at and taken back for thirty days.
const KEEP_RUNS: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Rows forgotten in one unit of work, so that nobody waits behind it.
const AT_ONCE: i64 = 1000;

/// Forgets what is old.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tidy {}

impl Job<App> for Tidy {
    const NAME: &'static str = "tidy";
    const QUEUE: &'static str = "house";
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, app: App, _: Turn) -> Outcome {
        said(tidy(&app).await)
    }
}

async fn tidy(app: &App) -> Done<()> {
    let answers = ago(app, KEEP_ANSWERS);
    let runs = ago(app, KEEP_RUNS);
    let letters = ago(app, app.config.retention.dead_jobs);
    app.db
        .write_global(move |unit| {
            queries::idempotency::prune(unit, answers)?;
            queries::sessions::prune(unit)?;
            queries::job_letters::prune(unit, letters)?;
            queries::arrivals::sweep(unit, letters)?;
            queries::bulk_runs::prune(unit, runs)?;
            Ok::<_, DbError>(())
        })
        .await?;
    forget_calls(app).await?;
    forget_events(app).await
}

/// The time so long before now.
fn ago(app: &App, age: Duration) -> Timestamp {
    let seconds = i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
    app.db.now().plus_seconds(seconds.saturating_neg())
}

/// Lets go of the log of webhooks, oldest first. Calls that still wait stay.
async fn forget_calls(app: &App) -> Done<()> {
    let before = ago(app, app.config.retention.webhook_log);
    loop {
        let pruned = app
            .db
            .write_global(move |unit| queries::webhook_calls::prune(unit, before, AT_ONCE));
        if pruned.await? == 0 || app.tasks.stopping().is_cancelled() {
            return Ok(());
        }
    }
}

/// Lets go of old events.
async fn forget_events(app: &App) -> Done<()> {
    let oldest = ago(app, app.config.retention.events);
    for account_id in app.db.read(queries::accounts::ids).await? {
        let first = app
            .db
            .read(move |conn| queries::events::younger_than(conn, account_id, oldest));
        let first = first.await?;
        loop {
            let pruned = app.db.write(account_id, move |unit| {
                queries::events::prune_before(unit, account_id, first, AT_ONCE)
            });
            if pruned.await? == 0 || app.tasks.stopping().is_cancelled() {
                break;
            }
        }
    }
    Ok(())
}
