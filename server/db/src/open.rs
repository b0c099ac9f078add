//! The handle to a database, and how it is opened and closed.

use crate::changes::Changes;
use crate::clock::Clock;
use crate::conn::Conn;
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::Sqlite;
use crate::engine::{Access, Engine};
use crate::error::DbError;
use crate::migrate;
use crate::unit::Unit;
use crate::worker::{self, Job, ReadQueue, ReadTask, Surroundings, WriteTask};
use frontdesk_domain::{AccountId, Timestamp};
use parking_lot::Mutex;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// How many units may wait before callers do.
const QUEUE: usize = 4096;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, made when it is not there.
    Sqlite(PathBuf),
    /// A `postgres://` address and how many connections write and read.
    Postgres {
        url: String,
        writers: usize,
        readers: usize,
    },
}

/// A handle to the database. Clones share it; the last one closes it after all waiting units.
#[derive(Debug, Clone)]
pub struct Db {
    writers: Vec<mpsc::Sender<Box<dyn WriteTask>>>,
    reader: mpsc::Sender<Box<dyn ReadTask>>,
    around: Surroundings,
    threads: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Db {
    /// Opens the database, migrating it first if it is older than this program.
    ///
    /// # Errors
    /// When it cannot be opened or migrated.
    pub fn open(place: &Place, clock: Arc<dyn Clock>) -> Result<Self, DbError> {
        // PostgreSQL connections drive a runtime of their own, which no other runtime's thread
        // may do.
        std::thread::scope(|scope| {
            let opening = scope.spawn(|| Self::open_here(place, clock));
            opening.join().unwrap_or(Err(DbError::Panicked))
        })
    }

    /// Opens the database for somebody who only looks. It is not migrated.
    ///
    /// # Errors
    /// When it cannot be opened, or is older than this program.
    pub fn open_to_look(place: &Place, clock: Arc<dyn Clock>) -> Result<Self, DbError> {
        std::thread::scope(|scope| {
            let looking = scope.spawn(|| match place {
                Place::Sqlite(path) => {
                    migrate::require_current(&mut Sqlite::open(path, Access::Read)?)
                }
                Place::Postgres { url, .. } => migrate::require_current(&mut Postgres::open(url)?),
            });
            looking.join().unwrap_or(Err(DbError::Panicked))
        })?;
        Self::open(place, clock)
    }

    fn open_here(place: &Place, clock: Arc<dyn Clock>) -> Result<Self, DbError> {
        let around = Surroundings {
            clock,
            changes: Arc::default(),
        };
        let (reader, reads) = mpsc::channel(QUEUE);
        let reads: ReadQueue = Arc::new(Mutex::new(reads));
        let mut db = Self {
            writers: Vec::new(),
            reader,
            around,
            threads: Arc::default(),
        };
        match place {
            Place::Sqlite(path) => {
                crate::engine::sqlite::check_version()?;
                migrate::sqlite(path, db.now())?;
                db.start_writer(Sqlite::open(path, Access::Write)?);
                for _ in 0..2 {
                    db.start_reader(Sqlite::open(path, Access::Read)?, &reads);
                }
            }
            Place::Postgres {
                url,
                writers,
                readers,
            } => {
                migrate::postgres(url, db.now())?;
                for _ in 0..(*writers).max(1) {
                    db.start_writer(Postgres::open(url)?);
                }
                for _ in 0..(*readers).max(1) {
                    db.start_reader(Postgres::open(url)?, &reads);
                }
            }
        }
        Ok(db)
    }

    fn start_writer(&mut self, mut engine: impl Engine + Send + 'static) {
        let (sender, queue) = mpsc::channel(QUEUE);
        let around = self.around.clone();
        self.writers.push(sender);
        self.start("db-writer", move || {
            worker::write_loop(&mut engine, queue, &around);
        });
    }

    fn start_reader(&self, mut engine: impl Engine + Send + 'static, reads: &ReadQueue) {
        let reads = Arc::clone(reads);
        self.start("db-reader", move || worker::read_loop(&mut engine, &reads));
    }

    fn start(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(work);
        self.threads
            .lock()
            .push(thread.expect("the system can start a thread"));
    }

    /// The time, as units of work see it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.around.clock.now()
    }

    /// The clock all of the server goes by.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.around.clock)
    }

    /// The nudges that follow commits.
    #[must_use]
    pub fn changes(&self) -> Arc<Changes> {
        Arc::clone(&self.around.changes)
    }

    /// Runs a unit of work for one account: alone among that account's writers, all or nothing.
    /// When this returns `Ok` the unit is committed and synced.
    ///
    /// Two units that wait for each other's rows are a deadlock, of which PostgreSQL ends one: it fails as
    /// [`DbError::Gone`], with nothing of it written. It is not run again here, because a unit owns what
    /// it works with and uses it up; whoever asked may ask again.
    ///
    /// # Errors
    /// What the unit answered, after taking its writes back; or why it could not be committed.
    pub async fn write<T, E>(
        &self,
        account_id: AccountId,
        work: impl FnOnce(&mut Unit<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let shard = usize::from(account_id.as_bytes()[15]) % self.writers.len();
        self.enqueue(shard, move |unit: &mut Unit<'_>| {
            unit.lock(account_id)?;
            work(unit)
        })
        .await
    }

    /// Runs a unit of work that belongs to no single account: a registration, a session.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_global<T, E>(
        &self,
        work: impl FnOnce(&mut Unit<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.enqueue(0, work).await
    }

    async fn enqueue<T, E>(
        &self,
        shard: usize,
        work: impl FnOnce(&mut Unit<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (job, answer) = Job::new(work);
        let task: Box<dyn WriteTask> = Box::new(job);
        self.writers[shard]
            .send(task)
            .await
            .map_err(|_| E::from(DbError::Gone))?;
        receive(answer).await
    }

    /// Looks at one consistent state of the database.
    ///
    /// # Errors
    /// What the look answered, or why there could be none.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (job, answer) = Job::new(work);
        let task: Box<dyn ReadTask> = Box::new(job);
        self.reader
            .send(task)
            .await
            .map_err(|_| E::from(DbError::Gone))?;
        receive(answer).await
    }

    /// Finishes what waits and closes the database. Blocks until it is done.
    pub fn close(self) {
        let threads = Arc::clone(&self.threads);
        drop(self);
        let threads = std::mem::take(&mut *threads.lock());
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a database thread panicked");
            }
        }
    }
}

async fn receive<T, E: From<DbError>>(answer: oneshot::Receiver<Result<T, E>>) -> Result<T, E> {
    answer.await.unwrap_or_else(|_| Err(E::from(DbError::Gone)))
}
