//! A change to many conversations, one after the other. Each conversation is a unit of its own, with
//! what became of it in the same commit: a run that was cut off goes on where it was, and does nothing
//! twice. Between two handfuls it rests as long as one took, so that others find the writer free.

use super::said;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::http::{RunBody, member};
use crate::telemetry::Stopwatch;
use crate::use_cases::bulk::{self, Kept, Wish};
use frontdesk_db::queries::{bulk_runs, users};
use frontdesk_domain::bulk::{Item, Run, Tally};
use frontdesk_domain::{AccountId, Actor, BulkOutcome, BulkRunId, BulkState, Refusal, Who};
use frontdesk_jobs::{Job, Outcome, Turn};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// So many conversations are changed between two rests.
const HANDFUL: i64 = 32;

/// A run whose turn it is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RunBulk {
    pub(crate) run: BulkRunId,
}

impl Job<App> for RunBulk {
    const NAME: &'static str = "bulk";
    const QUEUE: &'static str = "bulk";
    const LIMIT: Duration = Duration::from_secs(6 * 60 * 60);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(account) = turn.owner.map(AccountId) else {
            return Outcome::discard("the job belongs to nobody");
        };
        match carry_on(&app, account, self.run).await {
            Ok(Step::Done) => Outcome::Done,
            Ok(Step::Interrupted) => Outcome::Snooze(Duration::ZERO),
            Err(failure) => said(Err(failure)),
        }
    }
}

/// Whether a run came to its end.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Done,
    /// The server stops; the run goes on when it is back.
    Interrupted,
}

/// What is done to each conversation.
#[derive(Debug, Clone)]
enum Task {
    Change(Arc<Wish>),
    PutBack,
}

async fn carry_on(app: &App, account: AccountId, id: BulkRunId) -> Done<Step> {
    let loaded = app
        .db
        .read(move |conn| {
            let run = bulk_runs::by_id(conn, account, id)?;
            let Some(run) = run.filter(|run| !bulk::settled(run)) else {
                return Ok(None);
            };
            let user = users::by_id(conn, account, run.user_id)?;
            let actor = match user.filter(frontdesk_domain::account::User::is_active) {
                Some(user) => Some(scoped(member(conn, &user)?, &run)),
                None => None,
            };
            Ok::<_, Failure>(Some((run, actor)))
        })
        .await?;
    let Some((run, actor)) = loaded else {
        return Ok(Step::Done);
    };
    let asked = serde_json::from_str::<RunBody>(&run.asked.0).ok();
    let task = match run.undoes {
        Some(_) => Some(Task::PutBack),
        None => asked
            .as_ref()
            .and_then(|body| body.wish().ok())
            .map(|wish| Task::Change(Arc::new(wish))),
    };
    // Nobody is there any more on whose word it would be done, or the words are of another version.
    let (Some(actor), Some(task)) = (actor, task) else {
        return give_up(app, run).await;
    };
    let run = match run.state {
        BulkState::Choosing => write_down(app, &actor, run, asked).await?,
        _ => run,
    };
    work_through(app, &actor, run, &task).await
}

/// The user as far as the key goes that the user came with.
fn scoped(mut actor: Actor, run: &Run) -> Actor {
    if let Who::User(member) = &mut actor.who {
        member.scope = run.scope;
    }
    actor
}

async fn give_up(app: &App, run: Run) -> Done<Step> {
    app.db
        .write(run.account_id, move |unit| {
            bulk_runs::set_state(unit, &run, BulkState::Cancelled)?;
            bulk::told(unit, &Actor::system(run.account_id), run.id)
        })
        .await?;
    Ok(Step::Done)
}

/// Writes down which conversations it is about, anew where that was begun before.
async fn write_down(app: &App, actor: &Actor, run: Run, asked: Option<RunBody>) -> Done<Run> {
    let (account, id) = (run.account_id, run.id);
    app.db
        .write(account, move |unit| bulk_runs::clear(unit, account, id))
        .await?;
    match run.undoes {
        Some(undoes) => copy_done(app, account, id, undoes).await?,
        None => {
            let which = asked.and_then(|body| body.which().ok());
            let ids = match which {
                Some(which) => bulk::choose(app, actor, which).await?,
                None => Vec::new(),
            };
            let mut first = 1;
            for some in ids.chunks(bulk::AT_ONCE) {
                let some = some.to_vec();
                let count = i64::try_from(some.len()).unwrap_or(i64::MAX);
                app.db
                    .write(account, move |unit| {
                        bulk_runs::add(unit, account, id, first, &some)
                    })
                    .await?;
                first += count;
            }
        }
    }
    let actor = actor.clone();
    app.db
        .write(account, move |unit| {
            let tally = bulk_runs::tally(unit.conn(), account, id)?;
            bulk_runs::set_tally(unit, account, id, &tally)?;
            bulk_runs::set_state(unit, &run, BulkState::Running)?;
            bulk::told(unit, &actor, id)?;
            let run = bulk_runs::by_id(unit.conn(), account, id)?;
            Ok::<_, Failure>(run.ok_or(Refusal::NotFound)?)
        })
        .await
}

