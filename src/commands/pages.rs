//! `completions` and `man`: pages made from the commands themselves.

use crate::cli::{Cli, Completions, Man};
use crate::error::Error;
use clap::CommandFactory as _;
use std::io::Write as _;

/// Prints the completions for a shell.
pub(super) fn completions(args: &Completions) -> Result<(), Error> {
    let mut command = Cli::command();
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "frontdesk", &mut text);
    // A shell reads them, and must read them as they are.
    std::io::stdout().write_all(&text).map_err(Error::Output)
}

/// Writes the manual pages.
pub(super) fn man(args: &Man) -> Result<(), Error> {
    std::fs::create_dir_all(&args.into)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), &args.into))
        .map_err(Error::Output)
}
