//! Gives every request an id, and notes how it went: method, route, status and time. Never the
//! address, the query, a header or a body: those hold tokens and what customers write.

use super::{Stopwatch, metrics};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

/// The header that carries the id, both ways.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The route of a request that no route is for.
const UNMATCHED: &str = "unmatched";

/// The longest id that is taken over from a proxy.
const LONGEST: usize = 64;

/// The id of a request, in its extensions and in every line logged on its behalf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// The id a proxy gave, when it looks like one; else a new one.
    fn of(headers: &HeaderMap) -> Self {
        match headers.get(HEADER) {
            Some(given) if is_id(given.as_bytes()) => Self(given.clone()),
            Some(_) | None => Self::random(),
        }
    }

    fn random() -> Self {
        let text = Uuid::new_v4().simple().to_string();
        Self(HeaderValue::from_str(&text).expect("hexadecimal digits make a header"))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

fn is_id(bytes: &[u8]) -> bool {
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (8..=LONGEST).contains(&bytes.len()) && bytes.iter().all(fits)
}

/// The middleware: `router.layer(axum::middleware::from_fn(observe))`, outside all others.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let id = RequestId::of(request.headers());
    let method = name(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(id.clone());
    let span = tracing::error_span!("request", request_id = id.as_str());
    let mut response = next.run(request).instrument(span.clone()).await;
    let route = route.as_ref().map_or(UNMATCHED, MatchedPath::as_str);
    metrics::request(method, route, response.status().as_u16(), watch.elapsed());
    span.in_scope(|| log(method, route, response.status(), watch));
    response.headers_mut().insert(HEADER, id.0);
    response
}

/// One line per request, on a target of its own so that it can be turned on alone.
fn log(method: &str, route: &str, status: StatusCode, watch: Stopwatch) {
    let (status, took_ms) = (status.as_u16(), watch.milliseconds());
    if status >= 500 {
        tracing::warn!(target: "requests", method, route, status, took_ms, "a request failed");
    } else {
        tracing::debug!(target: "requests", method, route, status, took_ms, "a request was answered");
    }
}

/// The methods there are; a client can make others up.
fn name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
