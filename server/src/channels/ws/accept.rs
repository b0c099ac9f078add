//! The opening handshake: is this request an upgrade, and what proves that we understood it.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Why a request cannot become a WebSocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotUpgradable {
    /// It is not an upgrade at all, or not a sound one.
    NotWebSocket,
    /// It asks for another version than 13.
    Version,
}

impl NotUpgradable {
    /// The HTTP status of the refusal.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::NotWebSocket => StatusCode::BAD_REQUEST,
            Self::Version => StatusCode::UPGRADE_REQUIRED,
        }
    }
}

/// Checks the request and computes the value of `Sec-WebSocket-Accept`.
pub(crate) fn accept(method: &Method, headers: &HeaderMap) -> Result<HeaderValue, NotUpgradable> {
    let upgrades = has_token(headers, header::CONNECTION.as_str(), "upgrade")
        && has_token(headers, header::UPGRADE.as_str(), "websocket");
    if method != Method::GET || !upgrades {
        return Err(NotUpgradable::NotWebSocket);
    }
    if headers
        .get(header::SEC_WEBSOCKET_VERSION)
        .map(HeaderValue::as_bytes)
        != Some(b"13")
    {
        return Err(NotUpgradable::Version);
    }
    let key = headers
        .get(header::SEC_WEBSOCKET_KEY)
        .map(HeaderValue::as_bytes)
        .filter(|key| STANDARD.decode(key).is_ok_and(|nonce| nonce.len() == 16))
        .ok_or(NotUpgradable::NotWebSocket)?;
    HeaderValue::from_str(&accept_key(key)).map_err(|_| NotUpgradable::NotWebSocket)
}

fn accept_key(key: &[u8]) -> String {
    let digest = Sha1::new().chain_update(key).chain_update(GUID).finalize();
    STANDARD.encode(digest)
}

fn has_token(headers: &HeaderMap, name: &str, token: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|part| part.trim().eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "keep-alive, Upgrade"),
            ("upgrade", "WebSocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_key_of_the_rfc() {
        let accepted = accept(&Method::GET, &request());
        assert_eq!(
            accepted,
            Ok(HeaderValue::from_static("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        );
    }

    #[test]
    fn anything_else_is_refused() {
        assert_eq!(
            accept(&Method::POST, &request()),
            Err(NotUpgradable::NotWebSocket)
        );
        for (name, value, why) in [
            ("upgrade", "h2c", NotUpgradable::NotWebSocket),
            ("connection", "close", NotUpgradable::NotWebSocket),
            ("sec-websocket-version", "8", NotUpgradable::Version),
            ("sec-websocket-key", "c2hvcnQ=", NotUpgradable::NotWebSocket),
            (
                "sec-websocket-key",
                "not base64",
                NotUpgradable::NotWebSocket,
            ),
        ] {
            let mut headers = request();
            headers.insert(name, HeaderValue::from_static(value));
            assert_eq!(accept(&Method::GET, &headers), Err(why), "{name}: {value}");
        }
    }
}
