//! `config`: what is in force, and what there is to set.

use super::error::CliError;
use super::options::Options;
use super::say;
use crate::config::render_example;
use clap::Subcommand;

/// Look at the configuration
#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Check the configuration and print what is in force
    Check,
    /// Print a configuration file with every key at its default
    Example,
}

impl Config {
    pub(super) fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::Check => check(options),
            Self::Example => say::line(render_example().trim_end()),
        }
    }
}

fn check(options: &Options) -> Result<(), CliError> {
    let loaded = options.load(Vec::new())?;
    for warning in &loaded.warnings {
        say::line(format_args!("# {warning}"))?;
    }
    for (key, value) in loaded.config.lines() {
        say::line(format_args!("{key} = {value}"))?;
    }
    Ok(())
}
