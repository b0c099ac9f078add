//! How long somebody stays signed in.

use super::key::{Key, key};
use std::time::Duration;

/// The lives of the two tokens of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sessions {
    pub access: Duration,
    pub renew: Duration,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            access: Duration::from_secs(30 * 60),
            renew: Duration::from_secs(30 * 24 * 3600),
        }
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "sessions.access",
        sessions.access,
        "How long a session token is good for."
    ),
    key!(
        "sessions.renew",
        sessions.renew,
        "How long a session can be renewed: who stays away longer signs in again."
    ),
];
