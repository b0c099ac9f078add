//! How much work waits and how old it is, for the metrics.

use crate::app::App;
use crate::telemetry::metrics::{self, Waiting};
use frontdesk_db::DbError;
use frontdesk_db::queries::job_letters::{self, Reach};
use frontdesk_jobs::Periodic;
use std::time::Duration;

/// How often jobs are counted.
const EVERY: Duration = Duration::from_secs(15);

pub(super) fn start(app: &App) {
    let counting = Periodic {
        name: "count jobs",
        every: EVERY,
        stop: app.tasks.stopping(),
    };
    let (app, tasks) = (app.clone(), app.tasks.clone());
    tasks.spawn("count jobs", async move {
        counting.run(|| count(&app)).await;
    });
}

async fn count(app: &App) -> Result<(), DbError> {
    let now = app.db.now();
    let counts = app
        .db
        .read(|conn| job_letters::counts(conn, Reach::Server))
        .await?;
    let waiting = counts.iter().map(|it| Waiting {
        queue: &it.queue,
        state: it.state,
        count: it.count,
        oldest: it.oldest.map_or(0, |at| now.0.saturating_sub(at.0).max(0)),
    });
    metrics::jobs(&waiting.collect::<Vec<_>>());
    Ok(())
}
