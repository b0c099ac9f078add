//! How a value is read from a file or from text, and written back.

use std::fmt::Display;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

/// A value as a layer has it. The environment and flags have texts only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw<'a> {
    Text(&'a str),
    Whole(i64),
    /// A list of texts.
    List(Vec<&'a str>),
    /// Something no key takes: a date, a fraction, a list of anything else.
    Other(&'a str),
}

/// What a value must be, and what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) expected: String,
    pub(super) got: String,
}

impl Raw<'_> {
    /// A complaint that quotes the value.
    pub(super) fn wrong(&self, expected: impl Display) -> Wrong {
        let got = match self {
            Self::Text(text) => format!("{text:?}"),
            Self::Whole(number) => number.to_string(),
            Self::List(_) => "a list".to_owned(),
            Self::Other(kind) => (*kind).to_owned(),
        };
        Wrong {
            expected: expected.to_string(),
            got,
        }
    }

    pub(super) fn text(&self, expected: &str) -> Result<&str, Wrong> {
        match self {
            Self::Text(text) => Ok(text.trim()),
            Self::Whole(_) | Self::List(_) | Self::Other(_) => Err(self.wrong(expected)),
        }
    }
}

/// A type that settings can have.
pub(super) trait Setting: Sized {
    /// Reads it.
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong>;

    /// Writes it as it would stand in a file.
    fn show(&self) -> String;
}

/// Writes a text as it would stand in a file.
pub(super) fn quoted(text: impl Display) -> String {
    toml::Value::String(text.to_string()).to_string()
}

/// Implements [`Setting`] for an enum with one word per variant.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $crate::config::value::Setting for $name {
            fn take(
                raw: &$crate::config::value::Raw<'_>,
            ) -> Result<Self, $crate::config::value::Wrong> {
                let expected = concat!("one of", $(" \"", $word, "\"",)+);
                match raw.text(expected)? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(raw.wrong(expected)),
                }
            }

            fn show(&self) -> String {
                $crate::config::value::quoted(match self { $(Self::$variant => $word,)+ })
            }
        }
    };
}
pub(super) use words;

/// How many of something; never none.
impl Setting for usize {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let number = match raw {
            Raw::Whole(number) => Self::try_from(*number).ok(),
            Raw::Text(text) => text.trim().parse().ok(),
            Raw::List(_) | Raw::Other(_) => None,
        };
        let positive = number.filter(|number| *number > 0);
        positive.ok_or_else(|| raw.wrong("a whole number of at least 1"))
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// Any text.
impl Setting for String {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        raw.text("a text").map(ToOwned::to_owned)
    }

    fn show(&self) -> String {
        quoted(self)
    }
}

impl Setting for PathBuf {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        match raw.text("a path")? {
            "" => Err(raw.wrong("a path")),
            path => Ok(Self::from(path)),
        }
    }

    fn show(&self) -> String {
        quoted(self.display())
    }
}

const ADDRESS: &str = "an address and a port, such as \"127.0.0.1:4000\" or \"[::]:4000\"";

impl Setting for SocketAddr {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let text = raw.text(ADDRESS)?;
        if let Ok(address) = text.parse() {
            return Ok(address);
        }
        let mut found = text.to_socket_addrs().map_err(|_| raw.wrong(ADDRESS))?;
        found.next().ok_or_else(|| raw.wrong(ADDRESS))
    }

    fn show(&self) -> String {
        quoted(self)
    }
}
