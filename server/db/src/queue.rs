//! The queue of jobs on either database, as the runner sees it.

use crate::error::DbError;
use crate::open::Db;
use crate::queries::{job_leases, jobs};
use frontdesk_jobs::{Ask, Beat, Claimed, Lease, Queue, Settlement, Ticket};
use parking_lot::Mutex;
use uuid::Uuid;

/// A node's hand on the queue. Several on one database, in one process or in many, share the work.
#[derive(Debug)]
pub struct JobQueue {
    db: Db,
    lease: Mutex<Lease>,
}

impl JobQueue {
    /// A hand without a lease yet: the first beat takes one.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self {
            db,
            lease: Mutex::new(Lease(Uuid::new_v4())),
        }
    }

    fn lease(&self) -> Lease {
        *self.lease.lock()
    }
}

impl Queue for JobQueue {
    type Error = DbError;

    async fn claim(&self, asks: Vec<Ask>) -> Result<Vec<Claimed>, DbError> {
        let lease = self.lease();
        self.db
            .write_global(move |unit| jobs::claim(unit, lease, &asks))
            .await
    }

    async fn settle(&self, settled: Vec<(Ticket, Settlement)>) -> Result<Vec<Ticket>, DbError> {
        self.db
            .write_global(move |unit| jobs::settle(unit, &settled))
            .await
    }

    async fn beat(&self) -> Result<Vec<Beat>, DbError> {
        let lease = self.lease();
        // A lease that has ended is not taken up again: what was held under it is not ours any more.
        let fresh = Lease(Uuid::new_v4());
        let (held, beats) = self
            .db
            .write_global(move |unit| {
                let held = if job_leases::beat(unit, lease)? {
                    lease
                } else {
                    job_leases::take(unit, fresh)?;
                    fresh
                };
                job_leases::heal(unit)?;
                Ok::<_, DbError>((held, job_leases::others(unit.conn(), held)?))
            })
            .await?;
        *self.lease.lock() = held;
        Ok(beats)
    }

    async fn rescue(&self, gone: Vec<Beat>) -> Result<u64, DbError> {
        self.db
            .write_global(move |unit| {
                job_leases::end(unit, &gone)?;
                job_leases::free(unit)
            })
            .await
    }

    async fn leave(&self) -> Result<(), DbError> {
        let lease = self.lease();
        self.db
            .write_global(move |unit| {
                job_leases::leave(unit, lease)?;
                job_leases::free(unit).map(|_| ())
            })
            .await
    }

    async fn nudged(&self) {
        self.db.changes().jobs().await;
    }
}
