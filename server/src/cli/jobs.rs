//! `jobs`: work that waits, runs or failed for good.

use super::desk::{Access, Desk};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::failure::Failure;
use crate::use_cases::jobs::{self, By};
use clap::Subcommand;
use frontdesk_db::DbError;
use frontdesk_db::queries::job_letters::{self, Count, Letter, Reach, Wanted};
use frontdesk_domain::{JobState, Timestamp};
use frontdesk_jobs::JobId;

/// How many jobs are listed.
const MOST: i64 = 100;

/// Look at jobs and deal with those that failed
#[derive(Debug, Subcommand)]
pub(super) enum Jobs {
    /// List the newest jobs
    List {
        /// Only jobs in this state: ready, running or dead
        #[arg(long, value_parser = state)]
        state: Option<JobState>,
        /// Only jobs of this kind, such as webhook
        #[arg(long)]
        kind: Option<String>,
    },
    /// Show a job and what it is about
    Show { job: JobId },
    /// Replace what a job is about
    Edit {
        job: JobId,
        /// The new payload, as JSON
        payload: String,
    },
    /// Let a job run at once, with all its tries
    Retry { job: JobId },
    /// Throw a job away
    Discard { job: JobId },
    /// Count jobs by queue, kind and state
    Stats,
}

fn state(text: &str) -> Result<JobState, String> {
    text.parse()
        .map_err(|_| "must be ready, running or dead".to_owned())
}

impl Jobs {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { state, kind } => list(options, state, kind).await,
            Self::Show { job } => show(options, job).await,
            Self::Stats => stats(options).await,
            Self::Edit { job, payload } => {
                let edited = change(options, move |unit| {
                    jobs::edit(unit, &By::Console, job, &payload).map(|_| ())
                });
                edited.await?;
                say::line(format_args!("changed job {job}"))
            }
            Self::Retry { job } => {
                let retried = change(options, move |unit| {
                    jobs::retry(unit, &By::Console, job).map(|_| ())
                });
                retried.await?;
                say::line(format_args!("job {job} is ready"))
            }
            Self::Discard { job } => {
                let gone = change(options, move |unit| jobs::discard(unit, &By::Console, job));
                gone.await?;
                say::line(format_args!("threw job {job} away"))
            }
        }
    }
}

async fn change(
    options: &Options,
    work: impl FnOnce(&mut frontdesk_db::Unit<'_>) -> Result<(), Failure> + Send + 'static,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    desk.db().write_global(work).await?;
    desk.close();
    Ok(())
}

async fn list(
    options: &Options,
    state: Option<JobState>,
    kind: Option<String>,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let wanted = Wanted {
        state,
        kind,
        before: None,
    };
    let found: Result<Vec<Letter>, DbError> = desk
        .db()
        .read(move |conn| job_letters::page(conn, Reach::Server, &wanted, MOST))
        .await;
    let found = found?;
    desk.close();
    let row = |it: Letter| {
        [
            it.id.to_string(),
            it.kind,
            it.state.to_string(),
            it.attempt.to_string(),
            moment(Some(it.created_at)),
            it.error.unwrap_or_default(),
        ]
    };
    let heads = ["JOB", "KIND", "STATE", "TRIES", "SINCE", "LAST FAILURE"];
    say::table(heads, found.into_iter().map(row))
}

async fn show(options: &Options, id: JobId) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let found = desk
        .db()
        .read(move |conn| jobs::load(conn, &By::Console, id))
        .await?;
    desk.close();
    let account = found.account_id.map(|id| id.to_string());
    let lines = [
        ("job", found.id.to_string()),
        ("kind", found.kind),
        ("state", found.state.to_string()),
        (
            "account",
            account.unwrap_or_else(|| "the server's own".to_owned()),
        ),
        ("tries", found.attempt.to_string()),
        ("since", moment(Some(found.created_at))),
        ("last try", moment(found.tried_at)),
        ("last failure", found.error.unwrap_or_default()),
        ("payload", found.payload),
    ];
    lines
        .iter()
        .try_for_each(|(name, text)| say::line(format_args!("{name:13}{}", say::readable(text))))
}

async fn stats(options: &Options) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let found: Result<Vec<Count>, DbError> = desk
        .db()
        .read(|conn| job_letters::counts(conn, Reach::Server))
        .await;
    let found = found?;
    desk.close();
    let row = |it: Count| {
        [
            it.queue,
            it.kind,
            it.state.to_string(),
            it.count.to_string(),
            moment(it.oldest),
        ]
    };
    let heads = ["QUEUE", "KIND", "STATE", "JOBS", "OLDEST"];
    say::table(heads, found.into_iter().map(row))
}

/// A time to the second, in UTC.
pub(super) fn moment(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".to_owned(), Timestamp::to_utc_stamp)
}
