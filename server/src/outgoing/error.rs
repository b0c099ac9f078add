//! Why a call to the outside came to nothing. Never with the address that was called: its path
//! and query may hold a secret.

use super::address::Forbidden;
use std::error::Error;

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum OutgoingError {
    /// The address itself, or one it was redirected to, is not called.
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("no answer came in time")]
    TimedOut,
    #[error("no connection could be made")]
    Unreachable,
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the connection broke or spoke no HTTP")]
    Broken,
}

/// Why an address is not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("{0}\n  hint: outgoing.allow opens private networks")]
    Address(#[from] Forbidden),
    #[error("it is no address such as https://example.com/hook")]
    Unreadable,
    #[error("only http and https are called")]
    Scheme,
    #[error("an address must not hold a name or a password")]
    Credentials,
    #[error("the server there redirects from https to http")]
    Downgrade,
    #[error("the server there redirects more than {0} times")]
    Redirects(usize),
}

/// Why no connection stands. A host is no secret, so it is named.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("there is no server called {host}")]
    Unknown { host: String },
    #[error("{place} takes no connections; the port may be another")]
    Closed { place: String },
    #[error("{place} cannot be reached")]
    Unreachable { place: String },
    #[error("{place} does not answer; a firewall may be in between")]
    Silent { place: String },
    #[error("the certificate of {host} is not to be trusted: {why}")]
    Certificate { host: String, why: String },
    #[error("{host} does not speak TLS there ({why}); the port may want starttls")]
    NoTls { host: String, why: String },
}

impl OutgoingError {
    /// Whether the same call may go well later. What was refused stays refused until somebody
    /// changes the address or the configuration.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }

    /// What a failure of the library means; our own refusals come back out of it.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(known) = cause {
            if let Some(refused) = known.downcast_ref::<Refused>() {
                return Self::Refused(refused.clone());
            }
            cause = known.source();
        }
        if error.is_timeout() {
            Self::TimedOut
        } else if error.is_connect() {
            Self::Unreachable
        } else {
            Self::Broken
        }
    }
}
