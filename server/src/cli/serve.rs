//! `serve`: runs the server until it is told to stop.

use super::desk::{self, Access};
use super::error::CliError;
use super::options::{Flag, Options, flag};
use super::say;
use crate::config::{Config, DatabaseAt, Loaded, MetricsAt, PostgresUrl};
use crate::telemetry::{self, metrics};
use crate::{server, tasks};
use axum::Router;
use axum::routing::get;
use clap::Args;
use frontdesk_db::{Place, Sole};
use rustix::process::{Resource, Signal, getrlimit, setrlimit};
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{self, SignalKind, signal};

/// Run the server
///
/// It stops on SIGTERM or Ctrl-C: no new connections, clients told to come back, what is under
/// way finished within the grace period. A second signal ends it at once. On SIGHUP it reads its
/// certificate again.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  frontdesk-server serve --data /var/lib/frontdesk --listen 127.0.0.1:4000"
)]
pub(super) struct Serve {
    /// The address and port to listen on; port 0 takes any free port
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The address under which browsers reach the server
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Who may make an account: closed, first, invite or open
    #[arg(long, value_name = "WHO")]
    registration: Option<String>,
    /// pretty or json
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    /// error, warn, info, debug or trace, or levels by module
    #[arg(long, value_name = "LEVEL")]
    log_level: Option<String>,
}

impl Serve {
    pub(super) fn run(self, options: &Options) -> Result<(), CliError> {
        let Loaded {
            mut config,
            warnings,
        } = options.load(self.flags())?;
        telemetry::start(&config.log);
        for warning in warnings {
            tracing::warn!(warning, "odd configuration");
        }
        let _lock = desk::prepare(&config, Access::Write)?;
        let mut sole = match config.place() {
            Place::Postgres { url, .. } => Some(Sole::take(&url)?),
            Place::Sqlite(_) => None,
        };
        if let Some(sole) = &sole {
            config.database.url = DatabaseAt::Postgres(PostgresUrl::new(sole.url().to_owned()));
        }
        config.limits.sockets = room_for_sockets(config.limits.sockets);
        let built = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build();
        let runtime = built.map_err(CliError::Runtime)?;
        let ended = runtime.block_on(serve(config, sole.as_mut()));
        // What outlasted the grace period, or a second signal, is not waited for.
        runtime.shutdown_background();
        ended
    }

    fn flags(&self) -> Vec<Flag> {
        [
            flag("listen", self.listen.as_ref(), "--listen"),
            flag("public_url", self.public_url.as_ref(), "--public-url"),
            flag("registration", self.registration.as_ref(), "--registration"),
            flag("log.format", self.log_format.as_ref(), "--log-format"),
            flag("log.level", self.log_level.as_ref(), "--log-level"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

async fn serve(config: Config, sole: Option<&mut Sole>) -> Result<(), CliError> {
    let mut signals = Signals::catch().map_err(CliError::Runtime)?;
    let measured = config.metrics.serve;
    if measured != MetricsAt::Off {
        metrics::start();
    }
    let listener = bind(config.listen)?;
    let own = match measured {
        MetricsAt::Own(address) => Some(bind(address)?),
        MetricsAt::Main | MetricsAt::Off => None,
    };
    let running = server::start(config, listener).await?;
    say::line(format_args!("listening on {}", running.url()))?;
    let ended = tokio::select! {
        () = signals.next() => Ok(()),
        () = metrics::upkeep() => Ok(()),
        () = serve_metrics(own) => Ok(()),
        () = lost(sole) => Err(CliError::TakenOver),
    };
    tracing::info!("stopping");
    tokio::select! {
        stopped = running.stop() => {
            if stopped == tasks::Stopped::Cleanly {
                tracing::info!("stopped");
            }
            ended
        }
        () = signals.next() => Err(CliError::StoppedAtOnce),
    }
}

/// Waits until another server has taken the database, where one can.
async fn lost(sole: Option<&mut Sole>) {
    match sole {
        Some(sole) => sole.lost().await,
        None => std::future::pending().await,
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, CliError> {
    let bound = listen(address);
    bound.map_err(|source| CliError::Listen { address, source })
}

/// Listens with a long queue: after a restart all clients come back at once, and one whose
/// greeting is dropped waits a whole second.
fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(4096)
}

/// Serves the numbers on an address of their own, if they have one. Never ends by itself.
async fn serve_metrics(listener: Option<TcpListener>) {
    if let Some(listener) = listener {
        let router = Router::new().route("/metrics", get(async || metrics::render()));
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "metrics are not served any more");
        }
    }
    std::future::pending::<()>().await;
}

/// The signals that ask the server to stop.
struct Signals {
    terminate: unix::Signal,
    interrupt: unix::Signal,
    /// Caught and left alone where there is no certificate: a terminal that closes ends nothing.
    _hang_up: unix::Signal,
    /// Caught and left alone: a file that may grow no further is an error of that write, and not
    /// the end of the server.
    _file_size: unix::Signal,
}

impl Signals {
    fn catch() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            _hang_up: signal(SignalKind::hangup())?,
            _file_size: signal(SignalKind::from_raw(Signal::XFSZ.as_raw()))?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// File descriptors that are not for sockets: the database, files that are served or uploaded,
/// connections to the outside.
const OTHER_FILES: u64 = 64;

/// How many sockets there can be. Every one takes a file descriptor, and the usual limit is small:
/// it is raised as far as it goes. Who comes when no more fit is told so, which takes one too.
fn room_for_sockets(wanted: usize) -> usize {
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!(%error, "the limit of open files stays low");
        }
    }
    let Some(files) = getrlimit(Resource::Nofile).current else {
        return wanted;
    };
    let room = sockets_within(files);
    if room < wanted {
        tracing::warn!(
            files,
            room,
            wanted,
            "open files allow fewer sockets than the configuration"
        );
    }
    wanted.min(room)
}

fn sockets_within(files: u64) -> usize {
    // Those who are told that there is no room stand in line outside of what is left.
    let room = files.saturating_sub(OTHER_FILES) * 3 / 4;
    usize::try_from(room).unwrap_or(usize::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::sockets_within;

    #[test]
    fn sockets_leave_descriptors_for_everything_else() {
        assert_eq!(sockets_within(256), 144);
        assert_eq!(sockets_within(1024), 720);
        assert_eq!(sockets_within(10), 1);
        assert_eq!(sockets_within(1 << 20), 786_384);
    }
}
