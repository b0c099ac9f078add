//! Keeps the mailboxes open that mail comes into: each in a task of its own, so that a slow server delays
//! no other. Every two seconds it is looked which there should be.

use super::fetch::Reader;
use super::health::{self, Found, Side};
use super::imap::{self, Opened};
use super::trouble::{Stop, Trouble};
use super::{gmail, patience};
use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::lines;
use frontdesk_connectors::email::{Account, Mailboxes};
use frontdesk_db::queries::connections as rows;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Source, Timestamp};
use frontdesk_jobs::Periodic;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked which mailboxes there should be.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// After so long a server that tells of nothing is asked: its line may be dead.
const ASK_AFTER: Duration = Duration::from_secs(5 * 60);

/// How often a server is asked that tells of nothing by itself.
const POLL: Duration = Duration::from_secs(30);

/// The mailboxes that are kept open, by their connection.
type Open = Arc<Mutex<HashMap<ConnectionId, Kept>>>;

struct Kept {
    /// As which version of the connection.
    updated_at: Timestamp,
    stop: CancellationToken,
}

/// Starts keeping mailboxes open.
pub(crate) fn start(app: &App) {
    let looking = Periodic {
        name: "mailboxes",
        every: LOOK_EVERY,
        stop: app.tasks.stopping(),
    };
    let (app, open) = (app.clone(), Open::default());
    app.clone().tasks.spawn("mailboxes", async move {
        looking.run(|| look(&app, &open)).await;
    });
}

/// Opens what is new or was changed, and lets go what is off or gone.
async fn look(app: &App, open: &Open) -> Outcome<()> {
    let there = app
        .db
        .read(|conn| Ok::<_, Failure>(rows::of_kind(conn, Source::Email)?))
        .await?;
    open.lock().retain(|id, kept| {
        let stands = there
            .iter()
            .any(|it| it.id == *id && it.updated_at == kept.updated_at);
        if !stands {
            kept.stop.cancel();
        }
        stands && !kept.stop.is_cancelled()
    });
    for seen in there {
        if open.lock().contains_key(&seen.id) {
            continue;
        }
        // Its secrets may have changed since: kept under a version that is not theirs, it would be opened
        // a second time.
        let found = lines::mailbox_now(app, seen.account_id, seen.id).await?;
        let Some((connection, account)) = found else {
            continue;
        };
        let kept = Kept {
            updated_at: connection.updated_at,
            stop: app.tasks.stopping().child_token(),
        };
        let stop = kept.stop.clone();
        app.ailments.forget(connection.id);
        match account {
            Ok(account) => keep_open(app, &connection, &account, &stop),
            Err(unfit) => {
                let why = Found::Refused(unfit.to_string());
                health::note(app, &connection, Side::In, why).await?;
            }
        }
        open.lock().insert(connection.id, kept);
    }
    Ok(())
}

/// A task for each mailbox of a connection.
fn keep_open(app: &App, connection: &Connection, account: &Account, stop: &CancellationToken) {
    if let Some(google) = account.settings.gmail.clone() {
        let watched = gmail::Watched {
            app: app.clone(),
            connection: connection.clone(),
            account: account.clone(),
            google,
        };
        until(app, stop, async move { watched.keep_reading().await });
    }
    let Some(server) = &account.settings.imap else {
        return;
    };
    for folder in &server.folders {
        let watched = Watched {
            app: app.clone(),
            connection: connection.clone(),
            account: account.clone(),
            server: server.clone(),
            folder: folder.clone(),
        };
        until(app, stop, async move { watched.keep_reading().await });
    }
}

/// Reads until it is to stop. Should it end unasked, the next look opens the mailbox again.
fn until(app: &App, stop: &CancellationToken, reading: impl Future<Output = ()> + Send + 'static) {
    let stop = stop.clone();
    app.tasks.spawn("mailbox", async move {
        let ends = stop.clone().drop_guard();
        tokio::select! {
            () = stop.cancelled() => {}
            () = reading => {}
        }
        drop(ends);
    });
}

struct Watched {
    app: App,
    connection: Connection,
    account: Account,
    server: Mailboxes,
    folder: String,
}

impl Watched {
    /// Reads for as long as it goes well, and tries again after longer and longer where it does not.
    async fn keep_reading(&self) {
        let mut failures = 0;
        loop {
            let stop = match self.open().await {
                Ok(opened) => {
                    failures = 0;
                    self.read(opened).await
                }
                Err(trouble) => Stop::Trouble(trouble),
            };
            failures += 1;
            let pause = patience::after(&self.app, &self.connection, stop, failures).await;
            tokio::time::sleep(pause).await;
        }
    }

    async fn open(&self) -> Result<Opened, Trouble> {
        imap::open(
            &self.app.outgoing,
            &self.account,
            &self.server,
            &self.folder,
        )
        .await
    }

    /// Reads until something goes wrong.
    async fn read(&self, mut opened: Opened) -> Stop {
        let reader = Reader {
            app: &self.app,
            connection: &self.connection,
            folder: &self.folder,
        };
        loop {
            if let Err(stop) = reader.catch_up(&mut opened).await {
                return stop;
            }
            let works = health::note(&self.app, &self.connection, Side::In, Found::Works);
            if let Err(failure) = works.await {
                return Stop::Failure(failure);
            }
            opened = match opened.wait(ASK_AFTER, POLL).await {
                Ok(opened) => opened,
                Err(trouble) => return Stop::Trouble(trouble),
            };
        }
    }
}
