//! The runner: claims, runs and settles until it is stopped.

mod bench;
mod keep;
mod one;

use crate::backoff::Jitter;
use crate::outcome::Settlement;
use crate::queue::{Ask, Claimed, Queue, Ticket};
use crate::registry::Registry;
use bench::Bench;
use futures_util::future::BoxFuture;
use one::Finished;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;

pub use bench::Lane;

/// How often a runner looks by itself for what is due.
const LOOK: Duration = Duration::from_secs(1);

/// Jobs settled in one group.
const GROUP: usize = 256;

/// What runs jobs.
#[derive(Debug)]
pub struct Runner<Q, C> {
    pub queue: Arc<Q>,
    pub registry: Arc<Registry<C>>,
    /// What every job gets.
    pub context: C,
    /// The queues to work on.
    pub lanes: Vec<Lane>,
    /// Whether jobs of a queue may be begun now. Those of a closed one stay where they are, in order.
    pub is_open: fn(&C, &str) -> bool,
    pub jitter: Jitter,
    /// How long jobs that run may go on when it is told to stop. What is cut off then runs again
    /// elsewhere or later.
    pub grace: Duration,
    pub stop: CancellationToken,
}

impl<Q: Queue, C: Clone + Send + 'static> Runner<Q, C> {
    /// Works until it is stopped. Then it claims nothing more, gives back what it has not begun,
    /// and finishes what it has.
    pub async fn run(self) {
        let queue = Arc::clone(&self.queue);
        if !keep::begin(&*queue, &self.stop).await {
            return;
        }
        let stop = self.stop.clone();
        let grace = self.grace;
        let mut floor = Floor::new(self);
        tokio::join!(keep::keep(&*queue, &stop), floor.work(&stop));
        floor.close(grace).await;
        if let Err(error) = queue.leave().await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(
                error,
                "the lease on jobs could not be given back; it runs out"
            );
        }
    }
}

type Answer<Q, T> = BoxFuture<'static, Result<T, <Q as Queue>::Error>>;

/// What is going on.
struct Floor<Q: Queue, C> {
    runner: Runner<Q, C>,
    bench: Bench,
    running: JoinSet<Finished>,
    finished: Vec<(Ticket, Settlement)>,
    claiming: Option<Answer<Q, Vec<Claimed>>>,
    settling: Option<Answer<Q, Vec<Ticket>>>,
    /// What is being settled, for another go should it fail.
    group: Vec<(Ticket, Settlement)>,
    /// The last group could not be settled; the next look tries again.
    stuck: bool,
    look: Interval,
}

impl<Q: Queue, C: Clone + Send + 'static> Floor<Q, C> {
    fn new(runner: Runner<Q, C>) -> Self {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            bench: Bench::new(&runner.lanes),
            runner,
            running: JoinSet::new(),
            finished: Vec::new(),
            claiming: None,
            settling: None,
            group: Vec::new(),
            stuck: false,
            look,
        }
    }

    async fn work(&mut self, stop: &CancellationToken) {
        let queue = Arc::clone(&self.runner.queue);
        while !stop.is_cancelled() {
            self.begin();
            self.settle();
            self.claim();
            tokio::select! {
                () = stop.cancelled() => {}
                Some(done) = self.running.join_next() => self.took(done),
                answer = on(&mut self.claiming) => self.claimed(answer),
                answer = on(&mut self.settling) => self.settled(answer),
                () = queue.nudged() => self.bench.hunger(),
                _ = self.look.tick() => {
                    self.stuck = false;
                    self.bench.hunger();
                }
            }
        }
    }

    /// Begins jobs for which there is a worker.
    fn begin(&mut self) {
        while let Some(claimed) = self.bench.next() {
            let run = one::run(
                Arc::clone(&self.runner.registry),
                self.runner.context.clone(),
                self.runner.jitter,
                claimed,
            );
            self.running.spawn(run);
        }
    }

    /// Takes in a job that ended, and whatever else has.
    fn took(&mut self, done: Result<Finished, tokio::task::JoinError>) {
        let mut next = Some(done);
        while let Some(done) = next {
            // A job's panic is caught inside; only a task that was aborted comes back as an error.
            if let Ok(Finished { queue, settled }) = done {
                self.bench.free(&queue);
                self.finished.push(settled);
            }
            next = self.running.try_join_next();
        }
    }

    fn claim(&mut self) {
        if self.claiming.is_some() || self.stuck {
            return;
        }
        let (context, is_open) = (&self.runner.context, self.runner.is_open);
        let asks = self.bench.asks(|queue| is_open(context, queue));
        if !asks.is_empty() {
            let queue = Arc::clone(&self.runner.queue);
            self.bench.asked(&asks);
            self.claiming = Some(Box::pin(async move { queue.claim(asks).await }));
        }
    }

    fn claimed(&mut self, answer: Result<Vec<Claimed>, Q::Error>) {
        match answer {
            Ok(jobs) => self.bench.came(jobs),
            Err(error) => {
                self.bench.came(Vec::new());
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "jobs cannot be claimed");
            }
        }
    }

    fn settle(&mut self) {
        if self.settling.is_some() || self.stuck || self.finished.is_empty() {
            return;
        }
        let rest = self.finished.split_off(self.finished.len().min(GROUP));
        self.group = std::mem::replace(&mut self.finished, rest);
        let (queue, group) = (Arc::clone(&self.runner.queue), self.group.clone());
        self.settling = Some(Box::pin(async move { queue.settle(group).await }));
    }

    fn settled(&mut self, answer: Result<Vec<Ticket>, Q::Error>) {
        let mut group = std::mem::take(&mut self.group);
        match answer {
            Ok(lost) => {
                metrics::counter!("frontdesk_jobs_lost_total").increment(lost.len() as u64);
                for ticket in lost {
                    tracing::warn!(job = %ticket.job, "a job was no longer ours to settle");
                }
            }
            Err(error) => {
                self.stuck = true;
                group.append(&mut self.finished);
                self.finished = group;
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "jobs cannot be settled yet");
            }
        }
    }

    /// Ends in order: what waits goes back, what runs is finished, both are settled.
    async fn close(&mut self, grace: Duration) {
        if let Some(claiming) = self.claiming.take() {
            let answer = claiming.await;
            self.claimed(answer);
        }
        self.finished.extend(self.bench.give_back());
        let finish = async {
            while let Some(done) = self.running.join_next().await {
                self.took(done);
            }
        };
        if timeout(grace, finish).await.is_err() {
            tracing::warn!(count = self.running.len(), "jobs were cut off");
            self.running.shutdown().await;
        }
        if let Some(settling) = self.settling.take() {
            let answer = settling.await;
            self.settled(answer);
        }
        self.stuck = false;
        while !self.stuck && !self.finished.is_empty() {
            self.settle();
            if let Some(settling) = self.settling.take() {
                let answer = settling.await;
                self.settled(answer);
            }
        }
    }
}

/// Waits for an answer that is on its way; for ever, where none is.
async fn on<T>(waiting: &mut Option<BoxFuture<'static, T>>) -> T {
    let answer = match waiting.as_mut() {
        Some(answer) => answer.await,
        None => std::future::pending().await,
    };
    *waiting = None;
    answer
}

#[cfg(test)]
mod tests;
