//! Brings a desk's history in from files of JSON lines: `accounts`, `inboxes`, `agents`,
//! `customers`, `conversations` and `messages`, each ending in `.jsonl`.
//!
//! The files are read as a stream and written in units of some thousand messages, so memory grows
//! with the number of conversations but not with that of messages. Every imported row tells of
//! itself by the same event as one that was made here: there is a `message.created` for each
//! message, stamped with the time of the import.
//!
//! Ids are made from the account and what the files call things. An import that was interrupted,
//! or a file that has grown, is imported by running it again: what is there already is known by
//! its id and left as it is. After each unit the desk is whole.

mod conversations;
mod corpus;
mod desk;
mod ids;
mod lines;
mod messages;
mod part;
mod people;

use frontdesk_db::{Db, DbError};
use frontdesk_domain::AccountId;
use std::path::PathBuf;

use desk::Desk;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The folder with the files.
    pub folder: PathBuf,
    /// The account everything goes into. Without one, the files' own accounts are made.
    pub into: Option<AccountId>,
    pub on_problem: OnProblem,
    /// Import only so many messages, from the beginning, and the conversations they are in.
    pub limit: Option<u64>,
    /// How many messages go into one unit of work.
    pub unit: usize,
}

impl ImportOptions {
    /// Everything in the folder, stopping at the first problem.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            into: None,
            on_problem: OnProblem::Stop,
            limit: None,
            unit: 2_000,
        }
    }
}

/// What a line that cannot be imported means for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnProblem {
    Stop,
    /// Leave the line out and go on.
    Skip,
}

/// How far the import has come: what was new, and what was there already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    pub accounts: u64,
    pub inboxes: u64,
    pub users: u64,
    pub customers: u64,
    pub conversations: u64,
    pub messages: u64,
    /// Rows an earlier import had brought.
    pub already_there: u64,
    /// Lines that were left out.
    pub skipped: u64,
    /// The first of the reasons.
    pub problems: Vec<Problem>,
}

/// How many reasons are kept.
const PROBLEMS: usize = 20;

/// Something that is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct Problem {
    pub file: &'static str,
    pub line: u64,
    pub what: String,
}

/// Why an import ended before its time. What was imported until then stays, and the next run
/// goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("cannot read {path}")]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{0}; correct the line, or leave out what cannot be imported with --skip-problems")]
    Line(Problem),
    #[error("there is no account {0} on this server")]
    NoAccount(AccountId),
    #[error("no password could be made for the imported users")]
    Password,
    #[error("the database failed")]
    Db(#[from] DbError),
    #[error("the reading of the files ended unexpectedly")]
    Reader,
}

/// One import under way.
struct Run<'a> {
    db: &'a Db,
    options: &'a ImportOptions,
    done: Imported,
    progress: &'a mut (dyn FnMut(&Imported) + Send),
}

impl Run<'_> {
    /// Goes on without the line, or stops.
    fn problem(&mut self, problem: Problem) -> Result<(), ImportError> {
        if self.options.on_problem == OnProblem::Stop {
            return Err(ImportError::Line(problem));
        }
        self.done.skipped += 1;
        if self.done.problems.len() < PROBLEMS {
            self.done.problems.push(problem);
        }
        Ok(())
    }

    fn tell(&mut self) {
        (self.progress)(&self.done);
    }
}

/// Imports the files. `progress` is told after each unit of work.
///
/// # Errors
/// When a file cannot be read, the database fails, or a line is wrong and nothing may be left out.
pub async fn import(
    db: &Db,
    options: &ImportOptions,
    progress: &mut (dyn FnMut(&Imported) + Send),
) -> Result<Imported, ImportError> {
    let mut run = Run {
        db,
        options,
        done: Imported::default(),
        progress,
    };
    let part = part::wanted(options)?;
    let mut desk = Desk::default();
    people::accounts(&mut run, &mut desk).await?;
    people::inboxes(&mut run, &mut desk).await?;
    people::agents(&mut run, &mut desk).await?;
    people::customers(&mut run, &mut desk, &part).await?;
    conversations::conversations(&mut run, &mut desk, &part).await?;
    messages::messages(&mut run, desk).await?;
    Ok(run.done)
}

#[cfg(test)]
mod tests;
