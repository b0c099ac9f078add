//! The queue of jobs: put in, claimed and settled. Jobs of an account and of the server itself lie in
//! one queue, so these statements ask for no account; what a job does is asked of its own.

use super::ai_modes::mode_of;
use super::many::Many;
use crate::conn::Dialect;
use crate::error::DbError;
use crate::sql::{Sql, statements};
use crate::unit::Unit;
use crate::value::{Columns, ToValue, first};
use frontdesk_domain::ai::DEFAULT_MODE;
use frontdesk_domain::{AccountId, ConnectionId, ConversationId, Source, Timestamp};
use frontdesk_jobs::{Ask, Claimed, Counted, JobId, Lease, NewJob, Settlement, Ticket};
use std::time::Duration;

statements! {
    INSERT = "INSERT INTO jobs (account_id, kind, queue, payload, unique_key, state, again, run_at, wait, attempt,
        created_at) VALUES (?1, ?2, ?3, ?4, ?5, 'ready', 0, ?6, ?7, 0, ?8)";
    /// The one that is there already stays the one. It runs once more if it runs now, and sooner if it
    /// only slept; one that failed keeps its distance.
    INSERT_UNIQUE = "INSERT INTO jobs (account_id, kind, queue, payload, unique_key, state, again, run_at, wait,
        attempt, created_at) VALUES (?1, ?2, ?3, ?4, ?5, 'ready', 0, ?6, ?7, 0, ?8)
        ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead' DO UPDATE SET
        again = CASE WHEN jobs.state = 'running' THEN 1 ELSE jobs.again END,
        run_at = CASE WHEN jobs.attempt = 0 AND excluded.run_at < jobs.run_at THEN excluded.run_at ELSE jobs.run_at END,
        wait = CASE WHEN jobs.attempt = 0 AND excluded.run_at < jobs.run_at THEN excluded.wait ELSE jobs.wait END";
    /// The same where the inbox of the conversation wants drafts; whoever wants none pays no more than this.
    /// `?8` is what holds where nobody has said anything.
    INSERT_WANTED = (concat!("INSERT INTO jobs (account_id, kind, queue, payload, unique_key, state, again, run_at, wait,
        attempt, created_at) SELECT ?1, w.kind, w.kind, ?3, ?4, 'ready', 0, ?5, ?6, 0, ?7 FROM (
            SELECT CASE ", mode_of!("?8"), " WHEN 'draft' THEN 'suggest' WHEN 'auto' THEN 'reply' END AS kind
            FROM conversations c LEFT JOIN ai_modes m ON m.inbox_id = c.inbox_id
            WHERE c.account_id = ?1 AND c.id = ?2) w WHERE w.kind IS NOT NULL
        ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead' DO UPDATE SET
        again = CASE WHEN jobs.state = 'running' THEN 1 ELSE jobs.again END"));
    /// Sorts a conversation where its inbox says so, until it was done once. Others pay no more than this.
    INSERT_SORT = "INSERT INTO jobs (account_id, kind, queue, payload, unique_key, state, again, run_at, wait,
        attempt, created_at) SELECT ?1, 'sort', 'suggest', ?3, ?4, 'ready', 0, ?5, ?6, 0, ?7
        FROM conversations c JOIN ai_sorting s ON s.inbox_id = c.inbox_id WHERE c.account_id = ?1 AND c.id = ?2
        AND NOT EXISTS (SELECT 1 FROM ai_sorted d WHERE d.conversation_id = c.id)
        ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead' DO UPDATE SET
        again = CASE WHEN jobs.state = 'running' THEN 1 ELSE jobs.again END";
    CLAIM = (
        "UPDATE jobs SET state = 'running', lease = ?1, attempt = attempt + 1, tried_at = ?3
        WHERE n IN (SELECT n FROM jobs WHERE queue = ?2 AND state = 'ready' AND run_at <= ?3 ORDER BY run_at, n LIMIT ?4)
        AND EXISTS (SELECT 1 FROM job_leases WHERE lease = ?1)
        RETURNING n, queue, kind, account_id, payload, attempt",
        "UPDATE jobs SET state = 'running', lease = ?1, attempt = attempt + 1, tried_at = ?3
        WHERE n IN (SELECT n FROM jobs WHERE queue = ?2 AND state = 'ready' AND run_at <= ?3 ORDER BY run_at, n LIMIT ?4
            FOR UPDATE SKIP LOCKED)
        AND EXISTS (SELECT 1 FROM job_leases WHERE lease = ?1)
        RETURNING n, queue, kind, account_id, payload, attempt"
    );
    LATER = "UPDATE jobs SET state = 'ready', again = 0, lease = NULL, run_at = ?3, wait = ?4, attempt = attempt - ?5,
        error = COALESCE(?6, error) WHERE n = ?1 AND lease = ?2 AND state = 'running'";
    /// What was given back without a try keeps its place.
    BACK = "UPDATE jobs SET state = 'ready', again = 0, lease = NULL, wait = 0, attempt = attempt - 1
        WHERE n = ?1 AND lease = ?2 AND state = 'running'";
    DEAD = "UPDATE jobs SET state = 'dead', again = 0, lease = NULL, error = ?3
        WHERE n = ?1 AND lease = ?2 AND state = 'running'";
    /// For much less than PostgreSQL takes to look for a deadlock, which is a second.
    GIVE_WAY = ("SELECT 1", "SET LOCAL lock_timeout = '200ms'");
    INSIST = ("SELECT 1", "SET LOCAL lock_timeout TO DEFAULT");
}

