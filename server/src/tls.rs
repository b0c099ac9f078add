//! TLS with a certificate of the operator's: read at the start, and again when it changes, while
//! connections go on.

mod pair;

pub use pair::{Pair, PairError, expiry};

use crate::app::App;
use parking_lot::RwLock;
use rustls::ServerConfig;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::signal::unix::{SignalKind, signal};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How often the files are looked at. A renewal is no hurry: the old certificate is still good.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// The certificate in use.
#[derive(Debug)]
pub(crate) struct Certificates {
    pair: Pair,
    config: RwLock<Arc<ServerConfig>>,
}

impl Certificates {
    /// Reads the pair.
    pub(crate) fn load(pair: Pair) -> Result<Arc<Self>, PairError> {
        let config = RwLock::new(pair.read()?);
        Ok(Arc::new(Self { pair, config }))
    }

    /// Greets a client in TLS. Connections that stand keep the certificate they began with.
    pub(crate) async fn greet(&self, stream: TcpStream) -> std::io::Result<TlsStream<TcpStream>> {
        let config = Arc::clone(&self.config.read());
        TlsAcceptor::from(config).accept(stream).await
    }

    /// Reads the pair again. One that is not good leaves the old one in use.
    fn reload(&self) {
        match self.pair.read() {
            Ok(config) => {
                *self.config.write() = config;
                tracing::info!("the certificate was read again");
            }
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error,
                "the new certificate is not used, the old one still is"
            ),
        }
    }
}

/// Looks at the files now and then, and on SIGHUP, until the server stops.
pub(crate) async fn watch(certificates: Arc<Certificates>, app: App) {
    let stopping = app.tasks.stopping();
    let mut asked = match signal(SignalKind::hangup()) {
        Ok(asked) => asked,
        Err(error) => {
            tracing::warn!(%error, "SIGHUP is not heard; certificates are only read at a start");
            return;
        }
    };
    let mut seen = certificates.pair.stamps();
    let mut looks = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            _ = asked.recv() => {
                seen = certificates.pair.stamps();
                certificates.reload();
            }
            _ = looks.tick() => {
                let now = certificates.pair.stamps();
                if now != seen {
                    seen = now;
                    certificates.reload();
                }
            }
            () = stopping.cancelled() => return,
        }
    }
}
