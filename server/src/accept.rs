//! Takes connections and serves HTTP/1.1 on them, with limits on how many there are, on what a
//! header may cost and on how long an answer may take.

mod linger;

use crate::app::App;
use crate::http::{ApiError, Page};
use crate::tls::Certificates;
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use linger::{hear_out, lend};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The most bytes the headers of a request may have.
const LONGEST_HEADERS: usize = 64 * 1024;

/// How long to wait when the system has no more file descriptors to give.
const PAUSE: Duration = Duration::from_millis(100);

/// How long somebody for whom there is no room may take to hear it, and how many may at once.
const PATIENCE: Duration = Duration::from_secs(1);
const REFUSALS: usize = 64;

/// Where clients come in.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) listener: TcpListener,
    /// With them, clients are spoken to in TLS.
    pub(crate) certificates: Option<Arc<Certificates>>,
}

/// Accepts until the server stops.
pub(crate) async fn run(door: Door, router: Router, app: App) {
    let stopping = app.tasks.stopping();
    let crowd = Crowd::new(app.config.limits.sockets);
    loop {
        let accepted = tokio::select! {
            accepted = door.listener.accept() => accepted,
            () = stopping.cancelled() => return,
        };
        match accepted {
            Ok((stream, peer)) => match crowd.enter(&app) {
                Some(place) => {
                    let certificates = door.certificates.clone();
                    let serving = greet(stream, peer, certificates, router.clone(), app.clone());
                    app.tasks.spawn_light(async move {
                        serving.await;
                        drop(place);
                    });
                }
                // In TLS there is nothing to say before a greeting, which would cost what is short.
                None if door.certificates.is_some() => drop(stream),
                None => crowd.refuse(&app, stream),
            },
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// The connections that are open. Those that became sockets are counted by the channels.
struct Crowd {
    most: usize,
    free: Arc<Semaphore>,
    /// For those who are told that there is no room; more than that are not even told.
    refusals: Arc<Semaphore>,
}

impl Crowd {
    fn new(most: usize) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self {
            most,
            free: Arc::new(Semaphore::new(most)),
            refusals: Arc::new(Semaphore::new(REFUSALS)),
        }
    }

    /// A place for one more, while there is room.
    fn enter(&self, app: &App) -> Option<OwnedSemaphorePermit> {
        let serving = self.most - self.free.available_permits();
        let sockets = usize::try_from(app.open_sockets()).unwrap_or(usize::MAX);
        if serving.saturating_add(sockets) >= self.most {
            return None;
        }
        Arc::clone(&self.free).try_acquire_owned().ok()
    }

    /// Tells somebody that there is no room.
    fn refuse(&self, app: &App, stream: TcpStream) {
        if let Ok(place) = Arc::clone(&self.refusals).try_acquire_owned() {
            app.tasks.spawn_light(async move {
                turn_away(stream).await;
                drop(place);
            });
        }
    }
}

/// Asks a client to come back later, once it has said something: an answer that comes before
/// the question confuses clients.
async fn turn_away(mut stream: TcpStream) {
    tracing::debug!("a connection was turned away");
    let mut head = [0; 4096];
    let told = tokio::time::timeout(PATIENCE, async {
        if stream.read(&mut head).await? > 0 {
            stream.write_all(FULL).await?;
        }
        stream.shutdown().await
    });
    // Who takes longer learns it from the closed connection.
    drop(told.await);
}

/// What somebody hears for whom there is no room.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\n\
    content-length: 0\r\nconnection: close\r\n\r\n";

/// Greets a client in TLS, where there is a certificate, and serves it. A greeting has as much time
/// as the head of a request.
async fn greet(
    stream: TcpStream,
    peer: SocketAddr,
    certificates: Option<Arc<Certificates>>,
    router: Router,
    app: App,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let Some(certificates) = certificates else {
        return serve(stream, peer, router, app).await;
    };
    let patience = app.config.limits.header_timeout;
    match tokio::time::timeout(patience, certificates.greet(stream)).await {
        Ok(Ok(stream)) => serve(stream, peer, router, app).await,
        Ok(Err(error)) => tracing::debug!(%error, "a client did not agree on TLS"),
        Err(_) => tracing::debug!("a client did not finish its TLS greeting"),
    }
}

async fn serve<S>(stream: S, peer: SocketAddr, router: Router, app: App)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let stopping = app.tasks.stopping();
    let (lent, mut returned) = lend(stream);
    if let Err(error) = talk(lent, peer, router, app).await {
        tracing::debug!(%error, "a connection ended");
    }
    // What became a socket does not come back.
    if let Ok(stream) = returned.try_recv()
        && !stopping.is_cancelled()
    {
        hear_out(stream).await;
    }
}

/// Serves requests until either side ends it.
async fn talk<S>(stream: S, peer: SocketAddr, router: Router, app: App) -> hyper::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let patience = Patience {
        of_a_request: app.config.limits.request_timeout,
        stopping: app.tasks.stopping(),
        // The rest is for what ends after the last request.
        after_stop: app.config.grace / 2,
    };
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        answer(router.clone(), request, patience.clone())
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.config.limits.header_timeout)
        .max_buf_size(LONGEST_HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let stopping = app.tasks.stopping();
    tokio::select! {
        result = connection.as_mut() => result,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    }
}

