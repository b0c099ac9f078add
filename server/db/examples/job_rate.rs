//! How many small jobs a second the queue runs, and how long an idle one takes to begin:
//!
//!     job_rate sqlite:/tmp/jobs.sqlite3 50000 4
//!     job_rate postgres://user@host/empty 50000 4
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement reads the clock and prints"
)]

use frontdesk_db::queries::jobs;
use frontdesk_db::{Db, DbError, JobQueue, Place, SystemClock};
use frontdesk_jobs::{Job, Lane, NewJob, Outcome, Registry, Runner, Turn};
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Jobs that are put in by one unit.
const TOGETHER: usize = 500;

/// Idle jobs that are timed.
const TIMED: usize = 500;

/// What has run.
#[derive(Clone, Default)]
struct Ran {
    count: Arc<AtomicUsize>,
    one_more: Arc<Notify>,
}

#[derive(Serialize, Deserialize)]
struct Small {}

impl Job<Ran> for Small {
    const NAME: &'static str = "small";
    const QUEUE: &'static str = "small";

    async fn run(self, ran: Ran, _: Turn) -> Outcome {
        ran.count.fetch_add(1, Ordering::SeqCst);
        ran.one_more.notify_one();
        Outcome::Done
    }
}

impl Ran {
    async fn reaches(&self, count: usize) {
        while self.count.load(Ordering::SeqCst) < count {
            self.one_more.notified().await;
        }
    }
}

async fn put(db: &Db, count: usize) -> Result<(), DbError> {
    db.write_global(move |unit| {
        let job = NewJob::of::<Ran, _>(None, &Small {});
        (0..count).try_for_each(|_| jobs::enqueue(unit, &job))
    })
    .await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [place, count, workers] = arguments.as_slice() else {
        return Err("give a database, a number of jobs and a number of workers".into());
    };
    let (count, workers): (usize, usize) = (count.parse()?, workers.parse()?);
    let place = match place.strip_prefix("sqlite:") {
        Some(file) => Place::Sqlite(file.into()),
        None => Place::Postgres {
            url: place.clone(),
            writers: 2,
            readers: 2,
        },
    };
    let db = Db::open(&place, Arc::new(SystemClock))?;
    for _ in 0..count.div_ceil(TOGETHER) {
        put(&db, TOGETHER).await?;
    }
    let (ran, stop) = (Ran::default(), CancellationToken::new());
    let runner = Runner {
        queue: Arc::new(JobQueue::new(db.clone())),
        registry: Arc::new(Registry::default().with::<Small>()),
        context: ran.clone(),
        lanes: vec![Lane {
            queue: "small",
            workers,
            ahead: 256,
        }],
        is_open: |_, _| true,
        jitter: || 0.5,
        grace: Duration::from_secs(5),
        stop: stop.clone(),
    };
    let started = Instant::now();
    let watch = async {
        let all = count.div_ceil(TOGETHER) * TOGETHER;
        ran.reaches(all).await;
        let took = started.elapsed().as_secs_f64();
        println!("{all} jobs in {took:.2} s: {:.0}/s", all as f64 / took);
        let mut waits = Vec::new();
        for n in 1..=TIMED {
            tokio::time::sleep(Duration::from_millis(5)).await;
            let begun = Instant::now();
            put(&db, 1).await?;
            ran.reaches(all + n).await;
            waits.push(begun.elapsed());
        }
        waits.sort_unstable();
        let (half, most) = (waits[TIMED / 2], waits[TIMED * 99 / 100]);
        println!("from enqueueing to the run: p50 {half:.2?}, p99 {most:.2?}");
        stop.cancel();
        Ok::<_, DbError>(())
    };
    let (watched, ()) = tokio::join!(watch, runner.run());
    Ok(watched?)
}
