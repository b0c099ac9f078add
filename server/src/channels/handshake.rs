//! How a client gets a connection: its version, who it is, and the upgrade to a WebSocket.

use super::Channels;
use super::backend::{Credentials, Identity, Refused};
use super::session::Session;
use super::ws::accept::{NotUpgradable, accept};
use super::ws::driver::Driver;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use frontdesk_protocol::frame::Serializer;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpStream;

/// How phoenix.js hides a token among the subprotocols.
const BEARER: &str = "base64url.bearer.phx.";

/// The query of a handshake. Of repeated keys the last one wins.
#[derive(Debug, Default)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn of(request: &Request) -> Self {
        let query = request.uri().query().unwrap_or_default();
        Self(serde_urlencoded::from_str(query).unwrap_or_default())
    }

    pub(super) fn last(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The last value of a key that passes a test.
    pub(super) fn last_where(&self, key: &str, passes: impl Fn(&str) -> bool) -> Option<&str> {
        let mut found = self.0.iter().rev().filter(|(name, _)| name == key);
        found
            .find(|(_, value)| passes(value))
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn serializer(&self) -> Option<Serializer> {
        Serializer::from_vsn(self.last("vsn"))
    }
}

/// `GET /socket/websocket`.
pub(super) async fn websocket(
    State(channels): State<Arc<Channels>>,
    mut request: Request,
) -> Response {
    if channels.is_closing() {
        return status(StatusCode::SERVICE_UNAVAILABLE);
    }
    let accepted = match accept(request.method(), request.headers()) {
        Ok(accepted) => accepted,
        Err(refusal) => return not_upgradable(refusal),
    };
    let query = Query::of(&request);
    let Some(serializer) = query.serializer() else {
        return status(StatusCode::FORBIDDEN);
    };
    let protocols = Protocols::of(request.headers());
    let token = query.last("token").map(str::to_owned).or(protocols.token);
    let address = address(&request);
    let Ok(identity) = identify(&channels, address, token).await else {
        return status(StatusCode::FORBIDDEN);
    };
    let upgrade = hyper::upgrade::on(&mut request);
    let tasks = channels.tasks.clone();
    tasks.spawn_light(run(channels, upgrade, serializer, identity));
    let mut response = status(StatusCode::SWITCHING_PROTOCOLS);
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accepted);
    if protocols.offers_phoenix {
        headers.insert(
            header::SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static("phoenix"),
        );
    }
    response
}

/// Says who is connecting. Without a token nobody is asked.
pub(super) async fn identify(
    channels: &Channels,
    address: Option<IpAddr>,
    token: Option<String>,
) -> Result<Identity, Refused> {
    if token.is_none() {
        return Ok(Identity::Anonymous);
    }
    channels
        .backend
        .connect(Credentials { token, address })
        .await
}

/// Where a request comes from, if the server was told.
pub(super) fn address(request: &Request) -> Option<IpAddr> {
    request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip())
}

async fn run(
    channels: Arc<Channels>,
    upgrade: OnUpgrade,
    serializer: Serializer,
    identity: Identity,
) {
    match upgrade.await {
        Ok(upgraded) => begin(channels, upgraded, serializer, identity),
        Err(error) => tracing::debug!(%error, "a client left during its handshake"),
    }
}

/// Starts the socket's task, on the bare TCP stream where there is one: hyper's buffers would
/// stay for as long as the socket does.
fn begin(channels: Arc<Channels>, upgraded: Upgraded, serializer: Serializer, identity: Identity) {
    let patience = channels.settings.idle_seconds;
    let sink = channels.registry.open(serializer, identity, patience);
    let tasks = channels.tasks.clone();
    let session = Session::new(channels, Arc::clone(&sink));
    match bare(upgraded) {
        Ok((stream, early)) => {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a socket keeps Nagle's delay");
            }
            tasks.spawn_light(Driver::new(stream, sink, session, &early));
        }
        Err(upgraded) => {
            tasks.spawn_light(Driver::new(TokioIo::new(upgraded), sink, session, &[]));
        }
    }
}

fn bare(upgraded: Upgraded) -> Result<(TcpStream, bytes::Bytes), Upgraded> {
    let upgraded =
        match hyper_util::server::conn::auto::upgrade::downcast::<TokioIo<TcpStream>>(upgraded) {
            Ok(parts) => return Ok((parts.io.into_inner(), parts.read_buf)),
            Err(upgraded) => upgraded,
        };
    let parts = upgraded.downcast::<TokioIo<TcpStream>>()?;
    Ok((parts.io.into_inner(), parts.read_buf))
}

/// What `Sec-WebSocket-Protocol` offers.
#[derive(Debug, Default, PartialEq, Eq)]
struct Protocols {
    offers_phoenix: bool,
    token: Option<String>,
}

impl Protocols {
    fn of(headers: &HeaderMap) -> Self {
        let mut protocols = Self::default();
        let values = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL);
        let offered = values.iter().filter_map(|value| value.to_str().ok());
        for protocol in offered.flat_map(|value| value.split(',')).map(str::trim) {
            if protocol == "phoenix" {
                protocols.offers_phoenix = true;
            } else if let Some(encoded) = protocol.strip_prefix(BEARER) {
                // What cannot be read is still a token, and not a good one.
                protocols.token = Some(decode_token(encoded).unwrap_or_default());
            }
        }
        protocols
    }
}

fn decode_token(encoded: &str) -> Option<String> {
    let encoded = encoded.trim_end_matches('=');
    let bytes = URL_SAFE_NO_PAD
        .decode(encoded)
        .or_else(|_| STANDARD_NO_PAD.decode(encoded));
    String::from_utf8(bytes.ok()?).ok()
}

fn status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn not_upgradable(refusal: NotUpgradable) -> Response {
    let mut response = status(refusal.status());
    if refusal == NotUpgradable::Version {
        let version = HeaderValue::from_static("13");
        response
            .headers_mut()
            .insert(header::SEC_WEBSOCKET_VERSION, version);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        let request = Request::builder()
            .uri(format!("/socket/websocket?{text}"))
            .body(Body::empty());
        Query::of(&request.unwrap())
    }

    #[test]
    fn the_last_value_wins_and_odd_ones_are_tolerated() {
        let odd = query("?&vsn=1.0.0&inbox_id=undefined&token=a&token=b&vsn=2.0.0");
        assert_eq!(
            (odd.last("token"), odd.last("inbox_id")),
            (Some("b"), Some("undefined"))
        );
        assert_eq!(odd.serializer(), Some(Serializer::V2));
        assert_eq!(query("").serializer(), Some(Serializer::V1));
        assert_eq!(query("vsn=9.0.0").serializer(), None);
        assert_eq!(query("?&vsn=2.0.0").last("token"), None);
    }

    #[test]
    fn a_token_among_the_protocols() {
        let mut headers = HeaderMap::new();
        assert_eq!(Protocols::of(&headers), Protocols::default());
        let value = HeaderValue::from_static("phoenix, base64url.bearer.phx.dG9rZW4");
        headers.insert(header::SEC_WEBSOCKET_PROTOCOL, value);
        let expected = Protocols {
            offers_phoenix: true,
            token: Some("token".to_owned()),
        };
        assert_eq!(Protocols::of(&headers), expected);
        let value = HeaderValue::from_static("base64url.bearer.phx.!");
        headers.insert(header::SEC_WEBSOCKET_PROTOCOL, value);
        let expected = Protocols {
            offers_phoenix: false,
            token: Some(String::new()),
        };
        assert_eq!(Protocols::of(&headers), expected);
    }
}
