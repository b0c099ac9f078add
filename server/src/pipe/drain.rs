//! Takes the mail that waits, for as long as the server runs.

use super::spool::{Mailbox, Spool, open};
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::use_cases::mail::{self, Came};
use bytes::Bytes;
use frontdesk_connectors::email::Settings;
use frontdesk_db::queries::connections;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{MailWay, Source};
use frontdesk_jobs::Periodic;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use parking_lot::Mutex;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How often it is looked whether mail waits, where nobody told.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Why a look at the mail that waits failed.
#[derive(Debug, thiserror::Error)]
enum DrainError {
    #[error(transparent)]
    Failure(#[from] Failure),
    #[error("the folder of mail that waits cannot be used ({})", .0.kind())]
    Io(#[from] io::Error),
}

/// Starts taking.
pub(crate) fn start(app: &App) {
    let looking = Periodic {
        name: "mail that waits",
        every: LOOK_EVERY,
        stop: app.tasks.stopping(),
    };
    let spool = Spool::at(&app.config.data);
    let (app, known) = (app.clone(), Arc::new(Mutex::new(None)));
    app.clone().tasks.spawn("mail that waits", async move {
        let bell = Arc::new(Notify::new());
        let ringing = (spool.clone(), Arc::clone(&bell));
        // Held for as long as it rings.
        let _watcher = match blocking(move || watch(&ringing.0, ringing.1)).await {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                tracing::warn!(%error, "mail that waits is looked for and not told");
                None
            }
        };
        looking
            .run_woken(&bell, || look(&app, &spool, &known))
            .await;
    });
}

/// Rings whenever something is put into the folder.
fn watch(spool: &Spool, bell: Arc<Notify>) -> io::Result<RecommendedWatcher> {
    spool.prepare()?;
    let told = move |event: notify::Result<notify::Event>| {
        // What was missed is found by the next look.
        if event.is_ok_and(|it| it.kind.is_create() || it.kind.is_modify()) {
            bell.notify_one();
        }
    };
    let mut watcher = notify::recommended_watcher(told).map_err(io::Error::other)?;
    let folder = spool.waiting();
    let watching = watcher.watch(&folder, RecursiveMode::NonRecursive);
    watching.map_err(io::Error::other)?;
    Ok(watcher)
}

/// What stands in the list of mailboxes now.
type Written = Arc<Mutex<Option<Vec<Mailbox>>>>;

async fn look(app: &App, spool: &Spool, written: &Written) -> Result<(), DrainError> {
    tell(app, spool, written).await?;
    let listing = spool.clone();
    let waiting = blocking(move || listing.names()).await?;
    for path in waiting {
        if app.tasks.stopping().is_cancelled() {
            break;
        }
        take(app, spool, path).await?;
    }
    Ok(())
}

/// Writes down which mailboxes there are, where that has changed.
async fn tell(app: &App, spool: &Spool, written: &Written) -> Result<(), DrainError> {
    let there = app
        .db
        .read(|conn| Ok::<_, Failure>(connections::of_kind(conn, Source::Email)?))
        .await?;
    let there: Vec<Mailbox> = there.iter().filter_map(mailbox).collect();
    if written.lock().as_ref() == Some(&there) {
        return Ok(());
    }
    let (spool, list) = (spool.clone(), there.clone());
    blocking(move || {
        spool.prepare()?;
        spool.set_mailboxes(&list)
    })
    .await?;
    *written.lock() = Some(there);
    Ok(())
}

fn mailbox(connection: &Connection) -> Option<Mailbox> {
    let settings: Settings = serde_json::from_str(&connection.settings.0).ok()?;
    Some(Mailbox {
        account_id: connection.account_id,
        connection_id: connection.id,
        addresses: settings.addresses(),
    })
}

/// Takes one mail in. Its file goes once it is kept.
async fn take(app: &App, spool: &Spool, path: PathBuf) -> Result<(), DrainError> {
    let reading = path.clone();
    let (envelope, raw) = match blocking(move || open(&reading)).await {
        Ok(read) => read,
        Err(error) if is_none_of_ours(&error) => {
            return set_apart(spool, &path, "it was not put there by frontdesk-server").await;
        }
        Err(error) => return Err(error.into()),
    };
    let (account_id, id) = (envelope.account_id, envelope.connection_id);
    let connection = app
        .db
        .read(move |conn| Done::Ok(connections::by_id(conn, account_id, id)?))
        .await?;
    let Some(connection) = connection else {
        return set_apart(spool, &path, "its mailbox is gone").await;
    };
    let came = Came {
        connection,
        recipients: envelope.recipients,
        by: MailWay::Pipe,
        thread: None,
    };
    mail::ingest(app, &came, Bytes::from(raw)).await?;
    Ok(blocking(move || std::fs::remove_file(&path)).await?)
}

/// Whether a file can never be read as what the pipe writes; others would wait behind it for ever.
fn is_none_of_ours(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, IsADirectory, PermissionDenied, UnexpectedEof};
    let kinds = [InvalidData, UnexpectedEof, IsADirectory, PermissionDenied];
    kinds.contains(&error.kind())
}

async fn set_apart(spool: &Spool, path: &Path, why: &'static str) -> Result<(), DrainError> {
    let (spool, path) = (spool.clone(), path.to_owned());
    let apart = blocking(move || spool.set_apart(&path)).await?;
    tracing::error!(file = %apart.display(), why, "a mail that waited was put apart");
    Ok(())
}

/// Does something with the disk beside what others wait for.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}