/// How long a request may take.
#[derive(Debug, Clone)]
struct Patience {
    of_a_request: Duration,
    stopping: CancellationToken,
    /// How long it may go on once the server is told to stop.
    after_stop: Duration,
}

impl Patience {
    /// Comes when the server no longer waits for a request because it stops.
    async fn ends_with_the_server(&self) {
        self.stopping.cancelled().await;
        tokio::time::sleep(self.after_stop).await;
    }
}

/// Answers a request, or says that it took too long: most often its body never came. A handler
/// that panics fails its own request and nothing else; the log has the place of the panic. One that
/// waits for others when the server stops, such as for a model, is given up.
async fn answer(
    router: Router,
    request: Request,
    patience: Patience,
) -> Result<Response, Infallible> {
    // None of these answers comes from the router, which would open it to the page that asked.
    let page = Page::of(&request);
    if length_of_headers(&request) > LONGEST_HEADERS {
        return Ok(page.may_read(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.into_response()));
    }
    let answering = AssertUnwindSafe(router.oneshot(request)).catch_unwind();
    let answered = tokio::select! {
        answered = tokio::time::timeout(patience.of_a_request, answering) => answered,
        () = patience.ends_with_the_server() => {
            return Ok(page.may_read(STOPPING.into_response()));
        }
    };
    match answered {
        Ok(Ok(answered)) => answered,
        Ok(Err(_)) => Ok(page.may_read(ApiError::Internal.into_response())),
        Err(_) => Ok(page.may_read(ApiError::TooSlow.into_response())),
    }
}

/// What a request hears that was still under way when the server had to stop.
const STOPPING: ApiError = ApiError::Unavailable("The server stops. Try again in a moment.");

/// What the headers of a request take. What comes in one piece hyper reads past its own limit.
fn length_of_headers(request: &Request) -> usize {
    let headers = request.headers().iter();
    headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;

    fn patience(of_a_request: Duration) -> Patience {
        Patience {
            of_a_request,
            stopping: CancellationToken::new(),
            after_stop: Duration::ZERO,
        }
    }

    #[tokio::test]
    async fn who_is_still_waiting_when_the_server_stops_is_told_so() {
        let router = Router::new().route("/", get(std::future::pending::<StatusCode>));
        let patience = patience(Duration::from_secs(60));
        patience.stopping.cancel();
        let request = Request::new(axum::body::Body::empty());
        let answered = answer(router, request, patience).await.unwrap();
        assert_eq!(answered.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answered.headers().contains_key("retry-after"));
    }

    #[tokio::test]
    async fn a_handler_that_panics_is_answered_for() {
        async fn fail() -> StatusCode {
            panic!("a handler's own fault")
        }
        let router = Router::new().route("/", get(fail));
        let request = Request::new(axum::body::Body::empty());
        let answered = answer(router, request, patience(Duration::from_secs(60))).await;
        assert_eq!(
            answered.unwrap().status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }

    #[tokio::test]
    async fn who_waited_too_long_is_told_so() {
        let router = Router::new().route("/", get(std::future::pending::<StatusCode>));
        let request = Request::builder().header("origin", "https://shop.test");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let answered = answer(router, request, patience(Duration::ZERO))
            .await
            .unwrap();
        assert_eq!(answered.status(), StatusCode::REQUEST_TIMEOUT);
        let opened = &answered.headers()["access-control-allow-origin"];
        assert_eq!(opened, "https://shop.test");
        let body = axum::body::to_bytes(answered.into_body(), 1024).await;
        let body: serde_json::Value = serde_json::from_slice(&body.unwrap()).unwrap();
        assert_eq!(body["error"]["status"], 408);
        let message = body["error"]["message"].as_str().unwrap();
        assert!(message.starts_with("The request took too long."));
    }
}
