//! Work that is done again and again for as long as the server runs.

use futures_util::FutureExt;
use std::error::Error;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// A piece of work and how often it is done.
#[derive(Debug, Clone)]
pub struct Periodic {
    /// What the log calls it.
    pub name: &'static str,
    pub every: Duration,
    /// Ends it, between two turns.
    pub stop: CancellationToken,
}

impl Periodic {
    /// Does the work at once and then again and again. A turn that fails or panics is that
    /// turn's failure alone: the next one comes all the same.
    pub async fn run<F, W, E>(self, work: F)
    where
        F: FnMut() -> W,
        W: Future<Output = Result<(), E>>,
        E: Error + 'static,
    {
        self.run_woken(&Notify::new(), work).await;
    }

    /// The same, and at once when it is woken.
    pub async fn run_woken<F, W, E>(self, bell: &Notify, mut work: F)
    where
        F: FnMut() -> W,
        W: Future<Output = Result<(), E>>,
        E: Error + 'static,
    {
        let mut turns = interval(self.every);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = turns.tick() => {}
                () = bell.notified() => {}
                () = self.stop.cancelled() => return,
            }
            match AssertUnwindSafe(work()).catch_unwind().await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    let error = &error as &(dyn Error + 'static);
                    tracing::error!(work = self.name, error, "a turn of background work failed");
                }
                Err(_) => tracing::error!(work = self.name, "a turn of background work panicked"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test(start_paused = true)]
    async fn a_turn_that_fails_or_panics_does_not_end_the_work() {
        let stop = CancellationToken::new();
        let turns = Arc::new(AtomicU32::new(0));
        let (counted, stopper) = (Arc::clone(&turns), stop.clone());
        let work = Periodic {
            name: "test",
            every: Duration::from_secs(1),
            stop,
        };
        work.run(|| {
            let turn = counted.fetch_add(1, Ordering::SeqCst);
            let stopper = stopper.clone();
            async move {
                match turn {
                    0 => Err(std::io::Error::other("the first turn fails")),
                    1 => panic!("the second turn panics"),
                    2 => Ok(()),
                    _ => {
                        stopper.cancel();
                        Ok(())
                    }
                }
            }
        })
        .await;
        assert_eq!(turns.load(Ordering::SeqCst), 4);
    }

    #[tokio::test]
    async fn who_is_woken_does_not_wait_for_the_next_turn() {
        let (stop, bell) = (CancellationToken::new(), Notify::new());
        let work = Periodic {
            name: "test",
            every: Duration::from_secs(3600),
            stop: stop.clone(),
        };
        let mut turns = 0;
        work.run_woken(&bell, || {
            turns += 1;
            if turns < 3 {
                bell.notify_one();
            } else {
                stop.cancel();
            }
            async { Ok::<_, std::io::Error>(()) }
        })
        .await;
        assert_eq!(turns, 3);
    }
}
