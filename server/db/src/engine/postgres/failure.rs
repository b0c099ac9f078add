//! What PostgreSQL says when it refuses, as ours.

use crate::error::DbError;
use tokio_postgres::error::SqlState;

/// Tells the failures a caller can act on from the rest.
pub(super) fn statement(name: &'static str, source: tokio_postgres::Error) -> DbError {
    if source.is_closed() {
        return DbError::Gone;
    }
    let Some(state) = source.code() else {
        return DbError::Statement {
            statement: name,
            source: Box::new(source),
        };
    };
    if *state == SqlState::UNIQUE_VIOLATION {
        let what = source
            .as_db_error()
            .and_then(|error| error.constraint())
            .unwrap_or("key");
        return DbError::Taken {
            what: what.to_owned(),
        };
    }
    if *state == SqlState::FOREIGN_KEY_VIOLATION {
        return DbError::Dangling;
    }
    if *state == SqlState::DISK_FULL {
        return DbError::Full;
    }
    if *state == SqlState::ADMIN_SHUTDOWN || *state == SqlState::CRASH_SHUTDOWN {
        return DbError::Gone;
    }
    // Details quote whole rows, and rows hold what customers wrote: they must not reach a log.
    let said = source
        .as_db_error()
        .map_or_else(String::new, |error| error.message().to_owned());
    DbError::Statement {
        statement: name,
        source: format!("{said} ({})", state.code()).into(),
    }
}
