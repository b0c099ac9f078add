//! A PostgreSQL that can no longer work, most often because its disk is full, put into words.

use super::CarryError;
use crate::engine::postgres::{is_lost, place};
use crate::error::DbError;
use std::error::Error;
use tokio_postgres::error::SqlState;

/// What became of the PostgreSQL that a desk was moved to.
#[derive(Debug, PartialEq)]
enum Fate {
    /// It ended the connection, and says nothing more.
    Ended,
    /// It answers, but only that it cannot.
    Refuses(String),
}

/// Says who failed and where the reason stands, where PostgreSQL itself says neither.
pub(super) fn named(error: CarryError, url: &str) -> CarryError {
    let fate = match &error {
        CarryError::Db(source) => fate(source),
        CarryError::Step { source, .. } => fate(source.as_ref()),
        _ => None,
    };
    let place = place(url);
    match fate {
        Some(Fate::Ended) => CarryError::Lost { place },
        Some(Fate::Refuses(said)) => CarryError::Unwell { place, said },
        None => error,
    }
}

fn fate(error: &(dyn Error + 'static)) -> Option<Fate> {
    let mut causes = std::iter::successors(Some(error), |&error| error.source());
    // A PostgreSQL that never answered did not end anything.
    let opening = matches!(error.downcast_ref(), Some(DbError::Open { .. }));
    causes.find_map(|cause| {
        if matches!(cause.downcast_ref(), Some(DbError::Gone)) {
            return Some(Fate::Ended);
        }
        let said: &tokio_postgres::Error = cause.downcast_ref()?;
        match said.as_db_error() {
            Some(words) if is_unwell(words.code()) => {
                Some(Fate::Refuses(words.message().to_owned()))
            }
            None if is_lost(said) && !opening => Some(Fate::Ended),
            _ => None,
        }
    })
}

/// Whether PostgreSQL says that it starts, ends or recovers, has no room, or cannot write what it needs.
fn is_unwell(state: &SqlState) -> bool {
    let unwell = [&SqlState::DISK_FULL, &SqlState::INTERNAL_ERROR];
    unwell.contains(&state) || state.code().starts_with("57P")
}

#[cfg(test)]
mod tests {
    use super::{Fate, fate, is_unwell, named};
    use crate::carry::CarryError;
    use crate::error::{DbError, EngineError};
    use tokio_postgres::error::SqlState;

    #[test]
    fn a_connection_that_ended_is_seen_wherever_it_was_noticed() {
        let commit = DbError::Commit {
            source: EngineError::from(DbError::Gone),
        };
        for error in [DbError::Gone, commit] {
            assert_eq!(fate(&error), Some(Fate::Ended));
            let told = named(CarryError::Db(error), "postgres://u:p@db/desk").to_string();
            assert!(told.contains("at postgres://db/desk ended"), "{told}");
            assert!(told.contains("disk is full"), "{told}");
        }
    }

    #[test]
    fn what_is_no_fault_of_postgres_keeps_its_own_words() {
        let missing = CarryError::Missing {
            place: "here".to_owned(),
        };
        assert_eq!(
            named(missing, "postgres://db").to_string(),
            "there is no database at here"
        );
        assert_eq!(fate(&DbError::Spoiled), None);
    }

    #[test]
    fn a_state_says_whether_postgres_can_work() {
        let unwell = ["53100", "57P01", "57P03", "XX000"];
        for state in unwell.map(SqlState::from_code) {
            assert!(is_unwell(&state), "{state:?}");
        }
        for state in ["23505", "28P01", "3D000", "57014"].map(SqlState::from_code) {
            assert!(!is_unwell(&state), "{state:?}");
        }
    }
}
