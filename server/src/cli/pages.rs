//! `completions` and `man`: pages made from the commands themselves.

use super::error::CliError;
use super::{Cli, say};
use clap::{Args, CommandFactory};
use std::path::PathBuf;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  frontdesk-server completions bash > /etc/bash_completion.d/frontdesk-server"
)]
pub(super) struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<(), CliError> {
        let mut command = Cli::command();
        let name = command.get_name().to_owned();
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut command, name, &mut text);
        say::line(String::from_utf8_lossy(&text).trim_end())
    }
}

/// Write the manual pages, one for each command
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  frontdesk-server man --into /usr/local/share/man/man1")]
pub(super) struct Man {
    /// The folder to write them into
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
}

impl Man {
    pub(super) fn run(self) -> Result<(), CliError> {
        let written = std::fs::create_dir_all(&self.into)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), &self.into));
        written.map_err(|source| CliError::Write {
            path: self.into,
            source,
        })
    }
}
