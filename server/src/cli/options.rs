//! The options that every command takes, and the configuration they lead to.

use super::error::CliError;
use crate::config::{self, Loaded, Sources};
use clap::Args;
use std::path::PathBuf;

/// Where the configuration comes from.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Read this configuration file
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help_heading = "Configuration"
    )]
    config: Option<PathBuf>,
    /// The folder for the database, the key file and uploads
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Configuration"
    )]
    data: Option<String>,
    /// `sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help_heading = "Configuration"
    )]
    database: Option<String>,
    /// Set any other key of the configuration
    #[arg(
        long,
        global = true,
        value_name = "KEY=VALUE",
        help_heading = "Configuration"
    )]
    set: Vec<String>,
}

/// A setting made by a flag: the key, its text and the flag.
pub(super) type Flag = (String, String, &'static str);

impl Options {
    /// Puts the configuration together; `more` are the command's own flags.
    pub(super) fn load(&self, more: Vec<Flag>) -> Result<Loaded, CliError> {
        let mut flags = Vec::new();
        for setting in &self.set {
            let Some((key, text)) = setting.split_once('=') else {
                let hint = "for example --set limits.body=2MiB";
                return Err(CliError::usage(format!(
                    "--set needs KEY=VALUE\n  hint: {hint}"
                )));
            };
            flags.push((key.trim().to_owned(), text.to_owned(), "--set"));
        }
        flags.extend(flag("data", self.data.as_ref(), "--data"));
        flags.extend(flag("database.url", self.database.as_ref(), "--database"));
        flags.extend(more);
        let loaded = config::load(&Sources {
            file: self.config.as_deref(),
            environment: &config::environment(),
            flags: &flags,
        });
        Ok(loaded?)
    }
}

/// A flag as a setting, when it was given.
pub(super) fn flag(key: &str, text: Option<&String>, name: &'static str) -> Option<Flag> {
    text.map(|text| (key.to_owned(), text.clone(), name))
}
