//! What a runner asks of the place where jobs are kept.
//!
//! Who claims jobs holds them under a *lease*: a random name that the node keeps alive by beating
//! now and then. A node that stops beating loses the lease, its jobs become ready for others, and
//! whatever it settles later under the old name is refused: the lease is the fencing token. No
//! clock decides about a lease. Others count their own looks during which the beat did not move.

use crate::outcome::Settlement;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::str::FromStr;
use uuid::Uuid;

/// A job's number in its queue. Numbers are not used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub i64);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for JobId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// The name under which a node holds the jobs it claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lease(pub Uuid);

/// The right to settle a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    pub job: JobId,
    pub lease: Lease,
}

/// A job that is ours to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub ticket: Ticket,
    pub queue: String,
    pub kind: String,
    /// Whom it belongs to, where it belongs to somebody.
    pub owner: Option<Uuid>,
    pub payload: String,
    /// Which try this is; the first is 1.
    pub attempt: u32,
}

/// How many jobs of a queue are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    pub queue: &'static str,
    pub most: usize,
}

/// A lease and how often its node has beaten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beat {
    pub lease: Lease,
    pub count: i64,
}

/// Where jobs are kept.
pub trait Queue: Send + Sync + 'static {
    type Error: Error + Send + Sync + 'static;

    /// Takes jobs that are due, oldest first. Nothing is taken without a living lease.
    fn claim(
        &self,
        asks: Vec<Ask>,
    ) -> impl Future<Output = Result<Vec<Claimed>, Self::Error>> + Send;

    /// Writes down what became of jobs, and says which of them were no longer ours to settle.
    fn settle(
        &self,
        settled: Vec<(Ticket, Settlement)>,
    ) -> impl Future<Output = Result<Vec<Ticket>, Self::Error>> + Send;

    /// Keeps the own lease alive, or takes a new one where it was lost, and shows those of others.
    fn beat(&self) -> impl Future<Output = Result<Vec<Beat>, Self::Error>> + Send;

    /// Ends leases that are still at these beats, and makes all jobs ready that nobody holds.
    /// Says how many those were.
    fn rescue(&self, gone: Vec<Beat>) -> impl Future<Output = Result<u64, Self::Error>> + Send;

    /// Ends the own lease: what is still held under it is ready for others at once.
    fn leave(&self) -> impl Future<Output = Result<(), Self::Error>> + Send;

    /// Waits until there may be something to claim. It may come too often or not at all.
    fn nudged(&self) -> impl Future<Output = ()> + Send;
}
