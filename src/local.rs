//! The local copy of the desk, on a thread of its own: nothing that reads or writes a file ever
//! makes a key wait.

mod answers;
pub(crate) mod effects;

pub(crate) use answers::{after, answer, older, thread};

use frontdesk_store::Desk;
use frontdesk_store::desk::Rest;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// How much work may wait. More than any hand can ask for.
const WAITING: usize = 4_096;

/// After so much quiet the files are tidied, step by step.
const QUIET: Duration = Duration::from_secs(2);
const BETWEEN_STEPS: Duration = Duration::from_millis(20);

/// Something for the thread.
enum Job {
    Work(Box<dyn FnOnce(&mut Desk) + Send>),
    /// Nothing comes after this.
    Stop,
}

/// A way to the local copy. Work is done in the order in which it came.
#[derive(Debug, Clone)]
pub(crate) struct Local {
    jobs: SyncSender<Job>,
}

/// The thread behind it, to be waited for at the end.
#[derive(Debug)]
pub(crate) struct Worker {
    jobs: SyncSender<Job>,
    thread: JoinHandle<()>,
}

/// The thread is gone, so that nothing more can be known or kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the local data is closed")]
pub(crate) struct Closed;

impl Local {
    /// Gives a desk its thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn start(desk: Desk) -> std::io::Result<(Self, Worker)> {
        let (jobs, waiting) = sync_channel::<Job>(WAITING);
        let thread = std::thread::Builder::new()
            .name("local".to_owned())
            .spawn(move || work(desk, &waiting))?;
        let worker = Worker {
            jobs: jobs.clone(),
            thread,
        };
        Ok((Self { jobs }, worker))
    }

    /// Has something done. It waits only when thousands of things are waiting already.
    pub(crate) fn post(&self, work: impl FnOnce(&mut Desk) + Send + 'static) {
        // The thread is there until the program ends; only a panic ends it early, and that has
        // been told already.
        drop(self.jobs.send(Job::Work(Box::new(work))));
    }

    /// Has something done and waits for what comes of it.
    ///
    /// # Errors
    /// When the thread has ended.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk) -> T + Send + 'static,
    ) -> Result<T, Closed> {
        let (answer, answered) = oneshot::channel();
        self.post(move |desk| {
            // Whoever asked may have stopped waiting.
            drop(answer.send(work(desk)));
        });
        answered.await.map_err(|_| Closed)
    }
}

impl Worker {
    /// Waits until everything that was asked for is done. What is asked for later is not.
    pub(crate) fn join(self) {
        // A thread that has ended needs no word.
        drop(self.jobs.send(Job::Stop));
        if self.thread.join().is_err() {
            tracing::error!("the thread of the local data panicked");
        }
    }
}

fn work(mut desk: Desk, waiting: &Receiver<Job>) {
    loop {
        let job = match waiting.recv_timeout(QUIET) {
            Ok(job) => job,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => match tidy(&mut desk, waiting) {
                Some(job) => job,
                None => return,
            },
        };
        match job {
            Job::Work(work) => work(&mut desk),
            Job::Stop => return,
        }
    }
}

/// Tidies step by step until somebody wants something; nothing when nobody ever will.
fn tidy(desk: &mut Desk, waiting: &Receiver<Job>) -> Option<Job> {
    loop {
        match desk.rest() {
            Ok(Rest::More) => {}
            Ok(Rest::Done) => return waiting.recv().ok(),
            Err(error) => {
                tracing::warn!(%error, "the local data could not be tidied");
                return waiting.recv().ok();
            }
        }
        match waiting.recv_timeout(BETWEEN_STEPS) {
            Ok(job) => return Some(job),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_was_asked_for_is_done_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(folder.path()).unwrap().desk;
        let (local, worker) = Local::start(desk).unwrap();
        let done = Arc::new(AtomicUsize::new(0));
        for _ in 0..100 {
            let done = Arc::clone(&done);
            local.post(move |_| {
                done.fetch_add(1, Ordering::SeqCst);
            });
        }
        // The handle is still there, as it is in a task that hangs.
        worker.join();
        assert_eq!(done.load(Ordering::SeqCst), 100);
        local.post(|_| panic!("nothing is done after the end"));
    }
}
