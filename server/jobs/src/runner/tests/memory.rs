//! A queue in memory, for tests of the runner alone. The real one is tested in `server/db`.

use crate::job::NewJob;
use crate::outcome::{Counted, Settlement};
use crate::queue::{Ask, Beat, Claimed, JobId, Lease, Queue, Ticket};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use tokio::sync::Notify;
use tokio::time::Instant;
use uuid::Uuid;

const OWN: Lease = Lease(Uuid::from_u128(1));
const GONE: Lease = Lease(Uuid::from_u128(2));

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// Ready, after so many tries.
    Ready(u32),
    Running,
    Dead(String),
}

#[derive(Debug)]
struct Row {
    queue: &'static str,
    kind: &'static str,
    key: Option<String>,
    payload: String,
    attempt: u32,
    due: Instant,
    held: Option<Lease>,
    dead: Option<String>,
    again: bool,
    again_when_claimed: bool,
}

#[derive(Debug, Default)]
struct Table {
    next: i64,
    rows: BTreeMap<i64, Row>,
    beats: BTreeMap<Lease, i64>,
    settle_failures: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Memory {
    table: Mutex<Table>,
    nudge: Notify,
}

impl Memory {
    pub(crate) fn add(&self, job: &NewJob) -> i64 {
        let mut table = self.table.lock();
        let same = |row: &Row| job.key.is_some() && row.key == job.key && row.kind == job.kind;
        if let Some((n, row)) = table.rows.iter_mut().find(|(_, row)| same(row)) {
            row.again |= row.held.is_some();
            return *n;
        }
        table.next += 1;
        let n = table.next;
        let row = Row {
            queue: job.queue,
            kind: job.kind,
            key: job.key.clone(),
            payload: job.payload.clone(),
            attempt: 0,
            due: moment() + job.after,
            held: None,
            dead: None,
            again: false,
            again_when_claimed: false,
        };
        table.rows.insert(n, row);
        self.nudge.notify_one();
        n
    }

    pub(crate) fn state(&self, n: i64) -> Option<State> {
        let table = self.table.lock();
        let row = table.rows.get(&n)?;
        Some(match (&row.dead, row.held) {
            (Some(why), _) => State::Dead(why.clone()),
            (None, Some(_)) => State::Running,
            (None, None) => State::Ready(row.attempt),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.table.lock().rows.len()
    }

    pub(crate) fn leases(&self) -> usize {
        self.table.lock().beats.len()
    }

    pub(crate) fn fail_settling(&self, times: u32) {
        self.table.lock().settle_failures = times;
    }

    pub(crate) fn ask_again_when_claimed(&self, n: i64) {
        self.table
            .lock()
            .rows
            .get_mut(&n)
            .unwrap()
            .again_when_claimed = true;
    }

    pub(crate) fn claim_as_a_node_that_dies(&self) -> Ticket {
        let mut table = self.table.lock();
        table.beats.insert(GONE, 7);
        let (n, row) = table.rows.iter_mut().next().unwrap();
        row.held = Some(GONE);
        Ticket {
            job: JobId(*n),
            lease: GONE,
        }
    }
}

impl Queue for Memory {
    type Error = std::io::Error;

    async fn claim(&self, asks: Vec<Ask>) -> Result<Vec<Claimed>, Self::Error> {
        let (mut table, now) = (self.table.lock(), moment());
        let mut claimed = Vec::new();
        for ask in asks {
            let free = |row: &Row| row.held.is_none() && row.dead.is_none() && row.due <= now;
            let due = table
                .rows
                .iter_mut()
                .filter(|(_, row)| row.queue == ask.queue && free(row));
            for (n, row) in due.take(ask.most) {
                row.held = Some(OWN);
                row.attempt += 1;
                row.again |= std::mem::take(&mut row.again_when_claimed);
                claimed.push(Claimed {
                    ticket: Ticket {
                        job: JobId(*n),
                        lease: OWN,
                    },
                    queue: row.queue.to_owned(),
                    kind: row.kind.to_owned(),
                    owner: None,
                    payload: row.payload.clone(),
                    attempt: row.attempt,
                });
            }
        }
        Ok(claimed)
    }

    async fn settle(&self, settled: Vec<(Ticket, Settlement)>) -> Result<Vec<Ticket>, Self::Error> {
        let mut table = self.table.lock();
        if table.settle_failures > 0 {
            table.settle_failures -= 1;
            return Err(std::io::Error::other("as the test wants it"));
        }
        let mut lost = Vec::new();
        for (ticket, settlement) in settled {
            let held = table.rows.get_mut(&ticket.job.0);
            let Some(row) = held.filter(|row| row.held == Some(ticket.lease)) else {
                lost.push(ticket);
                continue;
            };
            row.held = None;
            match settlement {
                Settlement::Done if row.again => row.again = false,
                Settlement::Done => drop(table.rows.remove(&ticket.job.0)),
                Settlement::Later { after, counted, .. } => {
                    row.due = moment() + after;
                    row.attempt -= u32::from(counted == Counted::Not);
                }
                Settlement::Dead { why } => row.dead = Some(why),
            }
        }
        Ok(lost)
    }

    async fn beat(&self) -> Result<Vec<Beat>, Self::Error> {
        let mut table = self.table.lock();
        *table.beats.entry(OWN).or_default() += 1;
        let beat = |(lease, count): (&Lease, &i64)| Beat {
            lease: *lease,
            count: *count,
        };
        let others = table.beats.iter().filter(|(lease, _)| **lease != OWN);
        Ok(others.map(beat).collect())
    }

    async fn rescue(&self, gone: Vec<Beat>) -> Result<u64, Self::Error> {
        let mut table = self.table.lock();
        let mut rescued = 0;
        for beat in gone {
            table.beats.remove(&beat.lease);
            for row in table.rows.values_mut() {
                if row.held == Some(beat.lease) {
                    row.held = None;
                    rescued += 1;
                }
            }
        }
        Ok(rescued)
    }

    async fn leave(&self) -> Result<(), Self::Error> {
        let mut table = self.table.lock();
        table.beats.remove(&OWN);
        for row in table.rows.values_mut() {
            row.held = row.held.filter(|lease| *lease != OWN);
        }
        Ok(())
    }

    async fn nudged(&self) {
        self.nudge.notified().await;
    }
}

/// The time of the paused runtime, which jumps ahead when everybody waits.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock of these tests, which stands still unless everybody waits"
)]
pub(crate) fn moment() -> Instant {
    Instant::now()
}
