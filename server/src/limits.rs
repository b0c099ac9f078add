//! How much anybody may ask for: requests by address, account, key and visitor, and attempts to
//! sign in. Kept in memory: a restart forgives, and one process serves a database.

mod buckets;
mod sign_in;

pub(crate) use sign_in::Attempt;

use crate::config::Limits as Settings;
use crate::telemetry::metrics;
use buckets::Buckets;
use frontdesk_domain::{AccountId, ApiKeyId, Timestamp};
use sign_in::Attempts;
use std::net::IpAddr;
use std::time::Duration;

/// What there was too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Address,
    Visitor,
    Account,
    Key,
    Widget,
    SignIn,
}

impl Limit {
    /// Its name among the metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Visitor => "visitor",
            Self::Account => "account",
            Self::Key => "key",
            Self::Widget => "widget",
            Self::SignIn => "sign_in",
        }
    }

    /// Counts a refusal, which is what it becomes for whoever asked.
    fn reached(self, wait: Duration) -> TooMany {
        metrics::limited(self);
        TooMany { limit: self, wait }
    }
}

/// Somebody has asked for too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany {
    pub(crate) limit: Limit,
    /// How long until asking may go well again.
    pub(crate) wait: Duration,
}

/// Everything that is counted.
#[derive(Debug)]
pub(crate) struct Limits {
    addresses: Buckets<IpAddr>,
    visitors: Buckets<IpAddr>,
    accounts: Buckets<AccountId>,
    keys: Buckets<ApiKeyId>,
    widgets: Buckets<AccountId>,
    attempts: Attempts,
}

impl Limits {
    /// Limits after the configuration.
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            addresses: Buckets::new(settings.address_rate),
            visitors: Buckets::new(settings.visitor_rate),
            accounts: Buckets::new(settings.account_rate),
            keys: Buckets::new(settings.key_rate),
            widgets: Buckets::new(settings.widget_rate),
            attempts: Attempts::new(settings.sign_in_failures, settings.sign_in_rate),
        }
    }

    /// Counts a request from an address.
    pub(crate) fn address(&self, address: IpAddr, now: Timestamp) -> Result<(), TooMany> {
        let taken = self.addresses.take(network_of(address), now);
        taken.map_err(|wait| Limit::Address.reached(wait))
    }

    /// Counts something that a visitor writes.
    pub(crate) fn visitor(&self, address: IpAddr, now: Timestamp) -> Result<(), TooMany> {
        let taken = self.visitors.take(network_of(address), now);
        taken.map_err(|wait| Limit::Visitor.reached(wait))
    }

    /// Counts a request of somebody in an account.
    pub(crate) fn account(&self, id: AccountId, now: Timestamp) -> Result<(), TooMany> {
        let taken = self.accounts.take(id, now);
        taken.map_err(|wait| Limit::Account.reached(wait))
    }

    /// Counts a request with a key.
    pub(crate) fn key(&self, id: ApiKeyId, now: Timestamp) -> Result<(), TooMany> {
        let taken = self.keys.take(id, now);
        taken.map_err(|wait| Limit::Key.reached(wait))
    }

    /// Counts something new that the visitors of an account make.
    pub(crate) fn widget(&self, id: AccountId, now: Timestamp) -> Result<(), TooMany> {
        let taken = self.widgets.take(id, now);
        taken.map_err(|wait| Limit::Widget.reached(wait))
    }

    /// Begins an attempt at a password or another factor, which counts as failed until
    /// [`Limits::succeeded`].
    pub(crate) fn attempt(
        &self,
        typed: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Attempt, TooMany> {
        let begun = self.attempts.begin(typed, address.map(network_of), now);
        begun.map_err(|wait| Limit::SignIn.reached(wait))
    }

    /// The attempt went well.
    pub(crate) fn succeeded(&self, attempt: &Attempt) {
        self.attempts.succeeded(attempt);
    }

    /// The attempt neither failed nor went well: the next question is another one.
    pub(crate) fn set_aside(&self, attempt: &Attempt) {
        self.attempts.set_aside(attempt);
    }

    /// Counts an attempt at something nobody can guess, such as a link that was mailed.
    pub(crate) fn knock(&self, address: Option<IpAddr>, now: Timestamp) -> Result<(), TooMany> {
        let heard = self.attempts.knock(address.map(network_of), now);
        heard.map_err(|wait| Limit::SignIn.reached(wait))
    }
}

/// Who has one address of IPv6 has 2^64 of them: they count as one.
fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::network_of;

    #[test]
    fn neighbours_in_ipv6_are_one() {
        let of = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(of("2001:4860::1"), of("2001:4860::ffff:1"));
        assert_ne!(of("2001:4860::1"), of("2001:4860:0:1::1"));
        assert_ne!(of("198.51.100.1"), of("198.51.100.2"));
    }
}
