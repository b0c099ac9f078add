//! Background work. The scan is the truth and the nudge a hint: whoever works looks by itself
//! for what is due, now and then and when it is nudged, so a lost nudge costs waiting only.
//!
//! A [`Runner`] claims jobs from a [`Queue`] in batches, runs each by what the [`Registry`] knows
//! of its kind, and settles what came of them in groups. It runs a job at least once; a job must
//! bear being run again. What a job means, and where the queue is kept, comes from outside: this
//! crate knows no SQL, no HTTP and no desk.

mod backoff;
mod job;
mod lease;
mod outcome;
mod periodic;
mod queue;
mod registry;
mod runner;
mod slot;

pub use backoff::{Jitter, backoff};
pub use job::{Job, NewJob, Turn};
pub use outcome::{Counted, Outcome, Settlement, settle};
pub use periodic::Periodic;
pub use queue::{Ask, Beat, Claimed, JobId, Lease, Queue, Ticket};
pub use registry::{Registry, Unfit};
pub use runner::{Lane, Runner};
pub use slot::slot;
