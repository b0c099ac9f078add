//! What is logged, and how it looks.

use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong, quoted, words};

/// The log on standard error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    pub format: LogFormat,
    pub level: LogLevel,
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    #[default]
    Pretty,
    Json,
}

words!(LogFormat { Pretty = "pretty", Json = "json" });

/// How much is logged: a level, or levels by module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLevel(String);

impl LogLevel {
    /// The directives, as `tracing` reads them.
    #[must_use]
    pub fn directives(&self) -> &str {
        &self.0
    }
}

impl Default for LogLevel {
    fn default() -> Self {
        Self("info".to_owned())
    }
}

impl Setting for LogLevel {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"error\", \"warn\", \"info\", \"debug\" or \"trace\", or levels by module \
                        such as \"info,frontdesk_db=debug\"";
        let text = raw.text(expected)?;
        // A lone word that is no level would be taken for the name of a module.
        let is_level = |word: &str| word.parse::<tracing::Level>().is_ok() || word == "off";
        let is_known = text
            .split(',')
            .all(|part| part.contains('=') || is_level(part.trim()));
        match text.parse::<tracing_subscriber::filter::Targets>() {
            Ok(_) if is_known => Ok(Self(text.to_owned())),
            Ok(_) | Err(_) => Err(raw.wrong(expected)),
        }
    }

    fn show(&self) -> String {
        quoted(&self.0)
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "log.format",
        log.format,
        "\"pretty\" for people, \"json\" for programs."
    ),
    key!(
        "log.level",
        log.level,
        "\"error\", \"warn\", \"info\", \"debug\" or \"trace\", or levels by module such as\n\"info,frontdesk_db=debug\"."
    ),
];
