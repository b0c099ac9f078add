//! Connections to hosts that somebody else chose, for what speaks no HTTP: the same judgement of
//! addresses, the same trust in certificates.

use super::address::judge;
use super::error::{DialError, Refused};
use super::{Outgoing, trust};
use reqwest::dns::Name;
use rustls::pki_types::ServerName;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Host;

/// Until a connection stands, or TLS does.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection, with TLS or without.
#[derive(Debug)]
pub enum Wire {
    Plain(TcpStream),
    Secure(Box<TlsStream<TcpStream>>),
}

impl Outgoing {
    /// Connects to a host that somebody chose.
    ///
    /// # Errors
    /// When its address is refused, or nothing answers there.
    pub async fn dial(&self, host: &str, port: u16) -> Result<TcpStream, DialError> {
        let place = || format!("{host}:{port}");
        let addresses = self.addresses(host, port).await?;
        let connect = tokio::time::timeout(PATIENCE, TcpStream::connect(&addresses[..]));
        let stream = match connect.await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
                return Err(DialError::Closed { place: place() });
            }
            Ok(Err(_)) => return Err(DialError::Unreachable { place: place() }),
            Err(_) => return Err(DialError::Silent { place: place() }),
        };
        // What is said is short, and each line waits for its answer.
        drop(stream.set_nodelay(true));
        Ok(stream)
    }

    /// Greets in TLS, and trusts what this machine trusts.
    ///
    /// # Errors
    /// When there is no TLS, or the certificate is not to be trusted.
    pub async fn secure(&self, host: &str, stream: TcpStream) -> Result<Wire, DialError> {
        let untold = |why: String| DialError::NoTls {
            host: host.to_owned(),
            why,
        };
        let name = ServerName::try_from(host.to_owned()).map_err(|_| DialError::Unknown {
            host: host.to_owned(),
        })?;
        let config = trust().map_err(|error| untold(error.to_string()))?;
        let connector = TlsConnector::from(Arc::new(config));
        match tokio::time::timeout(PATIENCE, connector.connect(name, stream)).await {
            Ok(Ok(secure)) => Ok(Wire::Secure(Box::new(secure))),
            Ok(Err(error)) => {
                Err(distrust(host, &error).unwrap_or_else(|| untold(error.to_string())))
            }
            Err(_) => Err(untold("it stays silent".to_owned())),
        }
    }

    async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, DialError> {
        let unknown = || DialError::Unknown {
            host: host.to_owned(),
        };
        let literal = match Host::parse(host).map_err(|_| unknown())? {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        };
        if let Some(address) = literal {
            judge(address, &self.allowed).map_err(Refused::Address)?;
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        let name: Name = host.parse().map_err(|_| unknown())?;
        let resolve = tokio::time::timeout(PATIENCE, self.resolver.resolve(name));
        let found = resolve.await.map_err(|_| unknown())?;
        let found = found.map_err(|error| match error.downcast::<Refused>() {
            Ok(refused) => DialError::Refused(*refused),
            Err(_) => unknown(),
        })?;
        let found: Vec<SocketAddr> = found.map(|it| SocketAddr::new(it.ip(), port)).collect();
        if found.is_empty() {
            return Err(unknown());
        }
        Ok(found)
    }
}

/// What is wrong with a certificate, where that is what went wrong.
pub(crate) fn distrust(host: &str, error: &io::Error) -> Option<DialError> {
    let inner = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    let rustls::Error::InvalidCertificate(why) = inner else {
        return None;
    };
    Some(DialError::Certificate {
        host: host.to_owned(),
        why: why.to_string(),
    })
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Secure(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Self::Secure(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Secure(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Secure(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
