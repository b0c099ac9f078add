//! The body of a POST: one frame, or one per line.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use std::time::Duration;

const MAX_BYTES: usize = 1024 * 1024;
const MAX_LINES: usize = 100;
const PATIENCE: Duration = Duration::from_secs(15);

/// A body that has been read.
pub(super) struct Frames {
    bytes: Bytes,
    is_lines: bool,
}

/// One frame of it.
pub(super) enum Line<'a> {
    Text(&'a str),
    Binary(Vec<u8>),
    /// Neither, or one line too many.
    Malformed,
}

/// Reads a body. `None` when it is too long, too slow or breaks off.
pub(super) async fn read(request: Request) -> Option<Frames> {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let is_lines =
        content_type.is_some_and(|value| value.as_bytes().starts_with(b"application/x-ndjson"));
    let bytes = tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), MAX_BYTES)).await;
    Some(Frames {
        bytes: bytes.ok()?.ok()?,
        is_lines,
    })
}

impl Frames {
    /// The frames, one at a time: nothing is copied before its turn.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let separator = if self.is_lines { Some(b'\n') } else { None };
        self.bytes
            .split(move |byte| Some(*byte) == separator)
            .filter(|line| !line.trim_ascii().is_empty())
            .take(MAX_LINES + 1)
            .enumerate()
            .map(|(index, line)| {
                if index < MAX_LINES {
                    Line::of(line)
                } else {
                    Line::Malformed
                }
            })
    }
}

impl<'a> Line<'a> {
    fn of(line: &'a [u8]) -> Self {
        let Ok(text) = std::str::from_utf8(line) else {
            return Self::Malformed;
        };
        if text.trim_start().starts_with(['[', '{']) {
            return Self::Text(text);
        }
        STANDARD
            .decode(text.trim())
            .map_or(Self::Malformed, Self::Binary)
    }
}
