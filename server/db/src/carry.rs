//! A whole database on its way somewhere else: into a file that is kept, out of it again, from
//! SQLite to PostgreSQL.
//!
//! The form in between is always a SQLite file with our own schema. So a desk on PostgreSQL is
//! backed up into the same file as one on SQLite, one look finds what is wrong with either, and
//! moving to PostgreSQL is the way back. Tables and columns are read from the file itself: what a
//! migration adds is carried without anybody thinking of it.

mod examine;
mod online;
mod pace;
mod remote;
mod search;
mod table;
mod tally;
mod to_file;
mod to_postgres;
mod unwell;

pub use examine::{Counter, StoredFile, Survey, problems, survey};
pub use pace::Pace;
pub use search::index_again;
pub use tally::Holding;
pub use to_file::{Copied, Search, to_file};
pub use to_postgres::to_postgres;

use crate::error::{DbError, EngineError};

/// Why a database was not carried. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    #[error("{doing} failed")]
    Step { doing: String, source: EngineError },
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("there are accounts in {place} already; name an empty database")]
    NotEmpty { place: String },
    #[error(
        "table {table} is not the same on both sides ({from} rows here, {to} there); nothing was changed"
    )]
    Differs { table: String, from: u64, to: u64 },
    #[error(
        "PostgreSQL at {place} ended the connection; nothing was moved\n  hint: its log says why; one whose disk is full ends in this way. Mend it and move again"
    )]
    Lost { place: String },
    #[error(
        "PostgreSQL at {place} cannot work now ({said}); nothing was moved\n  hint: its log says why; one whose disk is full speaks in this way. Mend it and move again"
    )]
    Unwell { place: String, said: String },
    #[error("there is no database at {place}")]
    Missing { place: String },
}

/// How far a table has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The table, or what is done now.
    pub what: &'a str,
    pub done: u64,
}

/// Is told how far it has come, now and then.
pub type Watch<'a> = &'a mut dyn FnMut(Progress<'_>);

/// Puts words to what failed.
fn step<E: Into<EngineError>>(doing: impl Into<String>) -> impl FnOnce(E) -> CarryError {
    let doing = doing.into();
    move |source| CarryError::Step {
        doing,
        source: source.into(),
    }
}
