//! Tells the world what was committed: reads the new events of an account by number and turns
//! each into the broadcasts that connected clients know. Nudged after every commit of this
//! process, and looking by itself every second for what another one committed; a lost nudge
//! costs waiting, never an event.

mod broadcasts;

use crate::app::App;
use crate::failure::Failure;
use crate::http::wire;
use crate::telemetry::metrics;
use broadcasts::{Announcer, Tags};
use frontdesk_db::queries::events::Event;
use frontdesk_db::{Changes, Conn, DbError, queries};
use frontdesk_domain::{AccountId, EventSeq};
use std::collections::HashMap;
use std::time::Duration;

/// Events read at once.
const PAGE: i64 = 500;

/// How often the database is asked what nobody was nudged about.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How far each account's events have been told.
#[derive(Debug)]
pub(crate) struct Position(HashMap<AccountId, EventSeq>);

impl Position {
    /// Everything up to now is known to clients by their cursors. To be read before anybody can
    /// change anything.
    pub(crate) async fn now(app: &App) -> Result<Self, DbError> {
        let all = app.db.read(queries::accounts::all_seqs).await?;
        Ok(Self(all.into_iter().collect()))
    }
}

/// Publishes until the server stops.
pub(crate) async fn run(app: App, mut position: Position) {
    let stopping = app.tasks.stopping();
    let changes = app.db.changes();
    let announcer = Announcer::new(&app);
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        let noted = tokio::select! {
            biased;
            noted = changes.take() => noted,
            () = stopping.cancelled() => return,
            _ = look.tick() => {
                note_all(&app, &changes, &position).await;
                continue;
            }
        };
        for (account_id, newest) in noted {
            let read = position.0.entry(account_id).or_insert(EventSeq(0));
            if let Err(error) = account(&app, &announcer, account_id, newest, read).await {
                // The next look comes back to them.
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "events stay unpublished"
                );
            }
        }
    }
}

/// Notes the accounts that have events nobody was nudged about.
async fn note_all(app: &App, changes: &Changes, position: &Position) {
    let all: Result<_, DbError> = app.db.read(queries::accounts::all_seqs).await;
    match all {
        Ok(all) => {
            for (account_id, newest) in all {
                if position
                    .0
                    .get(&account_id)
                    .is_none_or(|read| *read < newest)
                {
                    changes.note(account_id, newest);
                }
            }
        }
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "new events cannot be looked for"
            );
        }
    }
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
        let (page, tags) = app
            .db
            .read(move |conn| {
                let page = queries::events::since(conn, account_id, after, PAGE)?;
                let tags = named_tags(conn, account_id, &page)?;
                Ok::<_, Failure>((page, tags))
            })
            .await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        *read = last.seq;
        for event in &page {
            announcer.announce(event, &tags);
        }
        metrics::events_published(page.len() as u64);
    }
    Ok(())
}

/// The tags of an account, when a page of events names any: events hold only their ids.
fn named_tags(conn: &mut dyn Conn, account_id: AccountId, page: &[Event]) -> Result<Tags, DbError> {
    if page.iter().all(|event| event.tags.is_empty()) {
        return Ok(Tags::new());
    }
    let tags = queries::tags::of_account(conn, account_id)?;
    Ok(tags.iter().map(|it| (it.id, wire::tag(it))).collect())
}