/// Jobs that are done and nobody asked for meanwhile.
static DONE: Many = Many::new(
    "JOBS_DONE",
    "DELETE FROM jobs WHERE lease = ?1 AND state = 'running' AND again = 0 AND n IN (?*) RETURNING n",
);

/// Jobs that are done and were asked for meanwhile.
static AGAIN: Many = Many::new(
    "JOBS_AGAIN",
    "UPDATE jobs SET state = 'ready', again = 0, lease = NULL, run_at = ?2, wait = 0, attempt = 0, error = NULL
        WHERE lease = ?1 AND state = 'running' AND n IN (?*) RETURNING n",
);

/// The kind of the job that hands messages over to their channel, and its queue.
pub const DELIVER: &str = "deliver";

/// The queue of what goes out by lines: one slow provider there holds up no mail.
pub const LINES: &str = "lines";

/// The same for a conversation that came from here, in the queue of its kind.
#[must_use]
pub fn deliver_by(source: Source, account_id: AccountId, id: ConversationId) -> NewJob {
    let queue = match source {
        Source::Sms | Source::Whatsapp | Source::Telegram | Source::Slack | Source::Custom => LINES,
        Source::Chat | Source::Email | Source::Mattermost | Source::Api | Source::Sandbox => {
            DELIVER
        }
    };
    NewJob {
        queue,
        ..deliver(account_id, id)
    }
}

/// The job that hands over the messages of a conversation that wait.
#[must_use]
pub fn deliver(account_id: AccountId, id: ConversationId) -> NewJob {
    NewJob {
        kind: DELIVER,
        queue: DELIVER,
        owner: Some(account_id.0),
        payload: serde_json::json!({ "conversation_id": id }).to_string(),
        key: Some(id.to_string()),
        after: Duration::ZERO,
    }
}

/// The kind of the job that understands what came in by a connection, and its queue.
pub const TAKE_IN: &str = "take_in";

/// The job that takes in what came by a connection, in its order.
#[must_use]
pub fn take_in(account_id: AccountId, id: ConnectionId) -> NewJob {
    NewJob {
        kind: TAKE_IN,
        queue: TAKE_IN,
        owner: Some(account_id.0),
        payload: serde_json::json!({ "connection_id": id }).to_string(),
        key: Some(id.to_string()),
        after: Duration::ZERO,
    }
}

