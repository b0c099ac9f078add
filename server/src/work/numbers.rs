//! How much work waits and how old it is, and how the connections are, for the metrics.

use crate::app::App;
use crate::telemetry::metrics::{self, Lines, Waiting};
use frontdesk_db::DbError;
use frontdesk_db::queries::connections;
use frontdesk_db::queries::job_letters::{self, Reach};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{Source, Timestamp};
use frontdesk_jobs::Periodic;
use std::collections::HashMap;
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
    let all = app.db.read(|conn| connections::everywhere(conn)).await?;
    let mut kinds: HashMap<Source, Lines> = HashMap::new();
    for it in &all {
        add(kinds.entry(it.kind).or_default(), it, now);
    }
    metrics::connections(&kinds);
    Ok(())
}

/// Counts a connection in. One that is off is silent because it is.
fn add(lines: &mut Lines, it: &Connection, now: Timestamp) {
    *lines.count.entry(it.health.state).or_default() += 1;
    if !it.is_on() {
        return;
    }
    let since = |at: Option<Timestamp>| at.map_or(0, |at| now.seconds() - at.seconds());
    lines.failures = lines.failures.max(it.health.failures);
    lines.in_silence = lines.in_silence.max(since(it.traffic.came_at));
    lines.out_silence = lines.out_silence.max(since(it.traffic.went_at));
    lines.next_try = lines.next_try.max(-since(it.health.next_try_at));
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::connection::{Health, Traffic};
    use frontdesk_domain::json::Json;
    use frontdesk_domain::{AccountId, ConnectionId, ConnectionState, InboxId};

    #[test]
    fn the_worst_of_a_kind_is_shown_and_what_is_off_is_only_counted() {
        let now = Timestamp::from_seconds(1_795_000_000);
        let mut it = Connection {
            id: ConnectionId::random(),
            account_id: AccountId::random(),
            inbox_id: InboxId::random(),
            kind: Source::Email,
            name: String::new(),
            settings: Json("{}".to_owned()),
            health: Health::untested()
                .failed("no answer", now)
                .until(Some(now.plus_seconds(30))),
            traffic: Traffic {
                came_at: Some(now.plus_seconds(-90)),
                went_at: None,
            },
            consented_at: None,
            created_at: now,
            updated_at: now,
        };
        let mut lines = Lines::default();
        add(&mut lines, &it, now);
        it.health.failures = 9;
        it.health.state = ConnectionState::Off;
        add(&mut lines, &it, now);
        assert_eq!(lines.count[&ConnectionState::Failing], 1);
        assert_eq!(lines.count[&ConnectionState::Off], 1);
        assert_eq!((lines.failures, lines.next_try), (1, 30));
        assert_eq!((lines.in_silence, lines.out_silence), (90, 0));
    }
}
