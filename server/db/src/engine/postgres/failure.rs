//! What PostgreSQL says when it refuses, as ours.

use crate::error::DbError;
use tokio_postgres::error::SqlState;

/// Tells the failures a caller can act on from the rest.
pub(super) fn statement(name: &'static str, source: tokio_postgres::Error) -> DbError {
    if is_lost(&source) {
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
    // The transaction is over either way. A new connection lets go of what its other units hold, for
    // which whoever it is locked with may be waiting still.
    if is_going_away(state.code()) || *state == SqlState::T_R_DEADLOCK_DETECTED {
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

/// Whether the connection itself failed, and not what was asked over it.
pub(crate) fn is_lost(error: &tokio_postgres::Error) -> bool {
    error.is_closed()
        || std::error::Error::source(error)
            .is_some_and(<dyn std::error::Error>::is::<std::io::Error>)
}

/// Whether PostgreSQL says that it ends, starts, or lost the connection: classes 57P and 08.
fn is_going_away(state: &str) -> bool {
    state.starts_with("57P") || state.starts_with("08")
}

#[cfg(test)]
mod tests {
    use super::is_going_away;

    #[test]
    fn a_database_that_stops_or_starts_is_told_from_one_that_refuses() {
        for state in ["57P01", "57P02", "57P03", "08006", "08003"] {
            assert!(is_going_away(state), "{state}");
        }
        for state in ["57014", "23505", "40001", "53100"] {
            assert!(!is_going_away(state), "{state}");
        }
    }
}
