//! What happens by the clock: snoozed conversations wake, what nobody needs any more is
//! forgotten. Each look asks the database what is due, so a restart that slept through a time
//! catches up at once.

use crate::app::App;
use crate::failure::Outcome;
use crate::use_cases::wake;
use frontdesk_db::{DbError, queries};
use std::time::Duration;

/// Snoozes are punctual to a second or so.
const WAKE_EVERY: Duration = Duration::from_millis(500);

/// Tidying can wait.
const TIDY_EVERY: Duration = Duration::from_secs(600);

/// An answer kept for a repeated command is forgotten after two days.
const KEEP_ANSWERS: i64 = 2 * 24 * 60 * 60;

/// Looks until the server stops.
pub(crate) async fn run(app: App) {
    let stopping = app.tasks.stopping();
    let mut wake = tokio::time::interval(WAKE_EVERY);
    let mut tidy = tokio::time::interval(TIDY_EVERY);
    loop {
        let done = tokio::select! {
            _ = wake.tick() => wake::wake_due(&app).await.map(|_| ()),
            _ = tidy.tick() => forget(&app).await,
            () = stopping.cancelled() => return,
        };
        if let Err(error) = done {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "a timer's work failed"
            );
        }
    }
}

async fn forget(app: &App) -> Outcome<()> {
    let before = app.db.now().plus_seconds(-KEEP_ANSWERS);
    app.db
        .write_global(move |unit| {
            queries::idempotency::prune(unit, before)?;
            queries::sessions::prune(unit)?;
            Ok::<_, DbError>(())
        })
        .await?;
    Ok(())
}
