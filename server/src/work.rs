//! Work that follows from what was decided, and work by the clock, run as jobs. A job is a file; this
//! one holds the list of them.

mod act;
mod amend;
mod archive;
mod bulk;
mod call;
mod deliver;
mod embed;
mod events;
mod fetch_late;
mod numbers;
pub(crate) mod push;
mod read_knowledge;
mod remind;
mod renew;
mod reply;
mod schedule;
pub(crate) mod seat;
mod send_later;
mod sort;
mod suggest;
mod sweep;
mod take_in;
mod tidy;
mod unread;
pub(crate) mod webhook;

pub(crate) use act::job as act;
pub(crate) use amend::{Change, Whose, job as amend};
pub(crate) use bulk::RunBulk;
pub use deliver::{Deliverer, Deliverers, Handed, Outgoing, Repeated};
pub(crate) use events::begin_telling;
pub(crate) use fetch_late::job as fetch_late;

use crate::ai::Model;
use crate::app::App;
use crate::failure::Outcome as Done;
use frontdesk_db::JobQueue;
use frontdesk_db::queries::jobs;
use frontdesk_jobs::{Lane, Outcome, Registry, Runner};
use std::sync::Arc;

/// Every kind of job there is.
pub(crate) fn registry() -> Registry<App> {
    Registry::default()
        .with::<deliver::Deliver>()
        .with::<take_in::TakeIn>()
        .with::<fetch_late::FetchLate>()
        .with::<seat::TellSeat>()
        .with::<seat::RefreshSeat>()
        .with::<act::Act>()
        .with::<amend::Amend>()
        .with::<renew::RenewTokens>()
        .with::<renew::RenewToken>()
        .with::<webhook::Webhook>()
        .with::<push::Push>()
        .with::<tidy::Tidy>()
        .with::<archive::ArchiveStale>()
        .with::<read_knowledge::ReadKnowledge>()
        .with::<remind::Remind>()
        .with::<unread::FindUnread>()
        .with::<unread::MailUnread>()
        .with::<sweep::SweepFiles>()
        .with::<send_later::SendLater>()
        .with::<RunBulk>()
        .with::<sort::Sort>()
        .with::<suggest::Suggest>()
        .with::<reply::Reply>()
        .with::<embed::Embed>()
}

/// Workers of a queue that waits for others. A connection has at most four of them, and one once its
/// gate has found the other side out, so that many must hang before one more is held up.
const MANY: usize = 64;

/// The queues. Those that wait for others have many workers, so that a slow receiver holds up few.
const LANES: &[Lane] = &[
    Lane {
        queue: "deliver",
        workers: 16,
        ahead: 0,
    },
    Lane {
        queue: "lines",
        workers: MANY,
        ahead: 0,
    },
    Lane {
        queue: "seats",
        workers: MANY,
        ahead: 0,
    },
    Lane {
        queue: "acts",
        workers: MANY,
        ahead: 0,
    },
    Lane {
        queue: "amend",
        workers: MANY,
        ahead: 0,
    },
    Lane {
        queue: "take_in",
        workers: MANY,
        ahead: 0,
    },
    Lane {
        queue: "fetch_late",
        workers: MANY,
        ahead: 0,
    },
    Lane {
        queue: "renew",
        workers: 4,
        ahead: 0,
    },
    Lane {
        queue: "webhooks",
        workers: 32,
        ahead: 0,
    },
    Lane {
        queue: "push",
        workers: 8,
        ahead: 8,
    },
    Lane {
        queue: "bulk",
        workers: 2,
        ahead: 0,
    },
    Lane {
        queue: "reply",
        workers: 16,
        ahead: 0,
    },
    Lane {
        queue: "suggest",
        workers: 8,
        ahead: 0,
    },
    Lane {
        queue: "embed",
        workers: 1,
        ahead: 0,
    },
    Lane {
        queue: "house",
        workers: 2,
        ahead: 0,
    },
];

/// The queues, with as many workers as the configuration gives them.
fn lanes(app: &App) -> Vec<Lane> {
    let of = |lane: &Lane| match lane.queue {
        jobs::SUGGEST => Lane {
            workers: app.config.ai.at_once,
            ..*lane
        },
        _ => *lane,
    };
    LANES.iter().map(of).collect()
}

/// Whether jobs of a queue may be begun: drafts wait while the model's service is down, and so does what
/// is asked about knowledge.
fn is_open(app: &App, queue: &str) -> bool {
    let asks = [jobs::SUGGEST, jobs::EMBED].contains(&queue);
    !asks || !app.model.as_ref().is_some_and(Model::rests)
}

/// The names of the queues.
pub(crate) fn queues() -> impl Iterator<Item = &'static str> {
    LANES.iter().map(|lane| lane.queue)
}

/// Starts all work.
pub(crate) fn start(app: &App) {
    let runner = Runner {
        queue: Arc::new(JobQueue::new(app.db.clone())),
        registry: Arc::new(registry()),
        context: app.clone(),
        lanes: lanes(app),
        is_open,
        jitter: chance,
        grace: app.config.grace / 2,
        stop: app.tasks.stopping(),
    };
    app.tasks.spawn("jobs", runner.run());
    schedule::start(app);
    numbers::start(app);
    events::start(app);
}

/// A number from 0 to 1 that nobody can foresee.
pub(crate) fn chance() -> f64 {
    f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX)
}

/// What a job says whose work is done or failed as a whole.
fn said(result: Done<()>) -> Outcome {
    match result {
        Ok(()) => Outcome::Done,
        Err(failure) => Outcome::retry(failure.to_string()),
    }
}
