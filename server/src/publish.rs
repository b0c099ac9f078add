//! Tells the world what was committed: reads the new events of an account by number and turns
//! each into the broadcasts that connected clients know. Nudged after every commit; a lost nudge
//! costs waiting, never an event.

mod broadcasts;

use crate::app::App;
use crate::failure::Failure;
use crate::telemetry::metrics;
use broadcasts::Announcer;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::{AccountId, EventSeq};
use std::collections::HashMap;

/// Events read at once.
const PAGE: i64 = 500;

/// Publishes until the server stops.
pub(crate) async fn run(app: App) {
    let stopping = app.tasks.stopping();
    let changes = app.db.changes();
    let mut position = match start(&app).await {
        Ok(position) => position,
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "events cannot be read"
            );
            HashMap::new()
        }
    };
    let announcer = Announcer::new(&app);
    loop {
        let noted = tokio::select! {
            biased;
            noted = changes.take() => noted,
            () = stopping.cancelled() => return,
        };
        for (account_id, newest) in noted {
            let read = position.entry(account_id).or_insert(EventSeq(0));
            if let Err(error) = account(&app, &announcer, account_id, newest, read).await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "events stay unpublished"
                );
                // The nudge is given again, so that nothing waits for the account's next change.
                changes.note(account_id, newest);
            }
        }
    }
}

/// Everything from before the start is known to clients by their cursors.
async fn start(app: &App) -> Result<HashMap<AccountId, EventSeq>, DbError> {
    let all = app.db.read(queries::accounts::all_seqs).await?;
    Ok(all.into_iter().collect())
}

async fn account(
    app: &App,
    announcer: &Announcer,
    account_id: AccountId,
    newest: EventSeq,
    read: &mut EventSeq,
) -> Result<(), Failure> {
    while *read < newest {
        let after = *read;
        let page = app
            .db
            .read(move |conn| {
                Ok::<_, Failure>(queries::events::since(conn, account_id, after, PAGE)?)
            })
            .await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        *read = last.seq;
        for event in &page {
            announcer.announce(event);
        }
        metrics::events_published(page.len() as u64);
    }
    Ok(())
}
