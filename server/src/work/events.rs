//! From events to what follows from them outside: webhooks' calls and agents' notifications.
//!
//! Events are durable and numbered, so they are the list of what is still to be told: who wants to be
//! told reads them by a position that moves in the same unit that puts the work into the queue.
//! Nothing is told twice or left out, whenever a server dies, and an account that wants nothing pays
//! nothing when it chats. Nudged after every commit, and looking by itself every second.

use super::webhook::told;
use super::{push, seat, webhook};
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use frontdesk_db::queries::webhook_calls::NewCall;
use frontdesk_db::queries::{self, event_readers, event_subscriptions, jobs};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::{AccountId, EventSeq};
use frontdesk_jobs::NewJob;
use std::time::Duration;

/// Events read at once.
const PAGE: i64 = 200;

/// How often it is looked for what nobody was nudged about.
const LOOK: Duration = Duration::from_secs(1);

/// Nudges that come closer than this are answered together.
const TOGETHER: Duration = Duration::from_millis(20);

/// From the next event on, somebody in the account wants to be told.
pub(crate) fn begin_telling(unit: &mut Unit<'_>, account_id: AccountId) -> Result<(), DbError> {
    let newest = unit.newest_seq(account_id)?;
    event_readers::begin(unit, account_id, newest)
}

pub(super) fn start(app: &App) {
    let (app, tasks) = (app.clone(), app.tasks.clone());
    tasks.spawn("tell", async move { run(app).await });
}

async fn run(app: App) {
    let (stopping, changes) = (app.tasks.stopping(), app.db.changes());
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = changes.events() => {}
            _ = look.tick() => {}
        }
        if let Err(failure) = all(&app).await {
            // The next look comes back to them.
            let error = &failure as &dyn std::error::Error;
            tracing::error!(error, "events stay untold to webhooks and phones");
        }
        tokio::time::sleep(TOGETHER).await;
    }
}

/// Tells what is new in every account.
async fn all(app: &App) -> Done<()> {
    let behind: Vec<event_readers::Behind> = app.db.read(event_readers::behind).await?;
    for reader in behind {
        let mut position = reader.position;
        while position < reader.newest && !app.tasks.stopping().is_cancelled() {
            position = page(app, reader.account_id, position, reader.newest).await?;
        }
    }
    Ok(())
}

/// What follows from a page of events.
#[derive(Debug, Default)]
struct Follows {
    calls: Vec<NewCall>,
    notices: Vec<NewJob>,
}

/// Tells a page, and says how far that was.
async fn page(
    app: &App,
    account_id: AccountId,
    from: EventSeq,
    newest: EventSeq,
) -> Done<EventSeq> {
    let (to, follows) = app
        .db
        .read(move |conn| follows(conn, account_id, from, newest))
        .await?;
    app.db
        .write(account_id, move |unit| {
            // Another server may have been here first.
            if event_readers::advance(unit, account_id, from, to)? {
                put(unit, account_id, &follows)?;
            }
            Ok::<_, Failure>(())
        })
        .await?;
    Ok(to)
}

fn follows(
    conn: &mut dyn Conn,
    account_id: AccountId,
    from: EventSeq,
    newest: EventSeq,
) -> Done<(EventSeq, Follows)> {
    let subscriptions = event_subscriptions::active(conn, account_id)?;
    let watchers = push::watchers(conn, account_id)?;
    let seats = seat::watchers(conn, account_id)?;
    if subscriptions.is_empty() && watchers.is_empty() && seats.is_empty() {
        return Ok((newest, Follows::default()));
    }
    let events = queries::events::since(conn, account_id, from, PAGE)?;
    let Some(last) = events.last() else {
        return Ok((newest, Follows::default()));
    };
    let mut follows = Follows::default();
    for event in &events {
        let calls = subscriptions.iter().filter_map(|it| told::call(it, event));
        follows.calls.extend(calls);
        let notices = watchers.iter().filter_map(|it| push::notice(it, event));
        follows.notices.extend(notices);
        let notices = seats.iter().filter_map(|it| seat::notice(it, event));
        follows.notices.extend(notices);
    }
    Ok((last.seq, follows))
}

fn put(unit: &mut Unit<'_>, account_id: AccountId, follows: &Follows) -> Result<(), DbError> {
    for call in &follows.calls {
        queries::webhook_calls::insert(unit, account_id, call)?;
    }
    let mut called: Vec<_> = follows.calls.iter().map(|it| it.subscription_id).collect();
    called.sort_unstable();
    called.dedup();
    for id in called {
        jobs::enqueue(unit, &webhook::next(account_id, id))?;
    }
    follows
        .notices
        .iter()
        .try_for_each(|notice| jobs::enqueue(unit, notice))
}
