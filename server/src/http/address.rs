//! From where a request comes. A proxy says it in `x-forwarded-for`; so could anybody, and so only
//! what a proxy of ours added is believed.

use crate::app::App;
use crate::config::Networks;
use crate::http::error::ApiError;
use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::net::{IpAddr, SocketAddr};

/// From where the request comes, as far as it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Address(pub(crate) Option<IpAddr>);

impl Address {
    /// The address of a request.
    pub(crate) fn of(request: &Request, proxies: &Networks) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        Self(client(peer, request.headers(), proxies))
    }

    /// The address, unless it is a proxy of ours: to count by that would count everybody behind it
    /// as one.
    pub(crate) fn outside(self, proxies: &Networks) -> Option<IpAddr> {
        self.0.filter(|address| !proxies.contains(*address))
    }
}

impl FromRequestParts<App> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let proxies = &app.config.limits.trusted_proxies;
        Ok(Self(client(peer, &parts.headers, proxies)))
    }
}

fn client(
    peer: Option<&ConnectInfo<SocketAddr>>,
    headers: &HeaderMap,
    proxies: &Networks,
) -> Option<IpAddr> {
    let peer = peer.map(|ConnectInfo(peer)| peer.ip().to_canonical())?;
    let list: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    Some(behind(peer, &list, proxies))
}

/// The nearest address that is no proxy of ours: each proxy adds whom it heard at the end, so the
/// list is read backwards, and everything before a stranger is only what the stranger says.
fn behind(peer: IpAddr, forwarded: &[&str], proxies: &Networks) -> IpAddr {
    let mut nearest = peer;
    for said in forwarded.iter().rev() {
        if !proxies.contains(nearest) {
            break;
        }
        match said.trim().parse::<IpAddr>() {
            Ok(address) => nearest = address.to_canonical(),
            Err(_) => break,
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::behind;
    use crate::config::Networks;

    #[test]
    fn only_our_proxies_are_believed() {
        let ours = Networks::of(&["127.0.0.1", "10.0.0.0/8"]).unwrap();
        for (peer, forwarded, wanted) in [
            ("203.0.113.9", &[][..], "203.0.113.9"),
            // A stranger may say what it likes.
            ("203.0.113.9", &["1.1.1.1"], "203.0.113.9"),
            ("127.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", &["1.1.1.1", " 203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", &["203.0.113.9", "10.1.2.3"], "203.0.113.9"),
            ("127.0.0.1", &["203.0.113.9", "unknown"], "127.0.0.1"),
            ("127.0.0.1", &["::ffff:203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", &["10.1.2.3"], "10.1.2.3"),
            ("127.0.0.1", &[], "127.0.0.1"),
        ] {
            let found = behind(peer.parse().unwrap(), forwarded, &ours);
            assert_eq!(found.to_string(), wanted, "{peer} {forwarded:?}");
        }
    }
}
