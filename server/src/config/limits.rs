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
    /// Requests a minute from one address; as for all rates, 0 counts nothing.
    pub address_rate: usize,
    /// Things a minute that visitors at one address write.
    pub visitor_rate: usize,
    /// New things a minute that the visitors of one account make.
    pub widget_rate: usize,
    pub account_rate: usize,
    pub key_rate: usize,
    /// Attempts a minute to sign in from one address.
    pub sign_in_rate: usize,
    /// Wrong passwords before the next try has to wait.
    pub sign_in_failures: usize,
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
            address_rate: 6000,
            visitor_rate: 300,
            widget_rate: 6000,
            account_rate: 60_000,
            key_rate: 6000,
            sign_in_rate: 60,
            sign_in_failures: 5,
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
        "limits.address_rate",
        limits.address_rate,
        "How many requests a minute one address may make, and as many at once. Whoever asks for more\nhears 429 and when to come back. What comes from a trusted proxy and names no other\naddress is not counted by address. Here and below, 0 is no limit."
    ),
    key!(
        "limits.visitor_rate",
        limits.visitor_rate,
        "How many things a minute the visitors at one address may write without signing in."
    ),
    key!(
        "limits.widget_rate",
        limits.widget_rate,
        "How many customers, conversations, files and visits a minute the visitors of one account\nmay make."
    ),
    key!(
        "limits.account_rate",
        limits.account_rate,
        "How many requests a minute all the people and keys of an account may make."
    ),
    key!(
        "limits.key_rate",
        limits.key_rate,
        "How many requests a minute one personal API key may make."
    ),
    key!(
        "limits.sign_in_rate",
        limits.sign_in_rate,
        "How many attempts a minute to sign in, register or reset a password one address may make."
    ),
    key!(
        "limits.sign_in_failures",
        limits.sign_in_failures,
        "After how many wrong passwords for one e-mail address the next try has to wait: a second,\nthen twice as long each time up to a minute. An address may fail four times as often and\nwaits up to a quarter of an hour."
    ),
    key!(
        "limits.trusted_proxies",
        limits.trusted_proxies,
        "The proxies in front of this server, which say in x-forwarded-for whom they speak for. What\nanybody else says there is ignored."
    ),
];
