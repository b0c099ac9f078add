//! Backups: a desk in one file while it goes on working, and a desk out of that file again.
//!
//! A backup is a tar archive with the database as a SQLite file, the uploads, and at its end a
//! manifest with a checksum of each. The key file is never in it: whoever finds a backup cannot
//! read the secrets of providers.

mod archive;
mod manifest;
mod restore;
mod settle;
#[cfg(test)]
mod tests;
mod unpack;

pub use archive::{BackUp, Uploads, back_up};
pub use manifest::Manifest;
pub use restore::{Checked, restore};
pub use settle::settle;

use frontdesk_db::DbError;
use frontdesk_db::carry::CarryError;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no backup, or no desk out of one.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(
        "{path} is there already\n  hint: give the backup another name, such as one with the date in it"
    )]
    Exists { path: PathBuf },
    #[error(
        "{path} is not empty\n  hint: restore into a new folder, and put it in the place of the old one when you have looked at it"
    )]
    NotEmpty { path: PathBuf },
    #[error("{path} cannot be read or written ({source})")]
    File { path: PathBuf, source: io::Error },
    #[error("{path} is not a backup, or not a whole one: {why}")]
    NotWhole { path: PathBuf, why: String },
    #[error("the backup has problems; nothing was restored{}", listed(.0))]
    Problems(Vec<String>),
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error(transparent)]
    Db(#[from] DbError),
}

fn listed(problems: &[String]) -> String {
    let lines = problems.iter().map(|problem| format!("\n  {problem}"));
    lines.collect()
}

/// Names a file in what failed about it.
fn at(path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File { path, source }
}

/// The database's name in an archive and in a data folder that was restored.
const DATABASE: &str = "frontdesk.sqlite3";

/// The manifest's name in an archive.
const MANIFEST: &str = "manifest.json";
