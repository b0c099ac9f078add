//! One server at a time works on a PostgreSQL database: what is counted in memory and who is
//! present would not be known to a second one. The right is a lock that PostgreSQL holds for a
//! connection of its own; where that is lost it is taken again.

use super::{connect, place, watch};
use crate::error::{DbError, EngineError};
use std::pin::Pin;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::time::sleep;
use tokio_postgres::Client;

/// Any number, the same for every server; others lock other numbers.
const TAKE: &str = "SELECT pg_try_advisory_lock(7166371032)";

/// How often it is looked whether a server that is about to end has ended: for ten seconds.
const LOOKS: usize = 50;
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// The pause before the lock is taken again after its connection was lost.
const PAUSE: Duration = Duration::from_secs(1);

/// The right to serve from a database. It ends with this value, or with the process.
#[derive(Debug)]
pub struct Sole {
    stop: Option<oneshot::Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Sole {
    /// Takes the right; waits a little for another server that is about to end.
    ///
    /// # Errors
    /// When another server has it, or the database cannot be reached.
    pub fn take(url: &str) -> Result<Self, DbError> {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::sync_channel(1);
        let url = url.to_owned();
        let spawned = std::thread::Builder::new()
            .name("db-sole".to_owned())
            .spawn(move || keep(&url, &tell, stopped));
        let sole = Self {
            stop: Some(stop),
            keeper: Some(spawned.expect("the system can start a thread")),
        };
        told.recv().unwrap_or(Err(DbError::Panicked))?;
        Ok(sole)
    }
}

impl Drop for Sole {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(keeper) = self.keeper.take() {
            // A panic has told of itself; there is nothing left to give back.
            drop(keeper.join());
        }
    }
}

/// Takes the lock, says whether that went well, and keeps it until it is told to stop.
fn keep(url: &str, tell: &mpsc::SyncSender<Result<(), DbError>>, stopped: oneshot::Receiver<()>) {
    let opened = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let told = |told| {
        // Whoever asked waits for this one word.
        drop(tell.send(told));
    };
    let runtime: Runtime = match opened {
        Ok(runtime) => runtime,
        Err(source) => {
            return told(Err(DbError::Open {
                place: place(url),
                source: source.into(),
            }));
        }
    };
    runtime.block_on(async {
        match first(url).await {
            Ok(held) => {
                told(Ok(()));
                tokio::select! {
                    () = hold(url, held) => {}
                    _ = stopped => {}
                }
            }
            Err(error) => told(Err(error)),
        }
    });
}

/// The client that holds the lock, and its connection.
struct Held {
    _client: Client,
    /// Ends when the connection does.
    line: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// Takes the lock as soon as it is free.
async fn first(url: &str) -> Result<Held, DbError> {
    for _ in 0..LOOKS {
        if let Some(held) = attempt(url).await? {
            return Ok(held);
        }
        sleep(BETWEEN_LOOKS).await;
    }
    Err(DbError::Served { place: place(url) })
}

/// Holds the lock, and takes it again whenever its connection is lost. Never ends by itself.
async fn hold(url: &str, mut held: Held) {
    loop {
        held.line.await;
        held = loop {
            sleep(PAUSE).await;
            match attempt(url).await {
                Ok(Some(held)) => break held,
                Ok(None) => tracing::error!("another server works on this database too"),
                Err(error) => tracing::debug!(%error, "the lock of the database is not taken yet"),
            }
        };
    }
}

async fn attempt(url: &str) -> Result<Option<Held>, DbError> {
    let unreachable = |source: EngineError| DbError::Open {
        place: place(url),
        source,
    };
    let failed = |source: tokio_postgres::Error| unreachable(source.into());
    let (client, connection) = connect(url).await.map_err(unreachable)?;
    let mut line = Box::pin(watch(connection));
    let row = tokio::select! {
        row = client.query_one(TAKE, &[]) => row.map_err(failed)?,
        () = &mut line => return Err(DbError::Gone),
    };
    let is_ours: bool = row.try_get(0).map_err(failed)?;
    Ok(is_ours.then_some(Held {
        _client: client,
        line,
    }))
}
