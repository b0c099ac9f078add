//! A key of the configuration: its name in every layer, what it means, and how it is set and
//! shown.

use super::Config;
use super::problem::{Origin, Problem};
use super::value::{Raw, Wrong};

/// One setting.
pub(super) struct Key {
    /// As in the file: `limits.body`.
    pub(super) path: &'static str,
    /// What it does, for the example. Lines are separated by newlines.
    pub(super) help: &'static str,
    pub(super) set: fn(&mut Config, &Raw<'_>) -> Result<(), Wrong>,
    /// The value as it would stand in a file.
    pub(super) show: fn(&Config) -> String,
}

/// Writes a [`Key`] for a field of [`Config`].
macro_rules! key {
    ($path:literal, $($field:ident).+, $help:expr) => {
        $crate::config::key::Key {
            path: $path,
            help: $help,
            set: |config, raw| {
                config.$($field).+ = $crate::config::value::Setting::take(raw)?;
                Ok(())
            },
            show: |config| $crate::config::value::Setting::show(&config.$($field).+),
        }
    };
}
pub(super) use key;

/// Variables that platforms and other programs set, and the keys they mean.
const ALIASES: &[(&str, &str)] = &[
    ("DATABASE_URL", "database.url"),
    ("OPENAI_API_KEY", "ai.key"),
    ("LLM_API_KEY", "ai.key"),
    ("LLM_BASE_URL", "ai.base_url"),
    ("LLM_MODEL", "ai.model"),
    ("LLM_MAX_TOKENS", "ai.max_tokens"),
    ("LLM_TEMPERATURE", "ai.temperature"),
    ("LLM_TIMEOUT", "ai.timeout"),
    ("LLM_MAX_RETRIES", "ai.retries"),
];

impl Key {
    /// The environment variable without its prefix: `limits.body` is `FRONTDESK_LIMITS_BODY`.
    pub(super) fn short_variable(&self) -> String {
        self.path.replace('.', "_").to_uppercase()
    }

    /// Whether this variable sets the key.
    pub(super) fn is_named(&self, variable: &str) -> bool {
        let platform = ALIASES.contains(&(variable, self.path));
        let ours = variable.strip_prefix("FRONTDESK_");
        platform || ours.is_some_and(|name| name == self.short_variable())
    }

    /// Sets the value, or notes what is wrong with it.
    pub(super) fn apply(
        &self,
        config: &mut Config,
        raw: &Raw<'_>,
        origin: &Origin,
        problems: &mut Vec<Problem>,
    ) {
        if let Err(wrong) = (self.set)(config, raw) {
            problems.push(Problem::value(origin, self.path, wrong));
        }
    }
}
