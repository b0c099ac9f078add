//! The copies of files that go along with texts and commands: kept as long as one of them names
//! them.

use super::Desk;
use super::read::json;
use crate::StoreError;
use crate::copies::Copies;
use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::FileId;
use rusqlite::Result;
use std::collections::HashSet;
use std::io;

impl Desk {
    /// Where copies of files are kept.
    #[must_use]
    pub fn copies(&self) -> Copies {
        self.copies.clone()
    }

    /// Removes the copies that nothing names any more. Call it when nobody waits.
    ///
    /// # Errors
    /// When it cannot be read what is named, or a copy cannot be removed.
    pub fn sweep_copies(&self) -> std::result::Result<(), StoreError> {
        let named = self.named_files().map_err(StoreError::Read)?;
        let swept = self.copies.sweep(&named);
        swept.map_err(|cause| self.not_removed(cause))
    }

    /// Lets go of copies, unless something else names them.
    pub(super) fn release(&self, files: &[Enclosure]) -> std::result::Result<(), StoreError> {
        if files.is_empty() {
            return Ok(());
        }
        let named = self.named_files().map_err(StoreError::Read)?;
        let free = files.iter().map(|it| it.id);
        let removed = self.copies.remove(free.filter(|id| !named.contains(id)));
        removed.map_err(|cause| self.not_removed(cause))
    }

    fn named_files(&self) -> Result<HashSet<FileId>> {
        let waiting = self.outbox.all().flatten();
        let waiting = waiting.flat_map(|entry| entry.queued.files.iter().map(|it| it.id));
        let mut named: HashSet<FileId> = waiting.collect();
        let mut texts = self
            .outbox
            .db
            .prepare_cached("SELECT files FROM texts WHERE files <> '[]'")?;
        for files in texts.query_map([], |row| json::<Vec<Enclosure>>(row, 0))? {
            named.extend(files?.iter().map(|it| it.id));
        }
        Ok(named)
    }

    fn not_removed(&self, cause: io::Error) -> StoreError {
        StoreError::Remove {
            path: self.copies.folder().to_owned(),
            cause,
        }
    }
}
