//! How much one client may ask for.

use super::key::{Key, key};
use super::networks::Networks;
use super::quantity::ByteSize;
use std::time::Duration;

/// The limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    pub body: ByteSize,
    pub upload: ByteSize,
    pub sockets: usize,
    /// Frames a second, over time, that one socket may send.
    pub socket_rate: usize,
    pub header_timeout: Duration,
    pub request_timeout: Duration,
    /// Proxies whose `x-forwarded-for` is believed.
    pub trusted_proxies: Networks,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: ByteSize::mebibytes(1),
            upload: ByteSize::mebibytes(25),
            sockets: 20_000,
            socket_rate: 100,
            header_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            trusted_proxies: Networks::of(&["127.0.0.0/8", "::1"]).unwrap_or_default(),
        }
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "limits.body",
        limits.body,
        "The largest JSON or form a request may bring."
    ),
    key!(
        "limits.upload",
        limits.upload,
        "The largest file somebody may upload."
    ),
    key!(
        "limits.sockets",
        limits.sockets,
        "How many connections may be open at once, sockets among them. Who comes when there are as\nmany is asked to come back a little later."
    ),
    key!(
        "limits.socket_rate",
        limits.socket_rate,
        "How many frames a second one socket may send over time, five times as many at once. Faster\nclients are read more slowly; nothing is refused."
    ),
    key!(
        "limits.header_timeout",
        limits.header_timeout,
        "How long a client may take to send the head of a request."
    ),
    key!(
        "limits.request_timeout",
        limits.request_timeout,
        "How long a request may take from its head until its answer begins."
    ),
    key!(
        "limits.trusted_proxies",
        limits.trusted_proxies,
        "The proxies in front of this server, which say in x-forwarded-for whom they speak for. What\nanybody else says there is ignored."
    ),
];
