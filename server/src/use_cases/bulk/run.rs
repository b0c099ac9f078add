//! Runs: begun, called off, taken back. What they do is done by a job, see `work/bulk.rs`.

use crate::failure::Outcome;
use crate::use_cases::record;
use crate::work::RunBulk;
use frontdesk_db::queries::{bulk_runs, jobs};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::bulk::{Run, Tally};
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, BulkRunId, BulkState, EntityKind, Refusal, Who};
use frontdesk_jobs::NewJob;

/// Begins a run. What was asked has been read once, so that its job can read it again.
pub(crate) fn start(unit: &mut Unit<'_>, actor: &Actor, asked: Json) -> Outcome<Run> {
    let run = begin(unit, actor, asked, None)?;
    let subject = format!("bulk_run:{}", run.id);
    record::audited(
        unit,
        actor,
        "bulk.started",
        subject,
        Some(run.asked.0.clone()),
    )?;
    Ok(run)
}

/// A run of the account. Whoever may work on conversations may stop a colleague's run and take it
/// back, as they may with each change of it.
pub(crate) fn load(conn: &mut dyn Conn, actor: &Actor, id: BulkRunId) -> Outcome<Run> {
    let found = bulk_runs::by_id(conn, actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Does no more of a run. What is done stays done.
pub(crate) fn cancel(unit: &mut Unit<'_>, actor: &Actor, id: BulkRunId) -> Outcome<Run> {
    allows(actor, Permission::WorkConversations)?;
    let run = load(unit.conn(), actor, id)?;
    if settled(&run) {
        return Ok(run);
    }
    bulk_runs::set_state(unit, &run, BulkState::Cancelled)?;
    told(unit, actor, id)?;
    load(unit.conn(), actor, id)
}

/// Takes back what a run has done, by a run of its own; one that goes on is called off first. Asked
/// twice, it is the same run.
pub(crate) fn take_back(unit: &mut Unit<'_>, actor: &Actor, id: BulkRunId) -> Outcome<Run> {
    let run = cancel(unit, actor, id)?;
    if run.undoes.is_some() {
        return Err(Refusal::Conflict("what was taken back is done again, not taken back").into());
    }
    if let Some(there) = bulk_runs::undoing(unit.conn(), actor.account_id, id)? {
        return Ok(there);
    }
    begin(unit, actor, Json("{}".to_owned()), Some(id))
}

/// Whether nothing more comes of it.
pub(crate) fn settled(run: &Run) -> bool {
    matches!(run.state, BulkState::Done | BulkState::Cancelled)
}

/// Tells that a run is further.
pub(crate) fn told(unit: &mut Unit<'_>, actor: &Actor, id: BulkRunId) -> Outcome<()> {
    Ok(record::changed(unit, actor, EntityKind::BulkRun, &id)?)
}

fn begin(
    unit: &mut Unit<'_>,
    actor: &Actor,
    asked: Json,
    undoes: Option<BulkRunId>,
) -> Outcome<Run> {
    allows(actor, Permission::WorkConversations)?;
    let Who::User(member) = &actor.who else {
        return Err(Refusal::Forbidden.into());
    };
    let run = Run {
        id: BulkRunId::random(),
        account_id: actor.account_id,
        user_id: member.user_id,
        scope: member.scope,
        asked,
        undoes,
        state: BulkState::Choosing,
        tally: Tally::default(),
        created_at: unit.now(),
        finished_at: None,
    };
    bulk_runs::insert(unit, &run)?;
    let job = RunBulk { run: run.id };
    let job = NewJob::of(Some(actor.account_id.0), &job).unique(run.id.to_string());
    jobs::enqueue(unit, &job)?;
    told(unit, actor, run.id)?;
    Ok(run)
}
