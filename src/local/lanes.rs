//! What waits for the thread of the local copy. What somebody looks at goes before what only
//! keeps the copy complete, however much of that there is.

use frontdesk_store::Desk;
use parking_lot::{Condvar, Mutex, MutexGuard};
use std::collections::VecDeque;
use std::time::Duration;

/// How much work may wait in a lane. More than any hand can ask for.
const WAITING: usize = 4_096;

/// Something to be done with the desk.
pub(super) type Work = Box<dyn FnOnce(&mut Desk) + Send>;

/// Who waits for the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// The screen, or something that goes to the server now.
    Front,
    /// Nobody in particular: the copy is to become complete.
    Behind,
}

/// What the thread is told.
pub(super) enum Next {
    Work(Work),
    /// Nothing came in time.
    Quiet,
    /// Nothing will ever come.
    Over,
}

/// Both lanes.
#[derive(Default)]
pub(super) struct Lanes {
    waiting: Mutex<Waiting>,
    work: Condvar,
    room: Condvar,
}

#[derive(Default)]
struct Waiting {
    front: VecDeque<Work>,
    behind: VecDeque<Work>,
    is_over: bool,
}

impl Waiting {
    fn lane(&mut self, lane: Lane) -> &mut VecDeque<Work> {
        match lane {
            Lane::Front => &mut self.front,
            Lane::Behind => &mut self.behind,
        }
    }

    fn next(&mut self) -> Option<Next> {
        match self.front.pop_front().or_else(|| self.behind.pop_front()) {
            Some(work) => Some(Next::Work(work)),
            None if self.is_over => Some(Next::Over),
            None => None,
        }
    }
}

impl Lanes {
    /// Adds work to a lane; waits while thousands of things wait there. After the end nothing is
    /// taken any more.
    pub(super) fn add(&self, lane: Lane, work: Work) {
        let mut waiting = self.waiting.lock();
        while waiting.lane(lane).len() >= WAITING && !waiting.is_over {
            self.room.wait(&mut waiting);
        }
        if !waiting.is_over {
            waiting.lane(lane).push_back(work);
            self.work.notify_one();
        }
    }

    /// Nothing comes after what waits already.
    pub(super) fn end(&self) {
        self.waiting.lock().is_over = true;
        self.work.notify_one();
        self.room.notify_all();
    }

    /// The thread is gone: what waits is never done, and whoever waits for it is told so.
    pub(super) fn close(&self) {
        let mut waiting = self.waiting.lock();
        waiting.is_over = true;
        let left = (
            std::mem::take(&mut waiting.front),
            std::mem::take(&mut waiting.behind),
        );
        drop(waiting);
        self.room.notify_all();
        drop(left);
    }

    /// The next thing to do, however long it takes to come.
    pub(super) fn next(&self) -> Next {
        let mut waiting = self.waiting.lock();
        loop {
            if let Some(next) = self.take(&mut waiting) {
                return next;
            }
            self.work.wait(&mut waiting);
        }
    }

    /// The next thing to do, if it comes in time.
    pub(super) fn next_within(&self, patience: Duration) -> Next {
        let mut waiting = self.waiting.lock();
        if let Some(next) = self.take(&mut waiting) {
            return next;
        }
        self.work.wait_for(&mut waiting, patience);
        self.take(&mut waiting).unwrap_or(Next::Quiet)
    }

    fn take(&self, waiting: &mut MutexGuard<'_, Waiting>) -> Option<Next> {
        let next = waiting.next();
        if matches!(next, Some(Next::Work(_))) {
            self.room.notify_one();
        }
        next
    }
}

impl std::fmt::Debug for Lanes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lanes(..)")
    }
}
