//! Conversations that were closed long ago leave the lists.

use super::said;
use crate::app::App;
use crate::failure::Outcome as Done;
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::{AccountId, Actor, ConversationId, Timestamp, decide};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How many are archived between two looks.
const AT_ONCE: i64 = 200;

/// Archives what has been closed for as long as the configuration says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ArchiveStale {}

impl Job<App> for ArchiveStale {
    const NAME: &'static str = "archive";
    const QUEUE: &'static str = "house";
    const LIMIT: Duration = Duration::from_secs(3000);

    async fn run(self, app: App, _: Turn) -> Outcome {
        said(archive(&app).await)
    }
}

async fn archive(app: &App) -> Done<()> {
    let Some(age) = app.config.retention.archive_closed.time() else {
        return Ok(());
    };
    let age = i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
    let before = app.db.now().plus_seconds(age.saturating_neg());
    for account_id in app.db.read(queries::accounts::ids).await? {
        loop {
            let stale = app
                .db
                .read(move |conn| queries::conversations::stale(conn, account_id, before, AT_ONCE));
            let stale = stale.await?;
            let found = stale.len();
            for id in stale {
                app.db
                    .write(account_id, move |unit| one(unit, account_id, id, before))
                    .await?;
            }
            if i64::try_from(found).unwrap_or(i64::MAX) < AT_ONCE
                || app.tasks.stopping().is_cancelled()
            {
                break;
            }
        }
    }
    Ok(())
}

/// Archives one, unless somebody took it up meanwhile.
fn one(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
    before: Timestamp,
) -> Done<()> {
    let (now, actor) = (unit.now(), Actor::system(account_id));
    let found = queries::conversations::by_id(unit.conn(), account_id, id)?;
    if let Some(held) = found.filter(|held| held.closed_at.is_some_and(|at| at < before)) {
        let decision = decide::archive(&held, &actor, now)?;
        write::apply(unit, &actor, decision)?;
    }
    Ok(())
}
