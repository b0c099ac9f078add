//! Jobs that wait or failed, as admins deal with them. What a job does is asked of its account, never
//! of its payload, so a mended payload cannot reach into another account.

use crate::app::App;
use crate::failure::Outcome;
use crate::use_cases::record;
use crate::work;
use frontdesk_db::queries::job_letters::{self, Letter, Reach};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, JobState, Refusal};
use frontdesk_jobs::{JobId, Registry};

/// Who deals with jobs.
#[derive(Debug, Clone)]
pub(crate) enum By {
    /// An admin, with the jobs of the account.
    Admin(Actor),
    /// Whoever runs the server, with all there are.
    Console,
}

impl By {
    /// Which jobs those are.
    pub(crate) fn reach(&self) -> Outcome<Reach> {
        match self {
            Self::Console => Ok(Reach::Server),
            Self::Admin(actor) => {
                allows(actor, Permission::ManageJobs)?;
                Ok(Reach::Account(actor.account_id))
            }
        }
    }
}

/// The job, where it may be seen.
pub(crate) fn load(conn: &mut dyn Conn, by: &By, id: JobId) -> Outcome<Letter> {
    let found = job_letters::by_id(conn, by.reach()?, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Replaces what a job is about, when it fits its kind.
pub(crate) fn edit(unit: &mut Unit<'_>, by: &By, id: JobId, payload: &str) -> Outcome<Letter> {
    let kinds: Registry<App> = work::registry();
    let held = idle(unit, by, id)?;
    if kinds.check(&held.kind, payload).is_err() {
        return Err(Refusal::Invalid {
            field: "payload",
            problem: "does not fit this kind of job",
        }
        .into());
    }
    job_letters::edit(unit, by.reach()?, id, payload)?;
    noted(unit, by, &held, "job.edited")?;
    load(unit.conn(), by, id)
}

/// Lets a job run at once, with all its tries.
pub(crate) fn retry(unit: &mut Unit<'_>, by: &By, id: JobId) -> Outcome<Letter> {
    let held = idle(unit, by, id)?;
    match job_letters::retry(unit, by.reach()?, id) {
        Err(DbError::Taken { .. }) => {
            return Err(
                Refusal::Conflict("Another job is there already for the same work.").into(),
            );
        }
        result => drop(result?),
    }
    noted(unit, by, &held, "job.retried")?;
    load(unit.conn(), by, id)
}

/// Throws a job away.
pub(crate) fn discard(unit: &mut Unit<'_>, by: &By, id: JobId) -> Outcome<()> {
    let held = idle(unit, by, id)?;
    job_letters::discard(unit, by.reach()?, id)?;
    noted(unit, by, &held, "job.discarded")
}

/// The job, unless it is running: nobody can take back what it does just now.
fn idle(unit: &mut Unit<'_>, by: &By, id: JobId) -> Outcome<Letter> {
    let held = load(unit.conn(), by, id)?;
    if held.state == JobState::Running {
        return Err(Refusal::Conflict("The job is running. Try again when it has ended.").into());
    }
    Ok(held)
}

/// Writes the audit log of the account whose job it is. The server's own jobs have none.
fn noted(unit: &mut Unit<'_>, by: &By, held: &Letter, action: &str) -> Outcome<()> {
    let actor = match by {
        By::Admin(actor) => Some(actor.clone()),
        By::Console => held.account_id.map(Actor::system),
    };
    if let Some(actor) = actor {
        let subject = format!("job:{}", held.id);
        record::audited(unit, &actor, action, subject, Some(held.kind.clone()))?;
    }
    Ok(())
}
