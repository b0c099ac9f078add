//! Who is busy, what waits for a worker, and how much to ask for. Pure bookkeeping.

use super::Ask;
use crate::outcome::Settlement;
use crate::queue::{Claimed, Ticket};
use std::collections::VecDeque;

/// A queue to work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lane {
    pub queue: &'static str,
    /// How many of its jobs run at once.
    pub workers: usize,
    /// How many are claimed beyond those, so that short jobs need not wait for the database one
    /// by one. None where jobs are long: another node could begin them at once.
    pub ahead: usize,
}

/// All lanes of a runner.
#[derive(Debug)]
pub(super) struct Bench(Vec<Place>);

#[derive(Debug)]
struct Place {
    lane: Lane,
    waiting: VecDeque<Claimed>,
    busy: usize,
    /// How many were asked for and have not come yet.
    asked: usize,
    /// Whether there may be more to claim.
    hungry: bool,
}

impl Place {
    fn room(&self) -> usize {
        let held = self.waiting.len() + self.busy + self.asked;
        (self.lane.workers + self.lane.ahead).saturating_sub(held)
    }

    /// Asking for few at a time costs as much as asking for many, so a lane that is well supplied
    /// does not ask yet.
    fn wants(&self) -> bool {
        let supplied = self.waiting.len() > self.lane.ahead / 2;
        self.hungry && self.room() > 0 && !supplied
    }
}

impl Bench {
    pub(super) fn new(lanes: &[Lane]) -> Self {
        let place = |lane: &Lane| Place {
            lane: *lane,
            waiting: VecDeque::new(),
            busy: 0,
            asked: 0,
            hungry: true,
        };
        Self(lanes.iter().map(place).collect())
    }

    /// There may be something for any lane.
    pub(super) fn hunger(&mut self) {
        for place in &mut self.0 {
            place.hungry = true;
        }
    }

    /// What to ask the queues that are open for now.
    pub(super) fn asks(&self, is_open: impl Fn(&str) -> bool) -> Vec<Ask> {
        let ask = |place: &Place| Ask {
            queue: place.lane.queue,
            most: place.room(),
        };
        self.0
            .iter()
            .filter(|place| place.wants() && is_open(place.lane.queue))
            .map(ask)
            .collect()
    }

    /// It was asked for. Who is nudged from now on is hungry again: the answer may not know yet.
    pub(super) fn asked(&mut self, asks: &[Ask]) {
        for ask in asks {
            if let Some(place) = self.place(ask.queue) {
                place.asked = ask.most;
                place.hungry = false;
            }
        }
    }

    /// The answer to all that was asked for. A lane that got all it wanted may find more.
    pub(super) fn came(&mut self, jobs: Vec<Claimed>) {
        for job in jobs {
            if let Some(place) = self.place(&job.queue) {
                place.asked = place.asked.saturating_sub(1);
                place.hungry |= place.asked == 0;
                place.waiting.push_back(job);
            }
        }
        for place in &mut self.0 {
            place.asked = 0;
        }
    }

    /// The next job for which there is a worker.
    pub(super) fn next(&mut self) -> Option<Claimed> {
        for place in &mut self.0 {
            if place.busy < place.lane.workers
                && let Some(job) = place.waiting.pop_front()
            {
                place.busy += 1;
                return Some(job);
            }
        }
        None
    }

    /// A worker of this queue has ended its job.
    pub(super) fn free(&mut self, queue: &str) {
        if let Some(place) = self.place(queue) {
            place.busy = place.busy.saturating_sub(1);
        }
    }

    /// All that waits, to be given back.
    pub(super) fn give_back(&mut self) -> Vec<(Ticket, Settlement)> {
        let waiting = self.0.iter_mut().flat_map(|place| place.waiting.drain(..));
        waiting
            .map(|job| (job.ticket, Settlement::released()))
            .collect()
    }

    fn place(&mut self, queue: &str) -> Option<&mut Place> {
        self.0.iter_mut().find(|place| place.lane.queue == queue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::{JobId, Lease};
    use uuid::Uuid;

    const QUICK: Lane = Lane {
        queue: "quick",
        workers: 2,
        ahead: 8,
    };
    const SLOW: Lane = Lane {
        queue: "slow",
        workers: 1,
        ahead: 0,
    };

    fn jobs(queue: &str, count: i64) -> Vec<Claimed> {
        let job = |n| Claimed {
            ticket: Ticket {
                job: JobId(n),
                lease: Lease(Uuid::nil()),
            },
            queue: queue.to_owned(),
            kind: "test".to_owned(),
            owner: None,
            payload: String::new(),
            attempt: 1,
        };
        (1..=count).map(job).collect()
    }

    fn asks(bench: &Bench) -> Vec<(&'static str, usize)> {
        bench
            .asks(|_| true)
            .iter()
            .map(|ask| (ask.queue, ask.most))
            .collect()
    }

    #[test]
    fn a_lane_asks_for_what_it_has_room_for_and_begins_what_it_has_workers_for() {
        let mut bench = Bench::new(&[QUICK, SLOW]);
        assert_eq!(asks(&bench), [("quick", 10), ("slow", 1)]);
        bench.asked(&bench.asks(|_| true));
        assert!(asks(&bench).is_empty(), "the answer is on its way");
        bench.came(jobs("quick", 10));
        let begun: Vec<_> = std::iter::from_fn(|| bench.next()).collect();
        assert_eq!(begun.len(), 2);
        assert!(asks(&bench).is_empty(), "well supplied");
        for _ in 0..4 {
            bench.free("quick");
            bench.next();
        }
        assert_eq!(asks(&bench), [("quick", 4)]);
    }

    #[test]
    fn a_lane_that_got_less_than_it_wanted_waits_for_a_nudge() {
        let mut bench = Bench::new(&[QUICK]);
        bench.asked(&bench.asks(|_| true));
        bench.came(jobs("quick", 1));
        assert!(asks(&bench).is_empty());
        bench.hunger();
        assert_eq!(asks(&bench), [("quick", 9)]);
    }

    #[test]
    fn a_nudge_while_the_answer_is_on_its_way_is_not_forgotten() {
        let mut bench = Bench::new(&[SLOW]);
        bench.asked(&bench.asks(|_| true));
        bench.hunger();
        bench.came(Vec::new());
        assert_eq!(asks(&bench), [("slow", 1)]);
    }

    #[test]
    fn a_busy_lane_asks_for_nothing_and_what_waits_can_be_given_back() {
        let mut bench = Bench::new(&[SLOW, QUICK]);
        bench.asked(&bench.asks(|_| true));
        bench.came([jobs("slow", 1), jobs("quick", 3)].concat());
        while bench.next().is_some() {}
        bench.hunger();
        assert_eq!(asks(&bench), [("quick", 7)]);
        let back = bench.give_back();
        assert_eq!(back.len(), 1);
        assert_eq!(back[0].1, Settlement::released());
    }
}
