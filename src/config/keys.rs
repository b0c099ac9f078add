//! Every setting: its key, what it may be, and what it is when nobody says anything.

use super::problem::nearest;
use super::{ConfigError, Given};
use crate::net::address::Address;
use std::time::Duration;

/// How the client runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub server: Address,
    /// Whether the server was named, and is not just the default.
    pub server_named: bool,
    pub insecure_http: bool,
    pub timeout: Duration,
    pub keep_tokens: KeepTokens,
    pub theme: String,
    pub color: Colour,
    pub glyphs: GlyphChoice,
}

/// When output has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

/// Which signs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlyphChoice {
    /// What the locale can show.
    Auto,
    Unicode,
    Ascii,
}

/// Where tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepTokens {
    /// In the system's keyring, and in a private file where there is none.
    Auto,
    Keyring,
    File,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            server: Address::local(),
            server_named: false,
            insecure_http: false,
            timeout: Duration::from_secs(30),
            keep_tokens: KeepTokens::Auto,
            theme: "default".to_owned(),
            color: Colour::Auto,
            glyphs: GlyphChoice::Auto,
        }
    }
}

/// One setting.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What a value must be, for the error that says so.
    expected: &'static str,
    /// Puts a value where it belongs; `None` when it is no such value.
    set: fn(&mut Config, &str) -> Option<()>,
    /// The value as it stands in the example file.
    #[cfg(test)]
    pub(super) show: fn(&Config) -> String,
}

macro_rules! keys {
    ($($name:literal: $expected:literal, $set:expr, $show:expr;)+) => {
        pub(super) const KEYS: &[Key] = &[$(Key {
            name: $name,
            expected: $expected,
            set: $set,
            #[cfg(test)]
            show: $show,
        },)+];
    };
}

keys! {
    "server": "an address such as https://desk.example.com",
        |config, text| {
            config.server = text.parse().ok()?;
            config.server_named = true;
            Some(())
        },
        |config| format!("{:?}", config.server.origin());
    "insecure_http": "true or false",
        |config, text| text.parse().ok().map(|value| config.insecure_http = value),
        |config| config.insecure_http.to_string();
    "timeout_seconds": "a number of seconds from 1 to 600",
        |config, text| {
            let seconds = text.parse().ok().filter(|seconds| (1..=600).contains(seconds))?;
            config.timeout = Duration::from_secs(seconds);
            Some(())
        },
        |config| config.timeout.as_secs().to_string();
    "keep_tokens": "auto, keyring or file",
        |config, text| {
            let choices = [
                ("auto", KeepTokens::Auto),
                ("keyring", KeepTokens::Keyring),
                ("file", KeepTokens::File),
            ];
            choice(text, &choices).map(|value| config.keep_tokens = value)
        },
        |config| format!("{:?}", config.keep_tokens).to_lowercase().quoted();
    "theme": "the name of a theme",
        |config, text| {
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let is_name = !text.is_empty() && text.chars().all(fits);
            is_name.then(|| text.clone_into(&mut config.theme))
        },
        |config| config.theme.quoted();
    "color": "auto, always or never",
        |config, text| {
            let choices =
                [("auto", Colour::Auto), ("always", Colour::Always), ("never", Colour::Never)];
            choice(text, &choices).map(|value| config.color = value)
        },
        |config| format!("{:?}", config.color).to_lowercase().quoted();
    "glyphs": "auto, unicode or ascii",
        |config, text| {
            let choices = [
                ("auto", GlyphChoice::Auto),
                ("unicode", GlyphChoice::Unicode),
                ("ascii", GlyphChoice::Ascii),
            ];
            choice(text, &choices).map(|value| config.glyphs = value)
        },
        |config| format!("{:?}", config.glyphs).to_lowercase().quoted();
}

/// Puts one given value into the configuration.
pub(super) fn set(config: &mut Config, given: &Given) -> Result<(), ConfigError> {
    let place = given.origin.to_string();
    let Some(key) = KEYS.iter().find(|key| key.name == given.key) else {
        return Err(ConfigError {
            place,
            what: format!("there is no key {}", given.key),
            hint: nearest(&given.key, KEYS.iter().map(|key| key.name)),
        });
    };
    (key.set)(config, &given.text).ok_or_else(|| ConfigError {
        place,
        what: format!(
            "{} must be {}, got {:?}",
            key.name, key.expected, given.text
        ),
        hint: None,
    })
}

fn choice<T: Copy>(text: &str, choices: &[(&str, T)]) -> Option<T> {
    choices
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
}

#[cfg(test)]
trait Quoted {
    fn quoted(&self) -> String;
}

#[cfg(test)]
impl Quoted for str {
    fn quoted(&self) -> String {
        format!("{self:?}")
    }
}
