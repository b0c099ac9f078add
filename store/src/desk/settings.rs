//! Small things by name: the cursor, the snapshot under way, the order of lists.

use super::read::{json, to_json};
use super::{Cache, Desk, Sorts};
use crate::StoreError;
use frontdesk_inbox::{Sort, View};
use frontdesk_protocol::id::EventSeq;
use rusqlite::{Connection, OptionalExtension as _, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The number of the last event that is in the cache. Missing while a snapshot is not complete.
pub(crate) const CURSOR: &str = "cursor";
/// How far events are in the cache while a snapshot comes in.
pub(crate) const FILLING: &str = "filling";
/// The number of the snapshot that was begun last.
pub(crate) const GENERATION: &str = "generation";
pub(crate) const DIRECTORY: &str = "directory";
const SORTS: &str = "sorts";

/// What is kept under a name.
pub(crate) fn get<T: DeserializeOwned>(db: &Connection, name: &str) -> Result<Option<T>> {
    db.prepare_cached("SELECT value FROM settings WHERE name = ?1")?
        .query_row([name], |row| json(row, 0))
        .optional()
}

/// Keeps something under a name.
pub(crate) fn set<T: Serialize>(db: &Connection, name: &str, value: &T) -> Result<()> {
    const SET: &str = "INSERT INTO settings (name, value) VALUES (?1, ?2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    db.prepare_cached(SET)?
        .execute((name, to_json(value)?))
        .map(drop)
}

/// Forgets what is kept under a name.
pub(crate) fn clear(db: &Connection, name: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM settings WHERE name = ?1")?
        .execute([name])
        .map(drop)
}

/// How the lists are sorted.
pub(crate) fn sorts(db: &Connection) -> Result<Sorts> {
    let mut sorts = Sorts(View::ALL.map(Sort::of));
    let kept: Vec<(View, Sort)> = get(db, SORTS)?.unwrap_or_default();
    for (view, sort) in kept {
        sorts.set(view, sort);
    }
    Ok(sorts)
}

impl Desk {
    /// The number after which events go on. Nothing when a snapshot is needed first, also after
    /// one that was cut.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cursor(&self) -> std::result::Result<Option<EventSeq>, StoreError> {
        get(&self.db, CURSOR).map_err(|cause| self.met(StoreError::Read(cause)))
    }

    /// How a view is sorted.
    #[must_use]
    pub fn sort(&self, view: View) -> Sort {
        self.sorts.of(view)
    }

    /// Sorts a view differently, now and from now on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_sort(&mut self, view: View, sort: Sort) -> std::result::Result<(), StoreError> {
        // The order of a kept view is not for this file to keep.
        if view.number().is_none() || self.sorts.of(view) == sort {
            return Ok(());
        }
        let before = self.sorts;
        self.sorts.set(view, sort);
        let kept: Vec<(View, Sort)> = View::ALL.map(|view| (view, self.sorts.of(view))).to_vec();
        let done = self.write(|cache: &mut Cache<'_>| {
            set(cache.db, SORTS, &kept)?;
            cache.stand_anew(view)
        });
        if done.is_err() {
            self.sorts = before;
        }
        done
    }
}
