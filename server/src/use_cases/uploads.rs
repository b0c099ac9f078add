//! Files: noted as on their way, kept, made known, and let go when nobody needs them.

use crate::app::App;
use crate::config::ByteSize;
use crate::failure::{Failure, Outcome};
use crate::files::{FileStore, Incoming};
use crate::telemetry::metrics;
use crate::use_cases::{load, privacy};
use frontdesk_db::queries::{accounts, customers, events, files};
use frontdesk_db::{Conn, Db, Unit};
use frontdesk_domain::file::File;
use frontdesk_domain::{Actor, EntityKind, EventDraft, EventKind, FileId, Refusal};
use std::time::Duration;

/// After this long nobody brings bytes any more that were on their way.
const ON_ITS_WAY: Duration = Duration::from_secs(24 * 3600);

/// Files judged in one turn.
const AT_ONCE: i64 = 500;

/// Keeps a file that has come in whole. Its bytes are safe before it is known, so that every file
/// there is can be read; and they are noted before they are written, so that none is left over.
/// One that its sender sent before, under the same id, is kept as it was.
///
/// # Errors
/// When there is no such account or customer, no room, or the store or the database fails.
pub(crate) async fn keep(app: &App, incoming: Incoming, file: &File) -> Outcome<File> {
    let room = Room {
        db: &app.db,
        files: &app.files,
        quota: app.config.files.quota,
    };
    room.keep(incoming, file).await
}

/// Where files are kept, and how much there may be of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room<'a> {
    pub(crate) db: &'a Db,
    pub(crate) files: &'a FileStore,
    pub(crate) quota: ByteSize,
}

impl Room<'_> {
    /// The same as [`keep`].
    pub(crate) async fn keep(self, incoming: Incoming, file: &File) -> Outcome<File> {
        let (account_id, id) = (file.account_id, file.id);
        let quota = i64::try_from(self.quota.bytes()).unwrap_or(i64::MAX);
        let expected = file.clone();
        let before = self
            .db
            .write(account_id, move |unit| expect(unit, &expected, quota))
            .await?;
        if let Some(before) = before {
            return Ok(before);
        }
        self.files.keep(incoming, account_id, id).await?;
        let known = file.clone();
        self.db
            .write(account_id, move |unit| note(unit, &known, quota))
            .await
    }
}

/// Notes that the bytes of a file are about to be written, unless they were before.
fn expect(unit: &mut Unit<'_>, file: &File, quota: i64) -> Outcome<Option<File>> {
    let account_id = file.account_id;
    if let Some(before) = sent_before(unit.conn(), file)? {
        return Ok(Some(before));
    }
    accounts::by_id(unit.conn(), account_id)?.ok_or(Refusal::missing("account_id"))?;
    if let Some(id) = file.customer_id {
        let found = customers::by_id(unit.conn(), account_id, id)?;
        found.ok_or(Refusal::missing("customer_id"))?;
    }
    has_room(unit, file, quota)?;
    let due = unit.now().plus_seconds(seconds(ON_ITS_WAY));
    if files::expect(unit, account_id, file.id, due)? {
        Ok(None)
    } else {
        Err(Refusal::Conflict("A file of this id is being removed. Send it under another.").into())
    }
}

/// What was sent under the same id before.
fn sent_before(conn: &mut dyn Conn, file: &File) -> Outcome<Option<File>> {
    match files::by_id(conn, file.account_id, file.id)? {
        Some(known) if known.user_id != file.user_id || known.size != file.size => {
            Err(Refusal::Conflict("Another file has this id.").into())
        }
        known => Ok(known),
    }
}

/// Makes a file known whose bytes are there.
fn note(unit: &mut Unit<'_>, file: &File, quota: i64) -> Outcome<File> {
    // The same may have come a second time meanwhile, and others beside it.
    if let Some(before) = sent_before(unit.conn(), file)? {
        return Ok(before);
    }
    has_room(unit, file, quota)?;
    files::insert(unit, file)?;
    let draft = EventDraft::entity(EventKind::EntityChanged, EntityKind::File, &file.id);
    events::emit(unit, file.account_id, file.user_id, draft)?;
    Ok(file.clone())
}

fn has_room(unit: &mut Unit<'_>, file: &File, quota: i64) -> Outcome<()> {
    let taken = files::usage(unit.conn(), file.account_id)?.bytes;
    if taken.saturating_add(file.size) > quota {
        return Err(Failure::NoRoom);
    }
    Ok(())
}

/// A file that somebody may have: one of a conversation they see, or one that was not sent yet.
///
/// # Errors
/// When there is none for them.
pub(crate) fn visible(conn: &mut dyn Conn, actor: &Actor, id: FileId) -> Outcome<File> {
    let found = files::by_id(conn, actor.account_id, id)?;
    let file = found.ok_or(Refusal::NotFound)?;
    let sent_in = files::conversations(conn, actor.account_id, id)?;
    let mut seen = sent_in.is_empty();
    for conversation in sent_in {
        match load::conversation(conn, actor, conversation) {
            Ok(_) => seen = true,
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    if seen {
        Ok(file)
    } else {
        Err(Refusal::NotFound.into())
    }
}

/// The files that somebody sends with a message, each of which they may have.
///
/// # Errors
/// When one of them is not there, or not for them.
pub(crate) fn to_send(
    conn: &mut dyn Conn,
    actor: &Actor,
    ids: Option<Vec<FileId>>,
) -> Outcome<Vec<FileId>> {
    let ids = ids.unwrap_or_default();
    for id in &ids {
        visible(conn, actor, *id)
            .map_err(|failure| failure.refused_as(Refusal::missing("file_ids")))?;
    }
    Ok(ids)
}

/// Lets go of uploads that were never sent, of bytes that nothing knows, and of half uploads.
///
/// # Errors
/// When the database or the disk does not answer.
pub(crate) async fn sweep(app: &App) -> Outcome<()> {
    let now = app.db.now();
    let before = now.plus_seconds(-seconds(app.config.files.keep_unused));
    loop {
        let found = app
            .db
            .read(move |conn| files::unused(conn, before, AT_ONCE))
            .await?;
        let mut gone = 0;
        for (account_id, id) in found {
            let went = app.db.write(account_id, move |unit| {
                files::forget_unused(unit, account_id, id)
            });
            gone += u64::from(went.await?);
        }
        metrics::files_unused(gone);
        if gone == 0 || app.tasks.stopping().is_cancelled() {
            break;
        }
    }
    privacy::remove_files(&app.db, &app.files).await?;
    app.files.sweep_aside(ON_ITS_WAY).await?;
    Ok(())
}

fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}
