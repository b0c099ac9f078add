//! The database: that it answers and is sound, and what time it thinks it is.

use super::Check;
use crate::config::Config;
use frontdesk_db::{Clock, Place, SystemClock, known_version, look};

/// A difference between clocks that nobody notices, in microseconds.
const UNNOTICED: u64 = 2_000_000;

pub(super) fn state(config: &Config) -> Check {
    let place = config.place();
    match look(&place) {
        Ok(found) if found.schema < known_version() => {
            let words = format!(
                "{}, schema {} of {}",
                found.engine,
                found.schema,
                known_version()
            );
            let hint = "it is brought up at the next start; make a backup before";
            Check::note("database", words, hint)
        }
        Ok(found) => Check::good(
            "database",
            format!("{}, schema {}, sound", found.engine, found.schema),
        ),
        Err(error) => {
            let hint = match place {
                Place::Sqlite(_) => {
                    "see --data and database.url; restore a backup if the file is damaged"
                }
                Place::Postgres { .. } => {
                    "see database.url, and that PostgreSQL runs and lets this user in"
                }
            };
            Check::bad(
                "database",
                super::super::error::CliError::from(error).to_string(),
                hint,
            )
        }
    }
}

pub(super) fn clock(config: &Config) -> Check {
    let Ok(Some(theirs)) = look(&config.place()).map(|found| found.clock) else {
        return Check::good("clock", "the database goes by this machine's");
    };
    let apart = SystemClock.now().0.abs_diff(theirs.0);
    let words = format!("{} ms from the database's", apart / 1000);
    if apart > UNNOTICED {
        return Check::note("clock", words, "let both machines set their clocks by NTP");
    }
    Check::good("clock", words)
}
