//! Statements: written once, with `?1` placeholders, for both databases.
//!
//! Every statement of a query file is declared with [`statements!`], which registers it; a test
//! prepares each registered statement on both engines.

use crate::conn::Dialect;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A statement and its text for each database.
#[derive(Debug)]
pub struct Sql {
    /// What logs and errors call it.
    pub name: &'static str,
    sqlite: Cow<'static, str>,
    postgres: Option<&'static str>,
    translated: OnceLock<String>,
}

impl Sql {
    /// A statement both databases understand.
    #[must_use]
    pub const fn common(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            sqlite: Cow::Borrowed(text),
            postgres: None,
            translated: OnceLock::new(),
        }
    }

    /// A statement that each database needs in its own words.
    #[must_use]
    pub const fn split(name: &'static str, sqlite: &'static str, postgres: &'static str) -> Self {
        Self {
            name,
            sqlite: Cow::Borrowed(sqlite),
            postgres: Some(postgres),
            translated: OnceLock::new(),
        }
    }

    /// A statement put together at run time from fixed pieces, such as a filtered list.
    #[must_use]
    pub fn composed(name: &'static str, text: String) -> Self {
        Self {
            name,
            sqlite: Cow::Owned(text),
            postgres: None,
            translated: OnceLock::new(),
        }
    }

    /// The text for one database.
    #[must_use]
    pub fn text(&self, dialect: Dialect) -> &str {
        match dialect {
            Dialect::Sqlite => &self.sqlite,
            Dialect::Postgres => self
                .translated
                .get_or_init(|| with_dollars(self.postgres.unwrap_or(&self.sqlite))),
        }
    }
}

/// Turns `?1` into `$1` everywhere outside quotes.
fn with_dollars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '\'' => {
                quoted = !quoted;
                out.push(letter);
            }
            '?' if !quoted => out.push('$'),
            other => out.push(other),
        }
    }
    out
}

/// Declares a file's statements and registers them as `ALL`.
///
/// `NAME = "text"` is for both databases; `NAME = ("for SQLite", "for PostgreSQL")` where they
/// differ.
macro_rules! statements {
    (@one $name:ident ($sqlite:expr, $postgres:expr)) => {
        $crate::sql::Sql::split(stringify!($name), $sqlite, $postgres)
    };
    (@one $name:ident $text:expr) => {
        $crate::sql::Sql::common(stringify!($name), $text)
    };
    ($($(#[$doc:meta])* $name:ident = $text:tt;)+) => {
        $($(#[$doc])* pub(crate) static $name: $crate::sql::Sql = $crate::sql::statements!(@one $name $text);)+

        /// Every statement of this file.
        pub(crate) static ALL: &[&$crate::sql::Sql] = &[$(&$name,)+];
    };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_change_and_quoted_marks_stay() {
        let sql = Sql::common("t", "SELECT '?1', x FROM t WHERE a = ?1 AND b IN (?2, ?12)");
        assert_eq!(
            sql.text(Dialect::Postgres),
            "SELECT '?1', x FROM t WHERE a = $1 AND b IN ($2, $12)"
        );
    }
}
