mod memory;

use super::*;
use crate::job::{Job, NewJob, Turn};
use crate::outcome::Outcome;
use memory::{Memory, State};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::future::pending;

/// What the jobs of these tests did, in order.
type Diary = Arc<Mutex<Vec<String>>>;

#[derive(Debug, Serialize, Deserialize)]
enum Act {
    Write(String),
    Panic,
    Hang,
    /// Fails until this try.
    Until(u32),
}

impl Job<Diary> for Act {
    const NAME: &'static str = "act";
    const QUEUE: &'static str = "test";
    const TRIES: u32 = 3;
    const LIMIT: Duration = Duration::from_secs(10);

    async fn run(self, diary: Diary, turn: Turn) -> Outcome {
        match self {
            Self::Write(text) => diary.lock().push(text),
            Self::Panic => panic!("as the test wants it"),
            Self::Hang => pending::<()>().await,
            Self::Until(attempt) if turn.attempt < attempt => return Outcome::retry("not yet"),
            Self::Until(attempt) => diary.lock().push(format!("try {attempt}")),
        }
        Outcome::Done
    }
}

struct Works {
    queue: Arc<Memory>,
    diary: Diary,
    stop: CancellationToken,
}

impl Works {
    fn new() -> Self {
        Self {
            queue: Arc::default(),
            diary: Arc::default(),
            stop: CancellationToken::new(),
        }
    }

    fn add(&self, act: &Act) -> i64 {
        self.queue.add(&NewJob::of::<Diary, _>(None, act))
    }

    fn runner(&self) -> Runner<Memory, Diary> {
        Runner {
            queue: Arc::clone(&self.queue),
            registry: Arc::new(Registry::default().with::<Act>()),
            context: Arc::clone(&self.diary),
            lanes: vec![Lane {
                queue: "test",
                workers: 2,
                ahead: 2,
            }],
            is_open: |_, _| true,
            jitter: || 0.5,
            grace: Duration::from_secs(5),
            stop: self.stop.clone(),
        }
    }

    /// Runs jobs until this is so, then stops.
    async fn until(&self, so: impl Fn() -> bool) {
        let check = async {
            while !so() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            self.stop.cancel();
        };
        tokio::join!(self.runner().run(), check);
    }
}

#[tokio::test(start_paused = true)]
async fn jobs_run_and_a_bad_one_delays_none_of_the_others() {
    let works = Works::new();
    let poison = works.add(&Act::Panic);
    for n in 0..20 {
        works.add(&Act::Write(n.to_string()));
    }
    let dead = || works.queue.state(poison) == Some(State::Dead("it panicked".to_owned()));
    works.until(dead).await;
    assert_eq!(works.diary.lock().len(), 20);
    assert_eq!(works.queue.len(), 1, "only the dead letter is left");
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_tried_again_and_a_long_run_is_cut_off() {
    let works = Works::new();
    works.add(&Act::Until(3));
    let hung = works.add(&Act::Hang);
    let why = "it took longer than 10 s".to_owned();
    let dead = || works.queue.state(hung) == Some(State::Dead(why.clone()));
    works.until(dead).await;
    assert_eq!(*works.diary.lock(), ["try 3"]);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_becomes_a_dead_letter() {
    let works = Works::new();
    let mut unknown = NewJob::of::<Diary, _>(None, &Act::Hang);
    unknown.kind = "of another program";
    let unknown = works.queue.add(&unknown);
    let mut broken = NewJob::of::<Diary, _>(None, &Act::Hang);
    broken.payload = "{".to_owned();
    let broken = works.queue.add(&broken);
    let dead = |n| matches!(works.queue.state(n), Some(State::Dead(_)));
    works.until(|| dead(unknown) && dead(broken)).await;
}

#[tokio::test(start_paused = true)]
async fn a_stop_gives_back_what_was_not_begun_and_cuts_off_what_does_not_end() {
    let works = Works::new();
    let hanging = [works.add(&Act::Hang), works.add(&Act::Hang)];
    let waiting = works.add(&Act::Write("later".to_owned()));
    works
        .until(|| works.queue.state(waiting) == Some(State::Running))
        .await;
    assert_eq!(
        works.queue.state(waiting),
        Some(State::Ready(0)),
        "it did not count as a try"
    );
    for n in hanging {
        assert_eq!(
            works.queue.state(n),
            Some(State::Ready(1)),
            "it counts: it had begun"
        );
    }
    assert_eq!(works.queue.leases(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_jobs_of_a_node_that_is_gone_run_elsewhere_and_it_cannot_settle_them() {
    let works = Works::new();
    works.add(&Act::Write("once".to_owned()));
    let ticket = works.queue.claim_as_a_node_that_dies();
    let started = memory::moment();
    works.until(|| works.queue.len() == 0).await;
    assert!(started.elapsed() < Duration::from_secs(30));
    assert_eq!(*works.diary.lock(), ["once"]);
    let late = works
        .queue
        .settle(vec![(ticket, Settlement::Done)])
        .await
        .unwrap();
    assert_eq!(late, [ticket]);
}

#[tokio::test(start_paused = true)]
async fn a_queue_that_fails_for_a_while_loses_nothing() {
    let works = Works::new();
    works.add(&Act::Write("a".to_owned()));
    works.queue.fail_settling(2);
    works.until(|| works.queue.len() == 0).await;
    assert_eq!(
        *works.diary.lock(),
        ["a"],
        "it ran once and was settled later"
    );
}

#[tokio::test(start_paused = true)]
async fn a_unique_job_that_is_asked_for_while_it_runs_runs_once_more() {
    let works = Works::new();
    let job = NewJob::of::<Diary, _>(None, &Act::Write("x".to_owned())).unique("k");
    let first = works.queue.add(&job);
    assert_eq!(works.queue.add(&job), first);
    works.queue.ask_again_when_claimed(first);
    works.until(|| works.queue.len() == 0).await;
    assert_eq!(*works.diary.lock(), ["x", "x"]);
}
