//! What happens by the clock: snoozed conversations wake, what nobody needs any more is
//! forgotten. Each look asks the database what is due, so a restart that slept through a time
//! catches up at once.

use crate::app::App;
use crate::failure::Outcome;
use crate::use_cases::{privacy, wake};
use frontdesk_db::{DbError, queries};
use frontdesk_jobs::Periodic;
use std::time::Duration;

/// Snoozes are punctual to a second or so.
const WAKE_EVERY: Duration = Duration::from_millis(500);

/// Tidying can wait.
const TIDY_EVERY: Duration = Duration::from_secs(600);

/// Rules of retention are kept once an hour.
const KEEP_RULES_EVERY: Duration = Duration::from_secs(3600);

/// An answer kept for a repeated command is forgotten after two days.
const KEEP_ANSWERS: i64 = 2 * 24 * 60 * 60;

/// Events forgotten in one unit of work.
const EVENTS_AT_ONCE: i64 = 1000;

/// Starts what happens by the clock.
pub(crate) fn start(app: &App) {
    let waking = periodic(app, "wake", WAKE_EVERY);
    let awake = app.clone();
    app.tasks.spawn("wake", async move {
        waking
            .run(|| async { wake::wake_due(&awake).await.map(|_| ()) })
            .await;
    });
    let tidying = periodic(app, "tidy", TIDY_EVERY);
    let tidy = app.clone();
    app.tasks.spawn("tidy", async move {
        tidying.run(|| forget(&tidy)).await;
    });
    start_retention(app);
}

fn start_retention(app: &App) {
    let keeping = periodic(app, "retention", KEEP_RULES_EVERY);
    let keeper = app.clone();
    app.tasks.spawn("retention", async move {
        keeping.run(|| privacy::turn(&keeper)).await;
    });
}

fn periodic(app: &App, name: &'static str, every: Duration) -> Periodic {
    let stop = app.tasks.stopping();
    Periodic { name, every, stop }
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
    forget_events(app).await
}

/// Lets go of old events, few at a time, so that nobody waits behind it.
async fn forget_events(app: &App) -> Outcome<()> {
    let kept = i64::try_from(app.config.retention.events.as_secs()).unwrap_or(i64::MAX);
    let oldest = app.db.now().plus_seconds(kept.saturating_neg());
    for account_id in app.db.read(queries::accounts::ids).await? {
        let first = app
            .db
            .read(move |conn| queries::events::younger_than(conn, account_id, oldest));
        let first = first.await?;
        loop {
            let pruned = app.db.write(account_id, move |unit| {
                queries::events::prune_before(unit, account_id, first, EVENTS_AT_ONCE)
            });
            if pruned.await? == 0 || app.tasks.stopping().is_cancelled() {
                break;
            }
        }
    }
    Ok(())
}