/// The kind of the job that makes drafts, and its queue.
pub const SUGGEST: &str = "suggest";

/// The kind of the job that answers customers without an agent, and its queue.
pub const REPLY: &str = "reply";

/// The kind of the job that sorts conversations by themselves. It goes through the queue of drafts.
pub const SORT: &str = "sort";

/// The kind of the job that asks what knowledge means, and its queue.
pub const EMBED: &str = "embed";

/// The job that asks a model what an account's new and changed entries of knowledge mean.
#[must_use]
pub fn embed(account_id: AccountId) -> NewJob {
    NewJob {
        kind: EMBED,
        queue: EMBED,
        owner: Some(account_id.0),
        payload: "{}".to_owned(),
        key: Some(account_id.to_string()),
        after: Duration::ZERO,
    }
}

/// Customers often write in several short messages. They are answered together.
const PAUSE: Duration = Duration::from_millis(500);

/// The job that makes a conversation's draft.
#[must_use]
pub fn suggest(account_id: AccountId, id: ConversationId) -> NewJob {
    NewJob {
        kind: SUGGEST,
        queue: SUGGEST,
        owner: Some(account_id.0),
        payload: serde_json::json!({ "conversation_id": id }).to_string(),
        key: Some(id.to_string()),
        after: Duration::ZERO,
    }
}

/// Has a draft made for a conversation in which somebody wrote, where its inbox wants that.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn suggest_where_wanted(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
) -> Result<(), DbError> {
    where_wanted(unit, &INSERT_WANTED, (account_id, id), &[&DEFAULT_MODE])
}

/// Has a conversation sorted in which a customer wrote, where its inbox wants that.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn sort_where_wanted(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
) -> Result<(), DbError> {
    where_wanted(unit, &INSERT_SORT, (account_id, id), &[])
}

/// Enqueues what the statement says of a conversation, after the pause in which more may be written.
fn where_wanted(
    unit: &mut Unit<'_>,
    sql: &'static Sql,
    (account_id, id): (AccountId, ConversationId),
    more: &[&dyn ToValue],
) -> Result<(), DbError> {
    let (now, wait, job) = (unit.now(), micros(PAUSE), suggest(account_id, id));
    let run_at = later(now, wait);
    let all: [&dyn ToValue; 7] = [
        &job.owner,
        &id,
        &job.payload,
        &job.key,
        &run_at,
        &wait,
        &now,
    ];
    let all: Vec<&dyn ToValue> = all.iter().chain(more).copied().collect();
    unit.send(sql, &all)
}

/// Puts a job into its queue, together with whatever else the unit does.
///
/// # Errors
/// When the account does not exist.
pub fn enqueue(unit: &mut Unit<'_>, job: &NewJob) -> Result<(), DbError> {
    let now = unit.now();
    let wait = micros(job.after);
    let sql = match job.key {
        Some(_) => &INSERT_UNIQUE,
        None => &INSERT,
    };
    let run_at = later(now, wait);
    unit.send(
        sql,
        &[
            &job.owner,
            &job.kind,
            &job.queue,
            &job.payload,
            &job.key,
            &run_at,
            &wait,
            &now,
        ],
    )?;
    if job.after.is_zero() {
        unit.note_jobs();
    }
    Ok(())
}

/// Takes jobs that are due under a lease, oldest first.
pub(crate) fn claim(
    unit: &mut Unit<'_>,
    lease: Lease,
    asks: &[Ask],
) -> Result<Vec<Claimed>, DbError> {
    let now = unit.now();
    let mut claimed = Vec::new();
    for ask in asks {
        let most = i64::try_from(ask.most).unwrap_or(i64::MAX);
        let mut jobs = unit
            .conn()
            .all(&CLAIM, &[&lease.0, &ask.queue, &now, &most], |row| {
                read(row, lease)
            })?;
        jobs.sort_by_key(|job| job.ticket.job);
        claimed.append(&mut jobs);
    }
    Ok(claimed)
}

