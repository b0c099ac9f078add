//! The bytes of a file as an answer: to keep, never to run in the browser that fetched it; whole, or
//! the part that was asked for.

use crate::app::App;
use crate::files::{Portion, name};
use crate::http::ApiError;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use frontdesk_domain::file::File;
use http_range_header::{RangeUnsatisfiableError, parse_range_header};

/// Answers with a file, or with a part of it.
pub(super) async fn answer(
    app: &App,
    known: &File,
    asked: &HeaderMap,
) -> Result<Response, ApiError> {
    let length = u64::try_from(known.size).unwrap_or(0);
    let portion = wanted(known, asked, length)?;
    let mut headers = headers(known);
    let (status, sent) = match &portion {
        Portion::Whole => (StatusCode::OK, length),
        Portion::Part(range) => {
            let said = format!("bytes {}-{}/{length}", range.start(), range.end());
            if let Ok(said) = HeaderValue::from_str(&said) {
                headers.insert(header::CONTENT_RANGE, said);
            }
            let sent = (range.end() - range.start()).saturating_add(1);
            (StatusCode::PARTIAL_CONTENT, sent)
        }
    };
    headers.insert(header::CONTENT_LENGTH, sent.into());
    let bytes = app.files.open(known.account_id, known.id, portion).await?;
    Ok((status, headers, Body::from_stream(bytes)).into_response())
}

/// The part that was asked for. Several at once, and what cannot be understood, get the whole.
fn wanted(known: &File, asked: &HeaderMap, length: u64) -> Result<Portion, ApiError> {
    let range = asked.get(header::RANGE).and_then(|it| it.to_str().ok());
    // Who has a part of something else wants to begin again.
    let other = asked
        .get(header::IF_RANGE)
        .is_some_and(|tag| tag.as_bytes() != tag_of(known).as_bytes());
    let Some(range) = range.filter(|_| !other) else {
        return Ok(Portion::Whole);
    };
    match parse_range_header(range).and_then(|parsed| parsed.validate(length)) {
        Ok(ranges) => match &ranges[..] {
            [range] => Ok(Portion::Part(range.clone())),
            _ => Ok(Portion::Whole),
        },
        Err(RangeUnsatisfiableError::Unsatisfiable) => Err(ApiError::NoSuchPart { length }),
        Err(_) => Ok(Portion::Whole),
    }
}

/// A file never changes, so its id says which it is.
fn tag_of(known: &File) -> String {
    format!("\"{}\"", known.id)
}

fn headers(known: &File) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut set = |name, text: &str, otherwise| {
        let value = HeaderValue::from_str(text);
        headers.insert(name, value.unwrap_or(HeaderValue::from_static(otherwise)));
    };
    let unknown = "application/octet-stream";
    set(header::CONTENT_TYPE, &known.content_type, unknown);
    let encoded = name::encode(&known.filename);
    let attachment = format!("attachment; filename*=UTF-8''{encoded}");
    set(header::CONTENT_DISPOSITION, &attachment, "attachment");
    set(header::ETAG, &tag_of(known), "\"\"");
    for (name, value) in [
        (header::ACCEPT_RANGES, "bytes"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    headers
}
