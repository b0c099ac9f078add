//! Frontdesk's own chores: `cargo xtask test`, `cargo xtask torture`, `cargo xtask pages`,
//! `cargo xtask pictures`, `cargo xtask tidy`.
//!
//! A chore lives in a file of its own; this one only picks it. Chores talk to the machine (packages,
//! processes, files) and never link against Frontdesk's crates, so that they build in seconds.

mod cli;
mod clock;
mod environment;
mod interrupt;
mod outcome;
mod pages;
mod parts;
mod pictures;
mod postgres;
mod provision;
mod report;
mod run;
mod tally;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Chore, Cli};
use crate::workspace::Workspace;

fn main() -> ExitCode {
    let done = Workspace::find().and_then(|workspace| match Cli::parse().chore {
        Chore::Test { only } => test::run(&workspace, &only),
        Chore::Torture { rounds } => test::torture(&workspace, rounds),
        Chore::Pages => pages::run(&workspace),
        Chore::Pictures => pictures::run(&workspace),
        Chore::Tidy => tidy::run(&workspace),
    });
    done.unwrap_or_else(|reason| {
        report::trouble(&reason);
        ExitCode::FAILURE
    })
}