fn read(row: &mut Columns<'_>, lease: Lease) -> Result<Claimed, DbError> {
    Ok(Claimed {
        ticket: Ticket {
            job: JobId(row.get()?),
            lease,
        },
        queue: row.get()?,
        kind: row.get()?,
        owner: row.get()?,
        payload: row.get()?,
        attempt: u32::try_from(row.get::<i64>()?).unwrap_or(u32::MAX),
    })
}

/// Writes down what became of jobs, and says which were no longer held under their lease.
///
/// Units that enqueue unique jobs take rows in an order of their own, so a settling and they may wait for
/// each other. The settling gives way: it is tried again by its runner, where a message would be refused.
pub(crate) fn settle(
    unit: &mut Unit<'_>,
    settled: &[(Ticket, Settlement)],
) -> Result<Vec<Ticket>, DbError> {
    if unit.conn().dialect() == Dialect::Sqlite {
        return settle_all(unit, settled);
    }
    unit.send(&GIVE_WAY, &[])?;
    let lost = settle_all(unit, settled)?;
    unit.send(&INSIST, &[])?;
    Ok(lost)
}

fn settle_all(
    unit: &mut Unit<'_>,
    settled: &[(Ticket, Settlement)],
) -> Result<Vec<Ticket>, DbError> {
    let mut done: Vec<Ticket> = Vec::new();
    let mut lost = Vec::new();
    for (ticket, settlement) in settled {
        let changed = match settlement {
            Settlement::Done => {
                done.push(*ticket);
                continue;
            }
            Settlement::Later {
                after,
                why,
                counted,
            } => put_off(unit, *ticket, *after, why.as_ref(), *counted)?,
            Settlement::Dead { why } => unit.exec(&DEAD, &[&ticket.job.0, &ticket.lease.0, why])?,
        };
        if changed == 0 {
            lost.push(*ticket);
        }
    }
    while let Some(first) = done.first().copied() {
        let (same, others) = done.into_iter().partition(|it| it.lease == first.lease);
        lost.append(&mut finish(unit, first.lease, same)?);
        done = others;
    }
    Ok(lost)
}

fn put_off(
    unit: &mut Unit<'_>,
    ticket: Ticket,
    after: Duration,
    why: Option<&String>,
    counted: Counted,
) -> Result<u64, DbError> {
    let wait = micros(after);
    let run_at = later(unit.now(), wait);
    let back = i64::from(counted == Counted::Not);
    if after.is_zero() {
        unit.note_jobs();
        if counted == Counted::Not {
            return unit.exec(&BACK, &[&ticket.job.0, &ticket.lease.0]);
        }
    }
    unit.exec(
        &LATER,
        &[&ticket.job.0, &ticket.lease.0, &run_at, &wait, &back, &why],
    )
}

/// Ends jobs that are done, and says which were not ours.
fn finish(
    unit: &mut Unit<'_>,
    lease: Lease,
    mut jobs: Vec<Ticket>,
) -> Result<Vec<Ticket>, DbError> {
    let now = unit.now();
    let ids = |jobs: &[Ticket]| jobs.iter().map(|it| it.job.0).collect::<Vec<i64>>();
    let gone = DONE.all(unit.conn(), &[&lease.0], &ids(&jobs), first::<i64>)?;
    jobs.retain(|it| !gone.contains(&it.job.0));
    if jobs.is_empty() {
        return Ok(jobs);
    }
    let again = AGAIN.all(unit.conn(), &[&lease.0, &now], &ids(&jobs), first::<i64>)?;
    if !again.is_empty() {
        unit.note_jobs();
    }
    jobs.retain(|it| !again.contains(&it.job.0));
    Ok(jobs)
}

fn micros(wait: Duration) -> i64 {
    i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)
}

fn later(now: Timestamp, wait: i64) -> Timestamp {
    Timestamp(now.0.saturating_add(wait))
}
