//! What answers by HTTPS under the town's names, on an address of this machine that is the test's own.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

pub(crate) struct Web {
    pub(crate) address: Ipv4Addr,
    asked: Arc<Mutex<Vec<String>>>,
    tasks: Vec<JoinHandle<()>>,
}

/// Pages by their host and path, and what was asked for.
#[derive(Clone)]
struct Pages {
    pages: Arc<[(String, String)]>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Web {
    /// Has these pages, by host and path.
    pub(crate) async fn with(folder: &Path, pages: &[(&str, &str)]) -> Self {
        let (listener, address) = own_address().await;
        let asked = Arc::default();
        let own = pages
            .iter()
            .map(|(place, text)| ((*place).to_owned(), (*text).to_owned()));
        let pages = Pages {
            pages: own.collect(),
            asked: Arc::clone(&asked),
        };
        let router = Router::new().fallback(answer).with_state(pages);
        let listener = Secure {
            listener,
            acceptor: acceptor(&folder.join("tls")),
        };
        let task = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self {
            address,
            asked,
            tasks: vec![task],
        }
    }

    /// Every address that was asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.clone()
    }

    /// Hands on what comes to a port here to another one of this machine.
    pub(crate) async fn hand_on(&mut self, port: u16, to: u16) {
        let listener = TcpListener::bind((self.address, port)).await.unwrap();
        self.tasks.push(tokio::spawn(async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                    // Either side may go away whenever it likes.
                    drop(tokio::io::copy_bidirectional(&mut near, &mut far).await);
                });
            }
        }));
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Whoever has the port has the address.
async fn own_address() -> (TcpListener, Ipv4Addr) {
    for last in 1..=250 {
        let address = Ipv4Addr::new(127, 53, 0, last);
        if let Ok(listener) = TcpListener::bind((address, 443)).await {
            return (listener, address);
        }
    }
    panic!("every address is taken");
}

async fn answer(State(it): State<Pages>, headers: HeaderMap, uri: Uri) -> Response {
    let host = headers["host"].to_str().unwrap();
    let mut asked = it.asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.push(format!("{host}{uri}"));
    let place = format!("{host}{}", uri.path());
    let found = it.pages.iter().find(|(page, _)| *page == place);
    match found {
        Some((_, text)) => text.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn acceptor(folder: &Path) -> TlsAcceptor {
    let chain = vec![CertificateDer::from_pem_file(folder.join("cert.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// A listener whose connections have greeted in TLS.
struct Secure {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Secure {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, from) = self.listener.accept().await.unwrap();
            if let Ok(secure) = self.acceptor.accept(stream).await {
                return (secure, from);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
