//! Snoozed conversations wake. This looks at the conversations themselves twice a second rather than
//! at a job written when one was snoozed: a snooze that was moved, ended or merged away leaves nothing
//! behind, a clock that was set is obeyed at once, and a restart that slept through a time catches up.
//! What else happens by the clock is in `work/schedule.rs`.

use crate::app::App;
use crate::use_cases::{privacy, wake};
use frontdesk_jobs::Periodic;
use std::time::Duration;

/// Snoozes are punctual to a second or so.
const WAKE_EVERY: Duration = Duration::from_millis(500);

/// Rules of retention are kept once an hour.
const KEEP_RULES_EVERY: Duration = Duration::from_secs(3600);

/// Starts waking, and keeping the rules of retention.
pub(crate) fn start(app: &App) {
    let waking = Periodic {
        name: "wake",
        every: WAKE_EVERY,
        stop: app.tasks.stopping(),
    };
    let awake = app.clone();
    app.tasks.spawn("wake", async move {
        waking
            .run(|| async { wake::wake_due(&awake).await.map(|_| ()) })
            .await;
    });
    start_retention(app);
}

fn start_retention(app: &App) {
    let keeping = Periodic {
        name: "retention",
        every: KEEP_RULES_EVERY,
        stop: app.tasks.stopping(),
    };
    let keeper = app.clone();
    app.tasks.spawn("retention", async move {
        keeping.run(|| privacy::turn(&keeper)).await;
    });
}
