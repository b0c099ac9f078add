//! What can go wrong at the database, told apart by what a caller can do about it.

use std::path::PathBuf;

/// A failure of the database. Callers branch on the constraint ones; the rest is for the log
/// and for one kind sentence to the user.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error("the database cannot be opened at {place}")]
    Open { place: String, source: EngineError },
    #[error(
        "the bundled SQLite is {found}; Frontdesk needs 3.51.3 or later, because older ones can lose acknowledged writes"
    )]
    OldSqlite { found: String },
    #[error(
        "the database has schema version {found}, newer than the {known} this program knows; start the newer Frontdesk, or restore a backup made before the upgrade"
    )]
    NewerSchema { found: i64, known: i64 },
    #[error(
        "the database has schema version {found}, older than the {known} this program knows\n  hint: start the server of this version once, which brings it up to date; nothing was changed"
    )]
    OlderSchema { found: i64, known: i64 },
    #[error(
        "another server works on {place}\n  hint: stop it first; one server works on a database"
    )]
    Served { place: String },
    #[error(
        "migration {version} has been changed since it was applied to this database; use the program that made this database, or restore a backup"
    )]
    ChangedMigration { version: i64 },
    #[error("migration {version} ({name}) failed; the database is as it was before it")]
    Migration {
        version: i64,
        name: &'static str,
        source: EngineError,
    },
    #[error("the database is damaged ({detail}); restore a backup, or the snapshot beside it")]
    Damaged { detail: String },
    #[error(
        "no copy could be written to {path} before the upgrade; nothing was changed\n  hint: the copy needs as much room as the database"
    )]
    Snapshot { path: PathBuf, source: EngineError },
    #[error("statement {statement} failed")]
    Statement {
        statement: &'static str,
        source: EngineError,
    },
    #[error("a row with the same {what} already exists")]
    Taken { what: String },
    #[error("the row refers to something that does not exist")]
    Dangling,
    #[error("the disk of the database is full")]
    Full,
    #[error("the disk of the database failed")]
    Disk { source: EngineError },
    #[error("column {index} is not a {wanted}")]
    Column { index: usize, wanted: &'static str },
    #[error("the work could not be committed")]
    Commit { source: EngineError },
    #[error("the database is not reachable")]
    Gone,
    #[error("a unit of work went on after a statement of it had failed")]
    Spoiled,
    #[error("a unit of work panicked")]
    Panicked,
}

/// What an engine says.
pub type EngineError = Box<dyn std::error::Error + Send + Sync>;
