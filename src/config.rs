//! The configuration: defaults, then the file, then the environment, then flags. The later
//! wins. What comes out is complete: nothing in it is left to be defaulted later.

mod carried;
mod file;
mod keys;
mod mend;
mod own_commands;
mod own_keys;
mod own_macros;
mod own_recordings;
mod own_tables;
mod own_views;
mod paths;
mod problem;
mod remember;
mod schema;

#[cfg(test)]
mod tests;

pub use carried::{canned_as_text, canned_of, macros_as_text, macros_of};
pub use keys::{Colour, Config, GlyphChoice, KeepTokens, NoticeChoice};
pub use mend::{Mended, Writing, mend};
pub use paths::Paths;
pub use problem::ConfigError;
pub use remember::{remember, remember_keys, remember_macros};
pub use schema::schema;

use crate::cli::Settings;
use crate::environment::Environment;
use crate::secret::Secret;
use frontdesk_ui::keymap::{Keymap, Preset};
use keys::KEYS;
use problem::Origin;
use std::path::{Path, PathBuf};

/// The variable that names another file.
const FILE: &str = "FRONTDESK_CONFIG";

/// A value that was given somewhere.
struct Given {
    key: String,
    text: String,
    origin: Origin,
}

/// Reads the configuration from all its sources.
///
/// # Errors
/// When the file cannot be read or something in any source is not a setting.
pub fn load(
    settings: &Settings,
    environment: &Environment,
    paths: &Paths,
) -> Result<Config, ConfigError> {
    let Sources { given, file, path } = sources(settings, environment, paths)?;
    let mut config = Config {
        file: path,
        ..Config::default()
    };
    for one in given {
        keys::set(&mut config, &one)?;
        if one.key == "token_command" && !one.text.is_empty() {
            config.token_command_place = one.origin.to_string();
        }
    }
    let token = environment.get("FRONTDESK_TOKEN").map(str::trim);
    config.token = token.map(|token| Secret::new(token.to_owned()));
    config.keymap = own_keys::keymap(config.keys_preset, &file.own_keys, &file.path, &file.text)?;
    config.macros = file.own_macros;
    config.commands = file.own_commands;
    config.views = file.own_views;
    config.recorded = file.recorded;
    own_macros::check_keys(&config.keymap, &config.macros, &file.path)?;
    own_commands::check_keys(&config.keymap, &config.commands, &file.path)?;
    Ok(config)
}

/// Where the file is, or would be.
#[must_use]
pub fn file(settings: &Settings, environment: &Environment, paths: &Paths) -> PathBuf {
    let named = settings
        .config
        .as_deref()
        .or_else(|| environment.get(FILE).map(Path::new));
    named.map_or_else(|| paths.config_file(), Path::to_owned)
}

/// Everything that is wrong in all sources, in the order in which they are read.
#[must_use]
pub fn problems(settings: &Settings, environment: &Environment, paths: &Paths) -> Vec<ConfigError> {
    let Sources { given, file, .. } = match sources(settings, environment, paths) {
        Ok(sources) => sources,
        Err(error) => return vec![error],
    };
    let mut config = Config::default();
    let set = given.iter().map(|one| keys::set(&mut config, one));
    let mut problems: Vec<ConfigError> = set.filter_map(Result::err).collect();
    let keymap = own_keys::keymap(config.keys_preset, &file.own_keys, &file.path, &file.text);
    match keymap {
        Ok(keymap) => {
            let unknown = own_macros::check_keys(&keymap, &file.own_macros, &file.path);
            problems.extend(unknown.err());
            let unknown = own_commands::check_keys(&keymap, &file.own_commands, &file.path);
            problems.extend(unknown.err());
        }
        Err(problem) => problems.push(problem),
    }
    problems
}

/// What all sources say.
struct Sources {
    /// The values, the later to win.
    given: Vec<Given>,
    file: file::File,
    /// Where the file is, or would be.
    path: PathBuf,
}

fn sources(
    settings: &Settings,
    environment: &Environment,
    paths: &Paths,
) -> Result<Sources, ConfigError> {
    let mut given = Vec::new();
    let path = file(settings, environment, paths);
    let is_named = settings.config.is_some() || environment.get(FILE).is_some();
    let mut file = if is_named || path.exists() {
        file::read(&path)?
    } else {
        file::File::default()
    };
    given.append(&mut file.given);
    for key in KEYS {
        let name = format!("FRONTDESK_{}", key.name.to_uppercase());
        if let Some(text) = environment.get(&name) {
            let (key, text) = (key.name.to_owned(), text.to_owned());
            given.push(Given {
                key,
                text,
                origin: Origin::Variable(name),
            });
        }
    }
    given.extend(flags(settings));
    Ok(Sources { given, file, path })
}

/// The keys of a preset with the agent's own, as a file that may not be there has them.
///
/// # Errors
/// When the file cannot be read or something in it is not a setting.
pub fn keymap(path: &Path, preset: Preset) -> Result<Keymap, ConfigError> {
    let file = if path.exists() {
        file::read(path)?
    } else {
        file::File::default()
    };
    own_keys::keymap(preset, &file.own_keys, &file.path, &file.text)
}

fn flags(settings: &Settings) -> Vec<Given> {
    let insecure = settings.insecure_http.then(|| "true".to_owned());
    let linear = settings.linear.then(|| "true".to_owned());
    let all = [
        ("linear", "--linear", linear),
        ("server", "--server", settings.server.clone()),
        ("insecure_http", "--insecure-http", insecure),
        ("color", "--color", settings.color.clone()),
        ("theme", "--theme", settings.theme.clone()),
    ];
    let given = |(key, flag, text): (&str, &'static str, Option<String>)| {
        Some(Given {
            key: key.to_owned(),
            text: text?,
            origin: Origin::Flag(flag),
        })
    };
    all.into_iter().filter_map(given).collect()
}