/// What another run did is what this one is about. The last is taken back first.
async fn copy_done(app: &App, account: AccountId, id: BulkRunId, undoes: BulkRunId) -> Done<()> {
    let step = i64::try_from(bulk::AT_ONCE).unwrap_or(i64::MAX);
    let last = app
        .db
        .read(move |conn| bulk_runs::last_place(conn, account, undoes))
        .await?;
    let mut first = 1;
    while first <= last {
        let places = first..=first + step - 1;
        app.db
            .write(account, move |unit| {
                bulk_runs::add_done_of(unit, account, id, undoes, places)
            })
            .await?;
        first += step;
    }
    Ok(())
}

async fn work_through(app: &App, actor: &Actor, run: Run, task: &Task) -> Done<Step> {
    let (account, id) = (run.account_id, run.id);
    let mut tally = app
        .db
        .read(move |conn| bulk_runs::tally(conn, account, id))
        .await?;
    loop {
        let began = Stopwatch::start();
        let some = app
            .db
            .read(move |conn| bulk_runs::waiting(conn, account, id, HANDFUL))
            .await?;
        if some.is_empty() {
            return finish(app, actor, run, tally).await;
        }
        let all = some.iter().map(|item| one(app, actor, id, item, task));
        for outcome in join_all(all).await {
            match outcome? {
                Some(outcome) => tally = tally.with(outcome, 1),
                None => return Ok(Step::Done),
            }
        }
        let teller = actor.clone();
        app.db
            .write(account, move |unit| {
                bulk_runs::set_tally(unit, account, id, &tally)?;
                bulk::told(unit, &teller, id)
            })
            .await?;
        tokio::select! {
            () = tokio::time::sleep(began.elapsed()) => {}
            () = app.tasks.stopping().cancelled_owned() => return Ok(Step::Interrupted),
        }
    }
}

async fn finish(app: &App, actor: &Actor, run: Run, tally: Tally) -> Done<Step> {
    let actor = actor.clone();
    app.db
        .write(run.account_id, move |unit| {
            bulk_runs::set_tally(unit, run.account_id, run.id, &tally)?;
            bulk_runs::set_state(unit, &run, BulkState::Done)?;
            bulk::told(unit, &actor, run.id)
        })
        .await?;
    Ok(Step::Done)
}

/// Does it to one conversation and notes what became of it; nothing where the run was called off. A
/// refusal takes back what was begun, and is noted by itself.
async fn one(
    app: &App,
    actor: &Actor,
    run: BulkRunId,
    item: &Item,
    task: &Task,
) -> Done<Option<BulkOutcome>> {
    let account = actor.account_id;
    let (actor, task, waiting) = (actor.clone(), task.clone(), item.clone());
    let done = app
        .db
        .write(account, move |unit| {
            let state = bulk_runs::by_id(unit.conn(), account, run)?.map(|run| run.state);
            if state != Some(BulkState::Running) {
                return Ok::<_, Failure>(None);
            }
            let id = waiting.conversation_id;
            let (outcome, kept) = match &task {
                Task::Change(wish) => {
                    let made = bulk::change(unit, &actor, id, wish)?;
                    (made.outcome, Some(made.kept.json()))
                }
                Task::PutBack => match waiting.kept.as_ref().and_then(Kept::parse) {
                    Some(kept) => (bulk::put_back(unit, &actor, id, &kept)?, None),
                    None => (BulkOutcome::Skipped, None),
                },
            };
            let item = Item {
                outcome,
                kept,
                ..waiting
            };
            bulk_runs::settle(unit, account, run, &item)?;
            Ok(Some(outcome))
        })
        .await;
    let refusal = match done {
        Err(Failure::Refused(refusal)) => refusal,
        done => return done,
    };
    let item = Item {
        outcome: BulkOutcome::Failed,
        reason: Some(refusal.to_string()),
        ..item.clone()
    };
    app.db
        .write(account, move |unit| {
            bulk_runs::settle(unit, account, run, &item)
        })
        .await?;
    Ok(Some(BulkOutcome::Failed))
}
