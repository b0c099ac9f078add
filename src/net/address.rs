//! The address of a server: scheme, host and port, and nothing else. A token belongs to exactly
//! one address.

use reqwest::Url;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
}

/// The text is not the address of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a server")]
pub struct BadAddress;

impl Address {
    /// A server on this machine at its usual port.
    #[must_use]
    pub fn local() -> Self {
        "http://127.0.0.1:4000"
            .parse()
            .expect("the text is an address")
    }

    /// The one spelling of this address: what tokens are kept under.
    #[must_use]
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// The address of something on the server. The path begins with a slash.
    #[must_use]
    pub fn at(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url
    }

    /// The address of the server's socket for somebody with this token.
    #[must_use]
    pub fn socket(&self, token: &str) -> Url {
        let mut url = self.at("/socket/websocket");
        let scheme = if self.is_encrypted() { "wss" } else { "ws" };
        // Both schemes are of the kind that may replace each other.
        url.set_scheme(scheme).expect("http becomes ws");
        url.query_pairs_mut()
            .append_pair("token", token)
            .append_pair("vsn", "2.0.0");
        url
    }

    /// Whether what is sent there can be read by nobody else.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Whether the server is this machine.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        let host = self.url.host_str().unwrap_or("");
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || bare
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }
}

impl FromStr for Address {
    type Err = BadAddress;

    /// Reads an address. One without a scheme is encrypted, unless it is this machine.
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        if !text.contains("://") {
            let address: Self = format!("https://{text}").parse()?;
            if address.is_this_machine() {
                return format!("http://{text}").parse();
            }
            return Ok(address);
        }
        let url = Url::parse(text).map_err(|_| BadAddress)?;
        let is_bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let is_http = matches!(url.scheme(), "http" | "https");
        if is_bare && is_http && url.has_host() {
            Ok(Self { url })
        } else {
            Err(BadAddress)
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        let table = [
            (
                "https://Desk.Example.com/",
                "https://desk.example.com",
                false,
            ),
            (
                "desk.example.com:8443",
                "https://desk.example.com:8443",
                false,
            ),
            (
                "https://desk.example.com:443",
                "https://desk.example.com",
                false,
            ),
            ("http://localhost:4000", "http://localhost:4000", true),
            ("127.0.0.1:4000", "http://127.0.0.1:4000", true),
            ("http://[::1]:4000", "http://[::1]:4000", true),
            (
                "http://127.0.0.1.evil.example",
                "http://127.0.0.1.evil.example",
                false,
            ),
            (
                "http://localhost.evil.example",
                "http://localhost.evil.example",
                false,
            ),
        ];
        for (text, origin, here) in table {
            let address: Address = text.parse().unwrap();
            assert_eq!(
                (address.origin().as_str(), address.is_this_machine()),
                (origin, here)
            );
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_address_is_refused() {
        for text in [
            "",
            "https://",
            "ftp://x",
            "https://a/b",
            "https://u:p@a",
            "https://a?b=c",
            "x y",
        ] {
            assert_eq!(text.parse::<Address>(), Err(BadAddress), "{text}");
        }
    }

    #[test]
    fn the_socket_is_beside_it() {
        let address: Address = "https://a.example:8443".parse().unwrap();
        assert_eq!(
            address.socket("t/+ k").as_str(),
            "wss://a.example:8443/socket/websocket?token=t%2F%2B+k&vsn=2.0.0"
        );
    }
}
