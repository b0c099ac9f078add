//! How the server calls addresses that admins choose.

use super::key::{Key, key};
use super::networks::Networks;
use std::time::Duration;

/// What outgoing calls may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Networks that may be called although they are not public.
    pub allow: Networks,
    pub timeout: Duration,
}

impl Default for Outgoing {
    fn default() -> Self {
        Self {
            allow: Networks::default(),
            timeout: Duration::from_secs(10),
        }
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "outgoing.allow",
        outgoing.allow,
        "Networks that webhooks, providers and mail servers may be in although they are not part of\nthe public internet, such as [\"10.0.0.0/8\", \"192.168.1.7\"]. In a variable, separate them with commas."
    ),
    key!(
        "outgoing.timeout",
        outgoing.timeout,
        "How long a call to the outside may take, answer included. What is large has a second more for\neach 256 KiB."
    ),
];
