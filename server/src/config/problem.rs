//! What can be wrong with a configuration: where, what, and what to do.

use super::value::Wrong;
use std::fmt;
use std::path::PathBuf;

/// Everything that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError(pub Vec<Problem>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

/// Where a setting was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    File { path: PathBuf, line: usize },
    Environment(String),
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{} line {line}", path.display()),
            Self::Environment(name) => write!(f, "variable {name}"),
            Self::Flag(name) => write!(f, "{name}"),
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    place: String,
    what: String,
    hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)?;
        if self.hint.is_empty() {
            Ok(())
        } else {
            write!(f, "\n  hint: {}", self.hint)
        }
    }
}

impl Problem {
    /// A value that cannot be.
    pub(super) fn value(origin: &Origin, key: &str, wrong: Wrong) -> Self {
        let Wrong { expected, got } = wrong;
        Self {
            place: origin.to_string(),
            what: format!("{key} must be {expected}, got {got}"),
            hint: String::new(),
        }
    }

    /// A key that does not exist.
    pub(super) fn unknown(origin: &Origin, key: &str) -> Self {
        let known = super::keys().map(|key| key.path.to_owned());
        let hint = match nearest(key, known) {
            Some(near) => format!("did you mean {near}?"),
            None => "`frontdesk-server config example` lists every key".to_owned(),
        };
        Self {
            place: origin.to_string(),
            what: format!("there is no key {key}"),
            hint,
        }
    }

    /// A file that cannot be used at all.
    pub(super) fn file(place: String, what: String, hint: &str) -> Self {
        Self {
            place,
            what,
            hint: hint.to_owned(),
        }
    }
}

/// The known name that somebody who wrote `name` probably meant.
pub(super) fn nearest(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let scored = known.map(|candidate| {
        let whole = strsim::jaro_winkler(name, &candidate);
        let end = strsim::jaro_winkler(&last(name), &last(&candidate)) - 0.05;
        (whole.max(end), candidate)
    });
    scored
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
