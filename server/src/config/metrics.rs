//! Where the numbers for Prometheus are served.

use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong, quoted};
use std::net::SocketAddr;

/// The metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    pub serve: MetricsAt,
}

/// Where `/metrics` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsAt {
    /// Nowhere.
    Off,
    /// Beside the API.
    Main,
    /// On an address of its own, which the public need not reach.
    Own(SocketAddr),
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            serve: MetricsAt::Main,
        }
    }
}

impl Setting for MetricsAt {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"main\", \"off\" or an address and a port such as \"127.0.0.1:9100\"";
        match raw.text(expected)? {
            "off" => Ok(Self::Off),
            "main" => Ok(Self::Main),
            _ => SocketAddr::take(raw)
                .map(Self::Own)
                .map_err(|_| raw.wrong(expected)),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Off => quoted("off"),
            Self::Main => quoted("main"),
            Self::Own(address) => address.show(),
        }
    }
}

pub(super) const KEYS: &[Key] = &[key!(
    "metrics.serve",
    metrics.serve,
    "Where /metrics is: \"main\" beside the API, \"off\" nowhere, or an address and a port of its\nown such as \"127.0.0.1:9100\"."
)];
