//! Which database, and with how many connections.

use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong, quoted};
use std::fmt;
use std::path::PathBuf;

/// The database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    pub url: DatabaseAt,
    pub writers: usize,
    pub readers: usize,
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url: DatabaseAt::Sqlite(PathBuf::from("frontdesk.sqlite3")),
            writers: 8,
            readers: 8,
        }
    }
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseAt {
    /// A file; a relative path starts in the data folder.
    Sqlite(PathBuf),
    Postgres(PostgresUrl),
}

/// The address of a PostgreSQL database, which may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(String);

impl PostgresUrl {
    /// The address of a PostgreSQL database. It is looked at when it is opened.
    #[must_use]
    pub fn new(url: String) -> Self {
        Self(url)
    }

    /// The address with its password, for connecting.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// The address with everything masked that can be a password.
impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (address, query) = self.0.split_once('?').map_or((&*self.0, ""), |parts| parts);
        let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
        match rest.rsplit_once('@') {
            Some((who, place)) => {
                let name = who.split(':').next().unwrap_or_default();
                write!(f, "{scheme}://{name}:…@{place}")?;
            }
            None => write!(f, "{scheme}://{rest}")?,
        }
        if query.is_empty() {
            Ok(())
        } else {
            f.write_str("?…")
        }
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Setting for DatabaseAt {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"sqlite:FILE\" or \"postgres://USER:PASSWORD@HOST/DATABASE\"";
        // What was written may hold a password, so it is not quoted back.
        let wrong = || Wrong {
            expected: expected.to_owned(),
            got: "something else".to_owned(),
        };
        let text = raw.text(expected).map_err(|_| wrong())?;
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(PostgresUrl(text.to_owned())));
        }
        let file = text.strip_prefix("sqlite:").ok_or_else(wrong)?;
        match file.strip_prefix("//").unwrap_or(file) {
            "" => Err(wrong()),
            file => Ok(Self::Sqlite(PathBuf::from(file))),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Sqlite(file) => quoted(format_args!("sqlite:{}", file.display())),
            Self::Postgres(url) => quoted(url),
        }
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "database.url",
        database.url,
        "\"sqlite:FILE\" (a relative path starts in the data folder) or\n\"postgres://USER:PASSWORD@HOST/DATABASE\". The variable DATABASE_URL sets it too."
    ),
    key!(
        "database.writers",
        database.writers,
        "PostgreSQL connections for writing. SQLite has one writer, which is enough for it."
    ),
    key!(
        "database.readers",
        database.readers,
        "PostgreSQL connections for reading."
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_shows() {
        for url in [
            "postgres://desk:canary@db.example.com:5432/desk",
            "postgresql://desk:c@n@ry-canary@localhost/desk",
            "postgres://localhost/desk?user=desk&password=canary",
            "postgres://desk:canary@localhost/desk?sslmode=require",
        ] {
            let read = DatabaseAt::take(&Raw::Text(url)).unwrap();
            for shown in [format!("{read:?}"), read.show()] {
                assert!(!shown.contains("canary"), "{shown}");
                assert!(shown.contains("/desk"), "{shown}");
            }
        }
        let wrong = DatabaseAt::take(&Raw::Text("mysql://desk:canary@localhost/desk")).unwrap_err();
        assert!(!format!("{wrong:?}").contains("canary"));
    }
}
