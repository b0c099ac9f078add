//! A running server: started on any listener, stopped in a stated order.

use crate::ai::{Model, ModelError, Stops};
use crate::app::{App, Parts};
use crate::backend::Desk;
use crate::channels::{Channels, Close, Hub, Rate, Settings};
use crate::config::Config;
use crate::config::folder::FolderError;
use crate::failure::Outcome;
use crate::files::{FileStore, StoreError};
use crate::hooks::{GoogleKeys, SnsCertificates};
use crate::http::wire::Links;
use crate::http::{pace, router};
use crate::limits::Limits;
use crate::lines::{self, Gates, NamesKnown, TemplatesKnown};
use crate::outgoing::{ClientError, Outgoing};
use crate::tasks::{Stopped, Tasks};
use crate::telemetry::{metrics, requests};
use crate::tls::{self, Certificates, Pair, PairError};
use crate::use_cases::{self, privacy, uploads};
use crate::vault::{self, Vault};
use crate::work::{self, Deliverers};
use crate::{accept, mail, pipe, publish, revoked, timers};
use axum::middleware::{from_fn, from_fn_with_state};
use frontdesk_db::{Clock, Db, DbError, SystemClock};
use frontdesk_domain::{AccountId, ConversationId};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use tokio::net::TcpListener;

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Database(#[from] DbError),
    #[error("the server's own address cannot be read")]
    Address(#[source] std::io::Error),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Outgoing(#[from] ClientError),
    #[error(transparent)]
    Tls(#[from] PairError),
    #[error(transparent)]
    Files(#[from] StoreError),
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// A server that runs until it is stopped.
#[derive(Debug)]
pub struct Running {
    app: App,
    channels: Arc<Channels>,
    address: SocketAddr,
    scheme: &'static str,
}

/// Starts serving on the listener.
///
/// # Errors
/// When the database cannot be opened or migrated.
pub async fn start(config: Config, listener: TcpListener) -> Result<Running, StartError> {
    start_at(config, listener, Arc::new(SystemClock)).await
}

/// The same with a clock of the caller's: tests move time.
///
/// # Errors
/// As [`start`].
pub async fn start_at(
    config: Config,
    listener: TcpListener,
    clock: Arc<dyn Clock>,
) -> Result<Running, StartError> {
    // No channel has a way out of its own yet.
    start_with(config, listener, clock, Deliverers::new()).await
}

/// The vault, with everything in the database sealed under its newest key.
async fn open_vault(config: &Config, db: &Db) -> Result<Vault, StartError> {
    let vault = Vault::open_for(config)?;
    let lost = vault::upgrade(db, &vault).await?;
    if lost > 0 {
        tracing::error!(
            count = lost,
            "stored secrets cannot be read with the key that is here"
        );
    }
    Ok(vault)
}

/// The same with these ways out: tests bring their own.
///
/// # Errors
/// As [`start`].
pub async fn start_with(
    config: Config,
    listener: TcpListener,
    clock: Arc<dyn Clock>,
    deliverers: Deliverers,
) -> Result<Running, StartError> {
    let address = listener.local_addr().map_err(StartError::Address)?;
    let pair = Pair::of(&config.tls)?;
    let certificates = pair.map(Certificates::load).transpose()?;
    let scheme = match certificates {
        Some(_) => "https",
        None => "http",
    };
    let db = Db::open(&config.place(), Arc::clone(&clock))?;
    let vault = open_vault(&config, &db).await?;
    let hub = Arc::new(Hub::new());
    let app = App::new(Parts {
        db,
        hub: Arc::clone(&hub),
        channels: OnceLock::new(),
        links: Links {
            public_url: config.public_url.resolve(scheme, address),
            vault: vault.clone(),
            clock: Arc::clone(&clock),
            age: config.files.link_age,
        },
        files: FileStore::of(&config)?,
        tasks: Tasks::default(),
        limits: Limits::new(&config.limits),
        outgoing: Outgoing::new(&config.outgoing)?,
        gates: Gates::default(),
        ailments: mail::Ailments::default(),
        google: mail::Google::default(),
        names: NamesKnown::default(),
        templates: TemplatesKnown::default(),
        certificates: SnsCertificates::default(),
        google_keys: GoogleKeys::default(),
        deliverers,
        vault,
        model: Model::of(&config, Arc::clone(&clock))?,
        stops: Stops::default(),
        config,
    });
    let channels = open_channels(&app, hub, clock);
    follow_changes(&app).await?;
    start_work(&app);
    let watched = Arc::downgrade(&channels);
    metrics::watch_channels(move || watched.upgrade().map(|channels| channels.counts()));
    let service = router(&app)
        .merge(
            channels
                .router()
                .layer(from_fn_with_state(app.clone(), pace)),
        )
        .merge(metrics::router(app.config.metrics.serve))
        .layer(from_fn(requests::observe));
    if let Some(certificates) = &certificates {
        let watching = tls::watch(Arc::clone(certificates), app.clone());
        app.tasks.spawn("certificates", watching);
    }
    let door = accept::Door {
        listener,
        certificates,
    };
    app.tasks
        .spawn("accept", accept::run(door, service, app.clone()));
    tracing::info!(%address, "listening");
    Ok(Running {
        app,
        channels,
        address,
        scheme,
    })
}

/// Starts telling what is committed from now on, and cutting those whose rights end.
async fn follow_changes(app: &App) -> Result<(), DbError> {
    let position = publish::Position::now(app).await?;
    app.tasks
        .spawn("publish", publish::run(app.clone(), position));
    let position = revoked::Position::now(app).await?;
    app.tasks
        .spawn("revoked", revoked::run(app.clone(), position));
    Ok(())
}

/// Starts what goes on by itself, asked by nobody.
fn start_work(app: &App) {
    timers::start(app);
    work::start(app);
    lines::start(app);
    mail::start(app);
    pipe::start(app);
}

/// The channels, at the pace that the configuration lets sockets have.
fn open_channels(app: &App, hub: Arc<Hub>, clock: Arc<dyn Clock>) -> Arc<Channels> {
    let per_second = u32::try_from(app.config.limits.socket_rate.max(1)).unwrap_or(u32::MAX);
    let settings = Settings {
        clock,
        rate: Some(Rate {
            per_second,
            burst: per_second.saturating_mul(5),
        }),
        ..Settings::default()
    };
    let desk = Arc::new(Desk(app.clone()));
    let channels = Channels::start(hub, desk, app.tasks.clone(), settings);
    app.connect_channels(&channels);
    channels
}

impl Running {
    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as clients write it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// The database, for tools that run in the same program.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// Keeps every rule of retention now, as the clock does once an hour.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_retention(&self) -> Outcome<()> {
        privacy::turn(&self.app).await
    }

    /// Sweeps the store of files now, as the clock does once an hour.
    ///
    /// # Errors
    /// When the database or the disk does not answer.
    pub async fn sweep_files(&self) -> Outcome<()> {
        uploads::sweep(&self.app).await
    }

    /// The address that answers to a conversation go to, for tools that write mail themselves.
    #[must_use]
    pub fn reply_address(
        &self,
        account_id: AccountId,
        id: ConversationId,
        address: &str,
    ) -> String {
        use_cases::mail::reply_address(&self.app.vault, account_id, id, address)
    }

    /// The vault of stored secrets.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.app.vault
    }

    /// Stops: no new connections, sockets told to come back later, requests under way finished,
    /// then the tasks; the database closes with its last handle. What outlasts the grace period is
    /// cut off; nothing acknowledged is lost by that.
    pub async fn stop(self) -> Stopped {
        let grace = self.app.config.grace;
        let closing = self.channels.close_all(Close::RESTART);
        if tokio::time::timeout(grace / 2, closing).await.is_err() {
            let count = self.channels.counts().sockets;
            tracing::warn!(count, "some sockets did not close in time and are cut");
            self.channels.cut_all();
        }
        let stopped = self.app.tasks.stop(grace).await;
        if let Stopped::StillRunning(count) = stopped {
            tracing::warn!(count, "some tasks did not end in time");
        }
        stopped
    }
}
