//! Everything about one sign-in: the cache of its account, and what waits to be sent.
//!
//! Two files lie in one folder. `desk.db` is a cache: what is damaged in it is set aside and
//! fetched again. `outbox.db` is precious: it is written with full sync, and never removed when
//! it is damaged. Lists show what the server said with the outbox done to it; see
//! [`effective`].
//!
//! Nothing here is fast by luck: a page, a thread and an event cost the same whatever the size.

mod acting;
mod cache;
mod conversations;
mod customers;
mod deeds;
mod directory;
mod drafts;
mod effective;
mod enclosed;
mod erased;
mod events;
mod kept;
mod mentions;
mod messages;
mod outbox;
mod page;
mod read;
mod retention;
mod search;
mod sending;
mod settings;
mod snapshot;
mod standing;
mod texts;
mod thread;

pub use conversations::Older;
pub use events::{Arrival, Changed};
pub use page::{Direction, Page, Place, Spot};
pub use retention::kept_since;
pub use search::{Hit, Hits, Reach};
pub use snapshot::Names;
pub use texts::{Begun, Text, TextKind};

use crate::file::{self, Sync};
use crate::migrate::{self, Steps};
use crate::{Copies, StoreError, desk::cache::Cache};
use frontdesk_inbox::{Directory, Sort, View};
use outbox::Outbox;
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};

const CACHE_FILE: &str = "desk.db";
const OUTBOX_FILE: &str = "outbox.db";

/// How many pages the log may have before a commit has to clear it: 64 MiB. [`Desk::rest`]
/// clears it long before, when nobody waits.
const MOST_LOG_PAGES: i64 = 16_384;

/// How much of the file SQLite may hold: 16 MiB in units of KiB, which it wants negative.
const MOST_CACHE: i64 = -16_384;

/// The statements that are kept ready.
const STATEMENTS: usize = 96;

/// All that is known here of one sign-in.
#[derive(Debug)]
pub struct Desk {
    cache_file: PathBuf,
    db: Connection,
    outbox: Outbox,
    copies: Copies,
    directory: Directory,
    sorts: Sorts,
}

/// A desk that was just opened.
#[derive(Debug)]
pub struct OpenedDesk {
    pub desk: Desk,
    /// Where the old cache lies, when it was damaged. The account is to be fetched again.
    pub cache_set_aside: Option<PathBuf>,
    /// Where the old outbox lies, when it was damaged. What was in it is not sent: its owner
    /// should be told where it is.
    pub outbox_set_aside: Option<PathBuf>,
}

/// Whether there is more to do when nobody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    Done,
    More,
}

/// How each view is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sorts(pub(crate) [Sort; View::ALL.len()]);

impl Sorts {
    pub(crate) fn of(&self, view: View) -> Sort {
        // A kept view brings its own order.
        view.number()
            .and_then(|at| self.0.get(at))
            .copied()
            .unwrap_or(Sort::of(view))
    }

    pub(crate) fn set(&mut self, view: View, sort: Sort) {
        if let Some(kept) = view.number().and_then(|at| self.0.get_mut(at)) {
            *kept = sort;
        }
    }
}

impl Desk {
    /// Opens the two files in `folder`, and makes them and the folder where they do not exist.
    /// Nobody but the owner can read what is made.
    ///
    /// # Errors
    /// When the place cannot be written, when a file was made by a newer version, or when
    /// another program holds it too long.
    pub fn open(folder: &Path) -> Result<OpenedDesk, StoreError> {
        match Self::open_as_it_is(folder) {
            // The damage lies in what is needed at once.
            Err(error) if error.is_damage() => {
                let aside = file::set_aside(&folder.join(CACHE_FILE))?;
                let mut opened = Self::open_as_it_is(folder)?;
                opened.cache_set_aside = Some(aside);
                Ok(opened)
            }
            opened => opened,
        }
    }

