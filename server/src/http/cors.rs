//! Browsers of any site may ask, errors included: an answer a page cannot read is no answer.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE, OPTIONS");
const HEADERS: HeaderValue = HeaderValue::from_static(
    "content-type, authorization, idempotency-key, x-request-id, x-phoenix-longpoll-token",
);

/// Answers preflights and opens every other answer to the page that asked.
pub(crate) async fn open(request: Request, next: Next) -> Response {
    let page = Page::of(&request);
    let asked = request
        .headers()
        .get(header::ACCESS_CONTROL_REQUEST_HEADERS)
        .cloned();
    let response = if request.method() == Method::OPTIONS {
        preflight(asked)
    } else {
        next.run(request).await
    };
    page.may_read(response)
}

/// The page that asked, if one did.
#[derive(Debug, Clone)]
pub(crate) struct Page(Option<HeaderValue>);

impl Page {
    /// The page behind a request.
    pub(crate) fn of(request: &Request) -> Self {
        Self(request.headers().get(header::ORIGIN).cloned())
    }

    /// Opens an answer to the page.
    pub(crate) fn may_read(self, mut response: Response) -> Response {
        if let Some(origin) = self.0 {
            allow(response.headers_mut(), origin);
        }
        response
    }
}

fn preflight(asked: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        asked.unwrap_or(HEADERS),
    );
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("3600"),
    );
    response
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    if !headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let yes = HeaderValue::from_static("true");
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
    }
    headers.append(header::VARY, HeaderValue::from_static("origin"));
}
