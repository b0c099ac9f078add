//! One server at a time works on a PostgreSQL database: what is counted in memory and who is
//! present would not be known to a second one. The right is a lock that PostgreSQL holds for a
//! connection of its own; where that is lost it is taken again.
//!
//! A server that is stopped, or whose machine is gone, keeps that connection for hours. So the
//! holder beats on it, and one whose beat does not move is taken to have ended: its connections
//! are closed, and [`rival`] lets it have no others. Should it wake, it writes nothing any more,
//! finds the lock with somebody else, and ends.

mod rival;

pub(super) use rival::{may_work, named};

use super::{connect, place, watch};
use crate::error::{DbError, EngineError};
use rival::{Patience, Sight};
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

/// How often the holder shows that it is there.
const BEAT: Duration = Duration::from_secs(2);

/// How often somebody who waits looks.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// The pause before the lock is taken again after its connection was lost.
const PAUSE: Duration = Duration::from_secs(1);

/// The right to serve from a database. It ends with this value, or with the process.
#[derive(Debug)]
pub struct Sole {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    lost: Option<oneshot::Receiver<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Sole {
    /// Takes the right; waits a little for another server that is about to end, and for one that
    /// shows no sign of life any more a little longer.
    ///
    /// # Errors
    /// When another server has it, or the database cannot be reached.
    pub fn take(url: &str) -> Result<Self, DbError> {
        let (stop, stopped) = oneshot::channel();
        let (lose, lost) = oneshot::channel();
        let (tell, told) = mpsc::sync_channel(1);
        let url = named(url);
        let kept = url.clone();
        let spawned = std::thread::Builder::new()
            .name("db-sole".to_owned())
            .spawn(move || {
                if keep(&kept, &tell, stopped) == Ended::Lost {
                    // Nobody listens where the server is ending anyway.
                    let _unheard = lose.send(());
                }
            });
        let sole = Self {
            url,
            stop: Some(stop),
            lost: Some(lost),
            keeper: Some(spawned.expect("the system can start a thread")),
        };
        told.recv().unwrap_or(Err(DbError::Panicked))?;
        Ok(sole)
    }

    /// The address for all connections of this server: under its name, which is good for as long
    /// as it has the right.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits until another server has taken the right; for ever, where none does.
    pub async fn lost(&mut self) {
        if let Some(lost) = &mut self.lost
            && lost.await.is_ok()
        {
            return;
        }
        std::future::pending::<()>().await;
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

/// Why the right is held no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// It was given back, or never had.
    InOrder,
    /// Another server has it.
    Lost,
}

/// Takes the lock, says whether that went well, and keeps it until it is told to stop.
fn keep(
    url: &str,
    tell: &mpsc::SyncSender<Result<(), DbError>>,
    stopped: oneshot::Receiver<()>,
) -> Ended {
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
            told(Err(DbError::Open {
                place: place(url),
                source: source.into(),
            }));
            return Ended::InOrder;
        }
    };
    runtime.block_on(async {
        match first(url).await {
            Ok(held) => {
                told(Ok(()));
                tokio::select! {
                    () = hold(url, held) => Ended::Lost,
                    _ = stopped => Ended::InOrder,
                }
            }
            Err(error) => {
                told(Err(error));
                Ended::InOrder
            }
        }
    })
}

/// The client that holds the lock, and its connection.
struct Held {
    client: Client,
    /// Ends when the connection does.
    line: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// Takes the lock as soon as it is free, or its holder is gone.
async fn first(url: &str) -> Result<Held, DbError> {
    let mut held = open(url).await?;
    let mut patience = Patience::default();
    while !held.on(url, take).await? {
        let rival = held.on(url, rival::look).await?;
        match patience.look(rival) {
            Sight::Alive => return Err(DbError::Served { place: place(url) }),
            Sight::Unsure => {}
            Sight::Gone(rival) => {
                held.on(url, async |client| rival.end(client).await).await?;
                tracing::warn!(
                    name = rival.name,
                    "a server that showed no sign of life was taken over"
                );
            }
        }
        sleep(BETWEEN_LOOKS).await;
    }
    held.settle_in(url).await?;
    Ok(held)
}

/// Holds the lock, and takes it again whenever its connection is lost. Ends when another server
/// has it.
async fn hold(url: &str, mut held: Held) {
    loop {
        held.beat().await;
        held = loop {
            match again(url).await {
                Ok(Some(held)) => break held,
                Ok(None) => return,
                Err(error) => tracing::debug!(%error, "the lock of the database is not taken yet"),
            }
            sleep(PAUSE).await;
        };
    }
}

/// Takes the lock on a new connection, unless somebody else has it.
async fn again(url: &str) -> Result<Option<Held>, DbError> {
    let mut held = open(url).await?;
    let is_ours = held.on(url, take).await?;
    Ok(is_ours.then_some(held))
}

async fn open(url: &str) -> Result<Held, DbError> {
    let connected = connect(url).await;
    let (client, connection) = connected.map_err(|source| unreachable(url, source))?;
    let line = Box::pin(watch(connection));
    Ok(Held { client, line })
}

/// Asks for the lock; whether it is ours.
async fn take(client: &Client) -> Result<bool, tokio_postgres::Error> {
    client.query_one(TAKE, &[]).await?.try_get(0)
}

impl Held {
    /// Asks something on the connection, which has to be driven meanwhile.
    async fn on<T>(
        &mut self,
        url: &str,
        ask: impl AsyncFnOnce(&Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, DbError> {
        tokio::select! {
            answer = ask(&self.client) => answer.map_err(|source| unreachable(url, source.into())),
            () = &mut self.line => Err(DbError::Gone),
        }
    }

    /// Ends what servers before this one held: whoever has the lock is the only one.
    async fn settle_in(&mut self, url: &str) -> Result<(), DbError> {
        self.on(url, rival::end_the_rest).await?;
        self.on(url, rival::end_leases).await
    }

    /// Shows again and again that the holder is there, until the connection is lost.
    async fn beat(&mut self) {
        loop {
            tokio::select! {
                () = &mut self.line => return,
                () = sleep(BEAT) => {}
            }
            tokio::select! {
                () = &mut self.line => return,
                // What fails ends the connection as well, or is shown by the next beat.
                _ = self.client.batch_execute("SELECT 1") => {}
            }
        }
    }
}

fn unreachable(url: &str, source: EngineError) -> DbError {
    DbError::Open {
        place: place(url),
        source,
    }
}