    fn open_as_it_is(folder: &Path) -> Result<OpenedDesk, StoreError> {
        let (outbox, outbox_set_aside) = open_or_renew(&folder.join(OUTBOX_FILE), Outbox::open)?;
        let (db, cache_set_aside) = open_or_renew(&folder.join(CACHE_FILE), open_cache)?;
        let mut desk = Self {
            cache_file: folder.join(CACHE_FILE),
            db,
            outbox,
            copies: Copies::beside(folder),
            directory: Directory::default(),
            sorts: Sorts(View::ALL.map(Sort::of)),
        };
        desk.directory = directory::load(&desk.db).map_err(StoreError::Read)?;
        desk.sorts = settings::sorts(&desk.db).map_err(StoreError::Read)?;
        desk.write(standing::lay_over)?;
        Ok(OpenedDesk {
            desk,
            cache_set_aside,
            outbox_set_aside,
        })
    }

    /// Removes both files of `folder`, and the copies beside them. That they are not there is fine.
    ///
    /// # Errors
    /// When a file is there and cannot be removed.
    pub fn wipe(folder: &Path) -> Result<(), StoreError> {
        file::remove(&folder.join(CACHE_FILE))?;
        file::remove(&folder.join(OUTBOX_FILE))?;
        let copies = Copies::beside(folder);
        copies.wipe().map_err(|cause| StoreError::Remove {
            path: copies.folder().to_owned(),
            cause,
        })
    }

    /// Does some of what can wait until nobody waits: tidies the index, and clears the log into
    /// the file. Call it when there was nothing to do for a moment, until it is done.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn rest(&mut self) -> Result<Rest, StoreError> {
        let rest = self.write(search::tidy)?;
        self.db
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            .map_err(StoreError::Write)?;
        Ok(rest)
    }

    /// Reads.
    fn cache(&self) -> Cache<'_> {
        Cache::new(&self.db, &self.outbox, self.directory.me, &self.sorts)
    }

    /// Reads and writes: all of `work` or nothing.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Cache<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let written = self.try_to_write(work);
        written.map_err(|cause| self.met(StoreError::Write(cause)))
    }

    fn try_to_write<T>(
        &mut self,
        work: impl FnOnce(&mut Cache<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let transaction = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut cache = Cache::new(&transaction, &self.outbox, self.directory.me, &self.sorts);
        let done = work(&mut cache)?;
        cache.flush_index()?;
        transaction.commit()?;
        Ok(done)
    }

    /// Takes in that something failed. A cache in which damage was met is set aside when it is
    /// opened the next time.
    fn met(&self, error: StoreError) -> StoreError {
        if error.is_damage() {
            file::condemn(&self.cache_file);
        }
        error
    }
}

/// Opens a file; a damaged one is set aside and made anew.
fn open_or_renew<T>(
    path: &Path,
    open: impl Fn(&Path) -> Result<T, StoreError>,
) -> Result<(T, Option<PathBuf>), StoreError> {
    if file::is_condemned(path) {
        let aside = file::set_aside(path)?;
        file::prepare(path)?;
        return Ok((open(path)?, Some(aside)));
    }
    file::prepare(path)?;
    match open(path) {
        Ok(opened) => Ok((opened, None)),
        Err(error) if error.is_damage() => {
            let aside = file::set_aside(path)?;
            file::prepare(path)?;
            Ok((open(path)?, Some(aside)))
        }
        Err(error) => Err(error),
    }
}

fn open_file(path: &Path, sync: Sync, steps: Steps) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(path).map_err(StoreError::Open)?;
    file::configure(&connection, sync)?;
    migrate::run(&mut connection, steps)?;
    Ok(connection)
}

/// Opens the cache. Checking all of it would take seconds when it is large, so damage inside is
/// found when it is met.
fn open_cache(path: &Path) -> Result<Connection, StoreError> {
    let connection = open_file(path, Sync::Normal, migrate::DESK)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    let set_up = || {
        connection.pragma_update(None, "wal_autocheckpoint", MOST_LOG_PAGES)?;
        // A log that grew while the cache was filled is cut again.
        connection.pragma_update(None, "journal_size_limit", MOST_LOG_PAGES * 4_096)?;
        connection.pragma_update(None, "cache_size", MOST_CACHE)?;
        connection.pragma_update(None, "temp_store", "MEMORY")
    };
    set_up().map_err(StoreError::Open)?;
    settings::sorts(&connection).map_err(StoreError::Read)?;
    Ok(connection)
}
