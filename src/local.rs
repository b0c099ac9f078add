//! The local copy of the desk, on a thread of its own: nothing that reads or writes a file ever
//! makes a key wait, and what is looked at never waits behind a copy that is being filled.

mod answers;
mod deeds;
pub(crate) mod effects;
mod lanes;

pub(crate) use answers::{after, answer, older, thread, unknown_customer};

use frontdesk_store::Desk;
use frontdesk_store::desk::Rest;
use lanes::{Lane, Lanes, Next};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// After so much quiet the files are tidied, step by step.
const QUIET: Duration = Duration::from_secs(2);
const BETWEEN_STEPS: Duration = Duration::from_millis(20);

/// A way to the local copy. Work is done in the order in which it came, what is asked for
/// [`Local::behind`] after everything else.
#[derive(Debug, Clone)]
pub(crate) struct Local {
    lanes: Arc<Lanes>,
    /// How much the screen has asked for.
    asked: Arc<AtomicU64>,
}

/// The thread behind it, to be waited for at the end.
#[derive(Debug)]
pub(crate) struct Worker {
    lanes: Arc<Lanes>,
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
        let lanes = Arc::new(Lanes::default());
        let waiting = Arc::clone(&lanes);
        let thread = std::thread::Builder::new()
            .name("local".to_owned())
            .spawn(move || work(desk, &waiting))?;
        let worker = Worker {
            lanes: Arc::clone(&lanes),
            thread,
        };
        let asked = Arc::default();
        Ok((Self { lanes, asked }, worker))
    }

    /// Has something done for the screen. It waits only when thousands of things are waiting
    /// already.
    pub(crate) fn post(&self, work: impl FnOnce(&mut Desk) + Send + 'static) {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.lanes.add(Lane::Front, Box::new(work));
    }

    /// Has something done for the screen that nobody waits for, when nothing else is to be done.
    pub(crate) fn post_behind(&self, work: impl FnOnce(&mut Desk) + Send + 'static) {
        self.lanes.add(Lane::Behind, Box::new(work));
    }

    /// How much has been posted so far: who sees it grow knows that somebody is at the screen.
    pub(crate) fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Has something done and waits for what comes of it.
    ///
    /// # Errors
    /// When the thread has ended.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk) -> T + Send + 'static,
    ) -> Result<T, Closed> {
        self.done(Lane::Front, work).await
    }

    /// As [`Local::ask`], for what nobody looks at: it is done when nothing else is to be done.
    ///
    /// # Errors
    /// When the thread has ended.
    pub(crate) async fn behind<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk) -> T + Send + 'static,
    ) -> Result<T, Closed> {
        self.done(Lane::Behind, work).await
    }

    async fn done<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce(&mut Desk) -> T + Send + 'static,
    ) -> Result<T, Closed> {
        let (answer, answered) = oneshot::channel();
        let work = move |desk: &mut Desk| {
            // Whoever asked may have stopped waiting.
            drop(answer.send(work(desk)));
        };
        self.lanes.add(lane, Box::new(work));
        answered.await.map_err(|_| Closed)
    }
}

impl Worker {
    /// Waits until everything that was asked for is done. What is asked for later is not.
    pub(crate) fn join(self) {
        self.lanes.end();
        if self.thread.join().is_err() {
            tracing::error!("the thread of the local data panicked");
        }
    }
}

fn work(mut desk: Desk, waiting: &Lanes) {
    // Whatever ends the thread, nobody may go on waiting for it.
    let _end = End(waiting);
    loop {
        let next = match waiting.next_within(QUIET) {
            Next::Quiet => tidy(&mut desk, waiting),
            next => next,
        };
        match next {
            Next::Work(work) => work(&mut desk),
            Next::Quiet => {}
            Next::Over => return,
        }
    }
}

/// Lets go of whoever waits for the thread when it ends, also by a panic.
struct End<'a>(&'a Lanes);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Tidies step by step until somebody wants something; nothing when nobody ever will.
fn tidy(desk: &mut Desk, waiting: &Lanes) -> Next {
    loop {
        match desk.rest() {
            Ok(Rest::More) => {}
            Ok(Rest::Done) => return waiting.next(),
            Err(error) => {
                tracing::warn!(%error, "the local data could not be tidied");
                return waiting.next();
            }
        }
        match waiting.next_within(BETWEEN_STEPS) {
            Next::Quiet => {}
            next => return next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

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

    #[tokio::test]
    async fn what_is_looked_at_goes_before_what_fills_the_copy() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::open(folder.path()).unwrap().desk;
        let (local, worker) = Local::start(desk).unwrap();
        let order = Arc::new(parking_lot::Mutex::new(Vec::new()));
        let note = |what: &'static str| {
            let order = Arc::clone(&order);
            move |_: &mut Desk| order.lock().push(what)
        };
        let (begun, has_begun) = oneshot::channel();
        let (go_on, may_go_on) = std::sync::mpsc::sync_channel::<()>(1);
        // While this is done, the others come to wait.
        local.post(move |_| {
            begun.send(()).unwrap();
            may_go_on.recv().unwrap();
        });
        has_begun.await.unwrap();
        let filling = local.behind(note("fill"));
        let mut filling = std::pin::pin!(filling);
        assert!(futures_util::poll!(&mut filling).is_pending());
        local.post(note("look"));
        go_on.send(()).unwrap();
        filling.await.unwrap();
        assert_eq!(*order.lock(), ["look", "fill"]);
        worker.join();
        assert_eq!(local.ask(|_| ()).await, Err(Closed));
    }
}
