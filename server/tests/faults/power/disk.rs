//! What a disk holds, and what it may hold after the power went.

use super::trace::What;
use frontdesk_testkit::Chance;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Disks write pieces of this size, or not.
const SECTOR: usize = 512;

/// The files of a database, by what comes after its name.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    files: BTreeMap<String, File>,
}

#[derive(Debug, Clone, Default)]
struct File {
    synced: Vec<u8>,
    pending: Vec<What>,
}

impl Disk {
    /// As a server left it that stopped in order.
    pub(super) fn at(database: &Path) -> Self {
        let mut files = BTreeMap::new();
        for kind in ["", "-wal"] {
            let path = PathBuf::from(format!("{}{kind}", database.display()));
            let synced = std::fs::read(path).unwrap_or_default();
            let pending = Vec::new();
            files.insert(kind.to_owned(), File { synced, pending });
        }
        Self { files }
    }

    /// Goes on by one step.
    pub(super) fn take(&mut self, step: &What) {
        let (What::Write { file, .. } | What::Truncate { file, .. } | What::Sync { file }) = step;
        let file = self.files.entry(file.clone()).or_default();
        if matches!(step, What::Sync { .. }) {
            for step in std::mem::take(&mut file.pending) {
                apply(&mut file.synced, &step, &mut || true);
            }
        } else {
            file.pending.push(step.clone());
        }
    }

    /// Writes the files into a new folder as they may be after the power went; the database's.
    pub(super) fn lose_power(self, folder: &Path, chance: &mut Chance) -> PathBuf {
        std::fs::create_dir(folder).unwrap();
        let database = folder.join("frontdesk.sqlite3");
        for (kind, mut file) in self.files {
            // Sometimes nothing more reached the disk, sometimes all of it, mostly some.
            let luck = chance.below(5);
            for step in std::mem::take(&mut file.pending) {
                apply(&mut file.synced, &step, &mut || chance.below(4) < luck);
            }
            let path = format!("{}{kind}", database.display());
            std::fs::write(path, file.synced).unwrap();
        }
        database
    }
}

/// Does a step to a file, those sectors of it that arrive.
fn apply(content: &mut Vec<u8>, step: &What, arrives: &mut dyn FnMut() -> bool) {
    match step {
        What::Write { offset, bytes, .. } => {
            let mut at = 0;
            while at < bytes.len() {
                let start = offset + at;
                let end = bytes.len().min(at + SECTOR - start % SECTOR);
                if arrives() {
                    let until = offset + end;
                    content.resize(content.len().max(until), 0);
                    content[start..until].copy_from_slice(&bytes[at..end]);
                }
                at = end;
            }
        }
        What::Truncate { length, .. } => {
            if arrives() {
                content.resize(*length, 0);
            }
        }
        What::Sync { .. } => {}
    }
}
