//! The threads that own the connections.
//!
//! A writer takes the first waiting unit and whatever else waits behind it, runs them in one
//! transaction, commits once, and only then answers: many writers share one sync. A failed unit
//! takes nothing but itself back: to a savepoint, or what an engine has in its place. Readers run
//! one unit at a time.

use crate::changes::Changes;
use crate::clock::Clock;
use crate::conn::Conn;
use crate::counters::Counters;
use crate::engine::{Access, Engine};
use crate::error::DbError;
use crate::unit::{Noted, Unit};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Beyond this many units in one commit only waiting grows; and while one batch is told to the
/// world the next one should be on its way, which one batch of all who wait would prevent.
const BATCH: usize = 32;

/// A unit that takes longer than this holds everybody up and is worth a line in the log.
const SLOW: Duration = Duration::from_millis(50);

/// A unit waiting for its turn to write.
pub(crate) trait WriteTask: Send {
    /// Runs the unit; `false` means that it wants to be rolled back.
    fn run(&mut self, unit: &mut Unit<'_>) -> Verdict;

    /// Makes a success a failure: a statement failed that the unit went on after, or one that
    /// it did not wait for.
    fn fail(&mut self, failure: DbError);

    /// Answers, after the commit or after the failure.
    fn settle(self: Box<Self>, failure: Option<DbError>);
}

/// What a unit wants to happen to its writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    RollBack,
}

/// A unit waiting for its turn to read.
pub(crate) trait ReadTask: Send {
    fn run(self: Box<Self>, conn: Result<&mut dyn Conn, DbError>);
}

/// A unit of work with the place its answer goes to.
pub(crate) struct Job<T, E, F> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job<T, E, F> {
    pub(crate) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (answer, receiver) = oneshot::channel();
        (
            Self {
                work: Some(work),
                result: None,
                answer,
            },
            receiver,
        )
    }
}

impl<T, E, F> WriteTask for Job<T, E, F>
where
    T: Send,
    E: From<DbError> + Send,
    F: FnOnce(&mut Unit<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, unit: &mut Unit<'_>) -> Verdict {
        let Some(work) = self.work.take() else {
            return Verdict::RollBack;
        };
        let result = catch_unwind(AssertUnwindSafe(|| work(unit)))
            .unwrap_or_else(|_| Err(E::from(DbError::Panicked)));
        let verdict = if result.is_ok() {
            Verdict::Keep
        } else {
            Verdict::RollBack
        };
        self.result = Some(result);
        verdict
    }

    fn fail(&mut self, failure: DbError) {
        self.result = Some(Err(E::from(failure)));
    }

    fn settle(self: Box<Self>, failure: Option<DbError>) {
        let result = match (self.result, failure) {
            (Some(Ok(_)) | None, Some(failure)) => Err(E::from(failure)),
            (Some(result), _) => result,
            (None, None) => Err(E::from(DbError::Gone)),
        };
        // Whoever asked may have gone away; what was committed stays committed.
        drop(self.answer.send(result));
    }
}

impl<T, E, F> ReadTask for Job<T, E, F>
where
    T: Send,
    E: From<DbError> + Send,
    F: FnOnce(&mut dyn Conn) -> Result<T, E> + Send,
{
    fn run(self: Box<Self>, conn: Result<&mut dyn Conn, DbError>) {
        let result = match (self.work, conn) {
            (Some(work), Ok(conn)) => catch_unwind(AssertUnwindSafe(|| work(conn)))
                .unwrap_or_else(|_| Err(E::from(DbError::Panicked))),
            (_, Err(error)) => Err(E::from(error)),
            (None, Ok(_)) => Err(E::from(DbError::Gone)),
        };
        drop(self.answer.send(result));
    }
}

/// What a writer thread needs besides its connection.
#[derive(Debug, Clone)]
pub(crate) struct Surroundings {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) changes: Arc<Changes>,
}

/// Runs until the queue is closed and empty.
pub(crate) fn write_loop(
    engine: &mut dyn Engine,
    mut queue: mpsc::Receiver<Box<dyn WriteTask>>,
    around: &Surroundings,
) {
    while let Some(first) = queue.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            let Ok(next) = queue.try_recv() else { break };
            batch.push(next);
        }
        write_batch(engine, batch, around);
    }
}

fn write_batch(engine: &mut dyn Engine, batch: Vec<Box<dyn WriteTask>>, around: &Surroundings) {
    let alone = batch.len() == 1;
    if let Err(error) = begin_batch(engine, alone) {
        abandon(engine);
        return fail_all(batch, error);
    }
    let mut done = Vec::with_capacity(batch.len());
    let mut noted = Noted::default();
    let mut counters = Counters::default();
    let mut waiting = batch.into_iter();
    for mut task in waiting.by_ref() {
        match write_one(engine, &mut counters, task.as_mut(), alone, around) {
            Ok(mut wrote) => {
                noted.append(&mut wrote);
                done.push(task);
            }
            Err(error) => {
                done.push(task);
                abandon(engine);
                return fail_all(done.into_iter().chain(waiting).collect(), error);
            }
        }
    }
    let started = now();
    let stored = counters.store(engine.conn());
    if let Err(error) = stored.and_then(|()| engine.commit()) {
        abandon(engine);
        return fail_all(done, error);
    }
    metrics::histogram!("frontdesk_db_commit_seconds").record(started.elapsed());
    metrics::histogram!("frontdesk_db_batch_units").record(units(&done));
    for (account_id, seq) in noted.events {
        around.changes.note(account_id, seq);
    }
    if noted.jobs {
        around.changes.note_jobs();
    }
    for task in done {
        task.settle(None);
    }
}

