//! `import`: brings a desk's history in from files of JSON lines.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::import::{ImportOptions, Imported, OnProblem, import};
use clap::Args;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// Import a desk's history from a folder of .jsonl files
///
/// What an earlier import brought is known and left as it is, so an import that was interrupted
/// is finished by running it again.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The folder with accounts, inboxes, agents, customers, conversations and messages
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Import into this account, by its id or name, and not into the files' own
    #[arg(long, value_name = "ACCOUNT")]
    into: Option<String>,
    /// Leave out what cannot be imported, and say what that was at the end
    #[arg(long)]
    skip_problems: bool,
    /// Import only so many messages, from the beginning
    #[arg(long, value_name = "COUNT")]
    limit: Option<u64>,
}

impl Import {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        let desk = Desk::open(options, Access::Write)?;
        let mut wanted = ImportOptions::new(self.folder);
        if let Some(account) = self.into {
            wanted.into = Some(InAccount::named(account).find(&desk).await?.id);
        }
        if self.skip_problems {
            wanted.on_problem = OnProblem::Skip;
        }
        wanted.limit = self.limit;
        let done = import(desk.db(), &wanted, &mut progress).await?;
        desk.close();
        show(&done)
    }
}

/// Shows how far it has come, where somebody is looking.
fn progress(done: &Imported) {
    let mut out = io::stderr().lock();
    if out.is_terminal() {
        // A line of progress that cannot be shown changes nothing about the import.
        drop(write!(out, "\r{} messages", done.messages).and_then(|()| out.flush()));
    }
}

fn show(done: &Imported) -> Result<(), CliError> {
    if io::stderr().is_terminal() {
        say::line("")?;
    }
    let counts = [
        ("accounts", done.accounts),
        ("inboxes", done.inboxes),
        ("users", done.users),
        ("customers", done.customers),
        ("conversations", done.conversations),
        ("messages", done.messages),
        ("there already", done.already_there),
        ("left out", done.skipped),
    ];
    for (what, count) in counts {
        say::line(format_args!("{what:13}  {count}"))?;
    }
    for problem in &done.problems {
        say::line(format_args!(
            "left out: {}",
            say::readable(&problem.to_string())
        ))?;
    }
    Ok(())
}
