//! The runner on the real queue.

use crate::bed::on_each_engine;
use crate::jobs::count;
use frontdesk_db::queries::jobs;
use frontdesk_db::{Db, DbError, JobQueue, Place};
use frontdesk_jobs::{Job, Lane, NewJob, Outcome, Registry, Runner, Turn};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many times each job ran.
#[derive(Clone)]
struct Tally(Arc<Vec<AtomicU32>>);

/// Counts itself, or panics where it is the poison.
#[derive(Serialize, Deserialize)]
struct Tick {
    number: usize,
    poison: bool,
}

impl Job<Tally> for Tick {
    const NAME: &'static str = "tick";
    const QUEUE: &'static str = "test";

    async fn run(self, tally: Tally, _: Turn) -> Outcome {
        assert!(!self.poison, "as the test wants it");
        tally.0[self.number].fetch_add(1, Ordering::SeqCst);
        Outcome::Done
    }
}

async fn fill(db: &Db, number: usize, poison: usize) {
    let work = move |unit: &mut frontdesk_db::Unit<'_>| {
        (0..number).try_for_each(|number| {
            let tick = Tick {
                number,
                poison: number == poison,
            };
            jobs::enqueue(unit, &NewJob::of::<Tally, _>(None, &tick))
        })
    };
    db.write_global(work)
        .await
        .map_err(|error: DbError| error)
        .unwrap();
}

fn runner(db: &Db, tally: &Tally, stop: &CancellationToken) -> Runner<JobQueue, Tally> {
    Runner {
        queue: Arc::new(JobQueue::new(db.clone())),
        registry: Arc::new(Registry::default().with::<Tick>()),
        context: tally.clone(),
        lanes: vec![Lane {
            queue: "test",
            workers: 4,
            ahead: 32,
        }],
        is_open: |_, _| true,
        jitter: || 0.5,
        grace: Duration::from_secs(5),
        stop: stop.clone(),
    }
}

#[test]
fn a_thousand_jobs_run_once_each_and_the_poisoned_one_delays_none() {
    on_each_engine(|bed| async move {
        let tally = Tally(Arc::new((0..1000).map(|_| AtomicU32::new(0)).collect()));
        fill(&bed.db, 1000, 0).await;
        let stop = CancellationToken::new();
        // Two nodes share the work, where there can be two.
        let nodes = match bed.place {
            Place::Sqlite(_) => 1,
            Place::Postgres { .. } => 2,
        };
        let nodes = (0..nodes).map(|_| runner(&bed.db, &tally, &stop).run());
        let watch = async {
            // The poison waits for its next try, which the clock of the test never brings.
            while count(&bed.db).await > 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            stop.cancel();
        };
        tokio::join!(futures_util::future::join_all(nodes), watch);
        let runs: Vec<u32> = tally
            .0
            .iter()
            .map(|runs| runs.load(Ordering::SeqCst))
            .collect();
        assert_eq!(runs[0], 0);
        assert!(runs[1..].iter().all(|runs| *runs == 1));
    });
}
