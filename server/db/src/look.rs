//! A look at a database that changes nothing about it: for whoever asks how it is.

use crate::carry::CarryError;
use crate::engine::Access;
use crate::engine::Engine as _;
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::{self, Sqlite};
use crate::error::DbError;
use crate::migrate;
use crate::open::Place;
use crate::sql::statements;
use crate::value::first;
use frontdesk_domain::Timestamp;

/// How a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// The engine and its version.
    pub engine: String,
    pub schema: i64,
    /// Its own clock, where it has one.
    pub clock: Option<Timestamp>,
}

statements! {
    VERSION = ("SELECT sqlite_version()", "SELECT current_setting('server_version')");
    CLOCK = (
        "SELECT 0",
        "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"
    );
}

/// Looks at a database: that it answers, that a SQLite file has no damaged pages, and that its
/// schema is one this program knows.
///
/// # Errors
/// When any of it is not so.
pub fn look(place: &Place) -> Result<Looked, CarryError> {
    match place {
        Place::Sqlite(path) if !path.exists() => Err(CarryError::Missing {
            place: path.display().to_string(),
        }),
        Place::Sqlite(path) => {
            sqlite::check_version()?;
            let mut engine = Sqlite::open(path, Access::Read)?;
            engine.quick_check()?;
            let version = engine.conn().one(&VERSION, &[], first::<String>)?;
            Ok(Looked {
                engine: format!("SQLite {}", version.unwrap_or_default()),
                schema: migrate::known_version_in(&mut engine)?,
                clock: None,
            })
        }
        // A connection drives a runtime of its own, which no other runtime's thread may do.
        Place::Postgres { url, .. } => std::thread::scope(|scope| {
            let looking = scope.spawn(|| Ok(look_at_postgres(url)?));
            looking.join().unwrap_or(Err(DbError::Panicked.into()))
        }),
    }
}

fn look_at_postgres(url: &str) -> Result<Looked, DbError> {
    let mut engine = Postgres::open(url)?;
    let version = engine.conn().one(&VERSION, &[], first::<String>)?;
    let clock = engine.conn().one(&CLOCK, &[], first::<Timestamp>)?;
    Ok(Looked {
        engine: format!("PostgreSQL {}", version.unwrap_or_default()),
        schema: migrate::known_version_in(&mut engine)?,
        clock,
    })
}
