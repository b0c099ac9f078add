//! The pages and scripts for browsers: which form of a file, under which rules, kept how long.

use crate::app::App;
use crate::http::ApiError;
use crate::pages::{Chat, Compressed, Encoding, HOME, LOADER};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// Asked for again before every use, which costs nothing while it has not changed.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Its name changes with its content.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Sites that include it get a new version within the hour.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// What the chat page may do: run its own script, ask its own server, show pictures. Nothing in it
/// makes markup of a text, and browsers see to that too.
const CHAT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self' https: blob: data:; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The root page shows itself and has one style inside.
static HOME_POLICY: LazyLock<String> = LazyLock::new(|| {
    use base64::Engine;
    let style = Sha256::digest(crate::pages::HOME_STYLE);
    let style = base64::engine::general_purpose::STANDARD.encode(style);
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    )
});

/// `GET /`.
pub(crate) async fn home(asked: HeaderMap) -> Response {
    let mut response = send(&HOME, HTML, ASK_AGAIN, &asked);
    protect(&mut response, &HOME_POLICY);
    response
}

/// `GET /chat`.
pub(crate) async fn chat(State(app): State<App>, asked: HeaderMap) -> Response {
    let mut response = send(&Chat::get().document, HTML, ASK_AGAIN, &asked);
    let policy = match app.config.widget.sites.ancestors() {
        Some(sites) => format!("{CHAT_POLICY}; frame-ancestors 'self' {sites}"),
        None => CHAT_POLICY.to_owned(),
    };
    protect(&mut response, &policy);
    response
}

/// `GET /chat/{file}`.
pub(crate) async fn chat_file(
    Path(name): Path<String>,
    asked: HeaderMap,
) -> Result<Response, ApiError> {
    let (file, media) = Chat::get().file(&name).ok_or(ApiError::NotFound)?;
    Ok(send(file, media, FOR_GOOD, &asked))
}

/// `GET /widget.js`.
pub(crate) async fn loader(asked: HeaderMap) -> Response {
    send(&LOADER, JAVASCRIPT, AN_HOUR, &asked)
}

fn send(file: &Compressed, media: &'static str, keep: HeaderValue, asked: &HeaderMap) -> Response {
    let said = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let (encoding, body) = file.for_client(said(header::ACCEPT_ENCODING).unwrap_or_default());
    let coding = match encoding {
        Encoding::Brotli => "br",
        Encoding::Gzip => "gzip",
        Encoding::Plain => "",
    };
    let tag = format!("\"{}{coding}\"", file.hash());
    let is_known = said(header::IF_NONE_MATCH)
        .is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body.into_response()
    };
    let headers = response.headers_mut();
    if !is_known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        if encoding != Encoding::Plain {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
    }
    let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits make a header");
    headers.insert(header::ETAG, tag);
    headers.insert(header::CACHE_CONTROL, keep);
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Adds what a document asks of the browser that shows it.
fn protect(response: &mut Response, policy: &str) {
    let headers = response.headers_mut();
    let policy = HeaderValue::from_str(policy).expect("policies are made of plain letters");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
}