/// Begins a transaction for units to come. One that is alone needs no savepoint.
fn begin_batch(engine: &mut dyn Engine, alone: bool) -> Result<(), DbError> {
    begin(engine, Access::Write)?;
    if alone { Ok(()) } else { engine.savepoint() }
}

/// Begins a transaction. A connection that was lost since the last one is only noticed now, when
/// nothing has been done yet: it is opened again.
fn begin(engine: &mut dyn Engine, access: Access) -> Result<(), DbError> {
    engine.ensure_open()?;
    match engine.begin(access) {
        Err(DbError::Gone) => {
            engine.ensure_open()?;
            engine.begin(access)
        }
        begun => begun,
    }
}

/// Runs one unit of a batch. An error means that the whole transaction is lost.
fn write_one(
    engine: &mut dyn Engine,
    counters: &mut Counters,
    task: &mut dyn WriteTask,
    alone: bool,
    around: &Surroundings,
) -> Result<Noted, DbError> {
    let before = counters.clone();
    let started = now();
    let mut unit = Unit::new(engine.conn(), counters, around.clock.now());
    let mut verdict = task.run(&mut unit);
    let noted = unit.into_noted();
    let took = started.elapsed();
    if took > SLOW {
        tracing::warn!(took_ms = took.as_millis(), "a unit of work was slow");
    }
    if !engine.in_transaction() {
        // The engine itself took everything back.
        return Err(engine.why_lost());
    }
    if verdict == Verdict::Keep && engine.is_spoiled() {
        task.fail(DbError::Spoiled);
        verdict = Verdict::RollBack;
    }
    if verdict == Verdict::Keep {
        let Err(failure) = keep(engine, alone) else {
            return Ok(noted);
        };
        if !engine.in_transaction() {
            return Err(failure);
        }
        task.fail(failure);
    }
    *counters = before;
    take_back(engine, alone).map(|()| Noted::default())
}

/// Ends a unit well. What was sent and not waited for is answered by now, except where the unit
/// is alone: there the commit is what waits for it.
fn keep(engine: &mut dyn Engine, alone: bool) -> Result<(), DbError> {
    if alone {
        Ok(())
    } else {
        engine.move_savepoint()
    }
}

/// Takes a unit's writes back, and nobody else's.
fn take_back(engine: &mut dyn Engine, alone: bool) -> Result<(), DbError> {
    if !alone {
        return engine.rollback_to_savepoint();
    }
    engine.rollback()?;
    engine.begin(Access::Write)
}

fn abandon(engine: &mut dyn Engine) {
    if let Err(error) = engine.rollback() {
        tracing::warn!(%error, "a transaction could not be rolled back");
    }
}

/// Tells every unit of a lost transaction that nothing of it was written.
fn fail_all(batch: Vec<Box<dyn WriteTask>>, error: DbError) {
    let batch = match <[Box<dyn WriteTask>; 1]>::try_from(batch) {
        Ok([task]) => return fail_lone(task, error),
        Err(batch) => batch,
    };
    tracing::error!(error = &error as &dyn std::error::Error, "a commit failed");
    for task in batch {
        let failure = match &error {
            DbError::Full => DbError::Full,
            DbError::Disk { source } => DbError::Disk {
                source: source.to_string().into(),
            },
            DbError::Gone | DbError::Open { .. } => DbError::Gone,
            other => DbError::Commit {
                source: other.to_string().into(),
            },
        };
        task.settle(Some(failure));
    }
}

/// The same for a unit that was alone: a statement it did not wait for may have been refused, and
/// the commit was the first to hear of it.
fn fail_lone(task: Box<dyn WriteTask>, error: DbError) {
    if !matches!(error, DbError::Taken { .. } | DbError::Dangling) {
        tracing::error!(error = &error as &dyn std::error::Error, "a commit failed");
    }
    task.settle(Some(match error {
        DbError::Open { .. } => DbError::Gone,
        other => other,
    }));
}

/// The readers' shared queue: whoever is free takes the next one.
pub(crate) type ReadQueue = Arc<parking_lot::Mutex<mpsc::Receiver<Box<dyn ReadTask>>>>;

/// Runs until the queue is closed and empty.
pub(crate) fn read_loop(engine: &mut dyn Engine, queue: &ReadQueue) {
    loop {
        let next = queue.lock().blocking_recv();
        let Some(task) = next else { return };
        if let Err(error) = begin(engine, Access::Read) {
            task.run(Err(error));
            continue;
        }
        task.run(Ok(engine.conn()));
        abandon(engine);
    }
}

/// How many units there are, as a metric has it; there are never more than fit.
fn units(batch: &[Box<dyn WriteTask>]) -> f64 {
    u32::try_from(batch.len()).map_or(f64::INFINITY, f64::from)
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures how long a unit takes, decides nothing"
)]
fn now() -> Instant {
    Instant::now()
}
