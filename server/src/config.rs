//! The configuration: defaults, then a file, then the environment, then flags. The later wins.
//!
//! Every setting is one line in one topic's list of keys; file, environment, `--set`, the
//! example and the check all follow from that list. What comes out of [`load`] is complete:
//! nothing in a [`Config`] is left to be defaulted later.

mod ai;
mod database;
mod example;
mod file;
mod files;
pub mod folder;
mod general;
mod key;
pub mod key_file;
mod limits;
mod log;
mod metrics;
mod money;
mod networks;
mod outgoing;
mod problem;
mod quantity;
mod retention;
mod sessions;
#[cfg(test)]
mod tests;
mod tls;
mod value;
mod widget;

pub use ai::{Ai, Count, ModelKey, ModelKeyError, Patience, Temperature};
pub use database::{Database, DatabaseAt, PostgresUrl};
pub use example::{EXAMPLE, render as render_example};
pub use files::{Addressing, BucketSecret, Files, StoreKind};
pub use general::{PublicUrl, Registration};
pub use key_file::Secrets;
pub use limits::Limits;
pub use log::{Log, LogFormat, LogLevel};
pub use metrics::{Metrics, MetricsAt};
pub use money::{Money, Price, Prices};
pub use networks::Networks;
pub use outgoing::Outgoing;
pub use problem::{ConfigError, Problem};
pub use quantity::{ByteSize, parse_duration};
pub use retention::{Age, Retention};
pub use sessions::Sessions;
pub use tls::{Tls, TlsFile};
pub use widget::{Sites, Widget};

use frontdesk_db::Place;
use key::Key;
use key_file::{KeyFile, KeySource};
use problem::Origin;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use value::Raw;

/// How the server runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub listen: SocketAddr,
    pub data: PathBuf,
    pub public_url: PublicUrl,
    pub registration: Registration,
    /// How long stopping may take before what still runs is cut off.
    pub grace: Duration,
    pub database: Database,
    pub limits: Limits,
    pub files: Files,
    pub sessions: Sessions,
    pub log: Log,
    pub metrics: Metrics,
    pub retention: Retention,
    pub outgoing: Outgoing,
    pub ai: Ai,
    pub tls: Tls,
    pub widget: Widget,
    pub secrets: Secrets,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 4000)),
            data: PathBuf::from("frontdesk-data"),
            public_url: PublicUrl::OfListener,
            registration: Registration::First,
            grace: Duration::from_secs(10),
            database: Database::default(),
            limits: Limits::default(),
            files: Files::default(),
            sessions: Sessions::default(),
            log: Log::default(),
            metrics: Metrics::default(),
            retention: Retention::default(),
            outgoing: Outgoing::default(),
            ai: Ai::default(),
            tls: Tls::default(),
            widget: Widget::default(),
            secrets: Secrets::default(),
        }
    }
}

impl Config {
    /// Where the database is; a relative SQLite file lies in the data folder.
    #[must_use]
    pub fn place(&self) -> Place {
        match &self.database.url {
            DatabaseAt::Sqlite(file) => Place::Sqlite(self.data.join(file)),
            DatabaseAt::Postgres(url) => Place::Postgres {
                url: url.reveal().to_owned(),
                writers: self.database.writers,
                readers: self.database.readers,
            },
        }
    }

    /// The file of the keys that stored secrets are sealed with; a relative path starts in the
    /// data folder. Where the keys are given otherwise, it is the one there would be.
    #[must_use]
    pub fn key_file(&self) -> KeyFile {
        let path = match &self.secrets.key {
            KeySource::File(path) => path.as_path(),
            KeySource::Given(_) => Path::new(key_file::NAME),
        };
        KeyFile::at(self.data.join(path))
    }

    /// Every key with its value as it would stand in a file. Passwords in it are masked.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        keys().map(|key| (key.path, (key.show)(self))).collect()
    }
}

/// What a configuration is made from besides the defaults.
#[derive(Debug, Clone, Default)]
pub struct Sources<'a> {
    /// The `--config` file; else `FRONTDESK_CONFIG` names one; else there is none.
    pub file: Option<&'a Path>,
    pub environment: &'a [(String, String)],
    /// The key, its text and the flag that said so.
    pub flags: &'a [(String, String, &'static str)],
}

/// A configuration and what is odd, but not wrong, about its sources.
#[derive(Debug)]
pub struct Loaded {
    pub config: Config,
    pub warnings: Vec<String>,
}

/// The variable that names the configuration file.
const FILE_VARIABLE: &str = "FRONTDESK_CONFIG";

/// The environment of this process; what is not text cannot be meant for us.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
pub fn environment() -> Vec<(String, String)> {
    let text = |(name, value): (OsString, OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(text).collect()
}

/// Puts the layers together.
///
/// # Errors
/// Everything that is wrong, each with its place.
pub fn load(sources: &Sources<'_>) -> Result<Loaded, ConfigError> {
    let mut config = Config::default();
    let mut problems = Vec::new();
    let named = sources
        .environment
        .iter()
        .find(|(name, _)| name == FILE_VARIABLE);
    let named = named.map(|(_, file)| Path::new(file));
    if let Some(path) = sources.file.or(named) {
        file::apply(path, &mut config, &mut problems);
    }
    let warnings = apply_environment(sources.environment, &mut config, &mut problems);
    for (path, text, flag) in sources.flags {
        let origin = Origin::Flag(flag);
        match keys().find(|key| key.path == path) {
            Some(key) => key.apply(&mut config, &Raw::Text(text), &origin, &mut problems),
            None => problems.push(Problem::unknown(&origin, path)),
        }
    }
    if problems.is_empty() {
        Ok(Loaded { config, warnings })
    } else {
        Err(ConfigError(problems))
    }
}

fn apply_environment(
    environment: &[(String, String)],
    config: &mut Config,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let mut warnings = Vec::new();
    // `DATABASE_URL` is what hosting platforms set; our own name is more particular and wins.
    let mut ordered: Vec<_> = environment.iter().collect();
    ordered.sort_by_key(|(name, _)| name.starts_with("FRONTDESK_"));
    for (name, text) in ordered {
        if let Some(key) = keys().find(|key| key.is_named(name)) {
            let origin = Origin::Environment(name.clone());
            key.apply(config, &Raw::Text(text), &origin, problems);
        } else if let Some(name) = name.strip_prefix("FRONTDESK_")
            && name != "CONFIG"
            && let Some(near) = problem::nearest(name, keys().map(Key::short_variable))
        {
            warnings.push(format!(
                "the variable FRONTDESK_{name} means nothing; did you mean FRONTDESK_{near}?"
            ));
        }
    }
    warnings
}

/// Every key there is, topic by topic.
fn keys() -> impl Iterator<Item = &'static Key> {
    [
        general::KEYS,
        database::KEYS,
        limits::KEYS,
        files::KEYS,
        sessions::KEYS,
        log::KEYS,
        metrics::KEYS,
        retention::KEYS,
        outgoing::KEYS,
        ai::KEYS,
        tls::KEYS,
        widget::KEYS,
        key_file::KEYS,
    ]
    .into_iter()
    .flatten()
}
