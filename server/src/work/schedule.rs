//! What is done by the clock. Time is cut into slots; whichever server comes first puts a slot's job
//! into the queue, in the unit that takes the slot. A server that was down does the newest slot, not
//! all that it missed: each of these jobs does whatever is due by now.

use super::archive::ArchiveStale;
use super::read_knowledge::ReadKnowledge;
use super::remind::Remind;
use super::renew::RenewTokens;
use super::send_later::SendLater;
use super::sweep::SweepFiles;
use super::tidy::Tidy;
use super::unread::FindUnread;
use crate::app::App;
use frontdesk_db::queries::{job_slots, jobs};
use frontdesk_db::{DbError, Unit};
use frontdesk_jobs::{NewJob, Periodic, slot};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked whether a new slot has begun.
const LOOK: Duration = Duration::from_secs(1);

/// Clocks of servers may be this far apart. A slot taken further ahead was taken by a wrong clock.
const APART: Duration = Duration::from_secs(600);

/// A line of the timetable.
struct Line {
    name: &'static str,
    every: Duration,
    job: fn() -> NewJob,
}

const MINUTE: u64 = 60;

/// The timetable.
const LINES: [Line; 8] = [
    Line {
        name: "send_later",
        every: Duration::from_secs(10),
        job: || NewJob::of(None, &SendLater {}),
    },
    Line {
        name: "remind",
        every: Duration::from_secs(MINUTE),
        job: || NewJob::of(None, &Remind {}),
    },
    Line {
        name: "find_unread",
        every: Duration::from_secs(MINUTE),
        job: || NewJob::of(None, &FindUnread {}),
    },
    Line {
        name: "renew_tokens",
        every: Duration::from_secs(5 * MINUTE),
        job: || NewJob::of(None, &RenewTokens {}),
    },
    Line {
        name: "tidy",
        every: Duration::from_secs(10 * MINUTE),
        job: || NewJob::of(None, &Tidy {}),
    },
    Line {
        name: "archive",
        every: Duration::from_secs(60 * MINUTE),
        job: || NewJob::of(None, &ArchiveStale {}),
    },
    Line {
        name: "sweep_files",
        every: Duration::from_secs(60 * MINUTE),
        job: || NewJob::of(None, &SweepFiles {}),
    },
    Line {
        name: "read_knowledge",
        every: Duration::from_secs(60 * MINUTE),
        job: || NewJob::of(None, &ReadKnowledge {}),
    },
];

/// The slots this server has seen, so that it asks the database once for each.
type Seen = Arc<Mutex<[Option<i64>; LINES.len()]>>;

pub(super) fn start(app: &App) {
    let looking = Periodic {
        name: "schedule",
        every: LOOK,
        stop: app.tasks.stopping(),
    };
    let (app, seen) = (app.clone(), Seen::default());
    app.tasks.clone().spawn("schedule", async move {
        looking.run(|| look(&app, &seen)).await;
    });
}

async fn look(app: &App, seen: &Seen) -> Result<(), DbError> {
    let now = app.db.now();
    for (index, line) in LINES.iter().enumerate() {
        let slot = slot(now.0, line.every);
        if seen.lock()[index] == Some(slot) {
            continue;
        }
        app.db
            .write_global(move |unit| take(unit, &LINES[index], slot))
            .await?;
        seen.lock()[index] = Some(slot);
    }
    Ok(())
}

fn take(unit: &mut Unit<'_>, line: &Line, slot: i64) -> Result<(), DbError> {
    let ahead = APART.as_secs() / line.every.as_secs().max(1);
    let ahead = i64::try_from(ahead.max(1)).unwrap_or(i64::MAX);
    if job_slots::take(unit, line.name, slot, ahead)? {
        jobs::enqueue(unit, &(line.job)().unique(line.name))?;
    }
    Ok(())
}
