//! Attempts at passwords and other factors. After a few that failed the next must wait, and each
//! failure doubles the wait, by account and by address. Whether the account exists makes no
//! difference: what counts is what was typed.

use super::buckets::{Buckets, forget, is_full};
use crate::secret::hash;
use frontdesk_db::queries::sessions::TokenHash;
use frontdesk_domain::Timestamp;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

/// After so many seconds without an attempt what failed is forgotten.
const FORGET: i64 = 3600;

/// Whom an attempt is counted against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Whom {
    /// The typed address, as a hash: an attacker chooses how long it is.
    Account(TokenHash),
    Address(IpAddr),
}

impl Whom {
    /// The longest wait, in seconds. For an account it is short: anybody can cause it for anybody.
    fn longest(self) -> i64 {
        match self {
            Self::Account(_) => 60,
            Self::Address(_) => 900,
        }
    }

    /// How many failures are free. Many people may share an address.
    fn free(self, by_account: u32) -> u32 {
        match self {
            Self::Account(_) => by_account,
            Self::Address(_) => by_account.saturating_mul(4),
        }
    }
}

/// What failed so far.
#[derive(Debug, Clone, Copy)]
struct Failed {
    count: u32,
    last: Timestamp,
    until: Timestamp,
}

/// An attempt that is being made.
#[derive(Debug)]
pub(crate) struct Attempt {
    account: Whom,
    address: Option<Whom>,
    locks_out: bool,
}

impl Attempt {
    /// Whether it is the first after which the account has to wait, if it fails.
    pub(crate) fn locks_out(&self) -> bool {
        self.locks_out
    }
}

/// All attempts.
#[derive(Debug)]
pub(super) struct Attempts {
    /// How many failures an account has free.
    free: u32,
    rate: Buckets<IpAddr>,
    failed: Mutex<HashMap<Whom, Failed>>,
}

impl Attempts {
    /// Attempts of which so many may fail; with 0, all.
    pub(super) fn new(free: usize, per_minute: usize) -> Self {
        let free = u32::try_from(free).ok().filter(|it| *it > 0);
        Self {
            free: free.unwrap_or(u32::MAX),
            rate: Buckets::new(per_minute),
            failed: Mutex::new(HashMap::new()),
        }
    }

    /// Begins an attempt, which counts as failed until [`Attempts::succeeded`]: many at once must
    /// not slip through before the first has failed.
    pub(super) fn begin(
        &self,
        typed: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Attempt, Duration> {
        self.knock(address, now)?;
        let account = Whom::Account(hash(typed));
        let address = address.map(Whom::Address);
        let mut failed = self.failed.lock();
        if is_full(&failed) {
            forget(&mut failed, |it| it.until > now);
        }
        let whom = || std::iter::once(account).chain(address);
        if let Some(wait) = whom().filter_map(|it| waiting(&failed, it, now)).max() {
            return Err(wait);
        }
        for whom in whom() {
            fail(&mut failed, whom, whom.free(self.free), now);
        }
        let locks_out = failed.get(&account).is_some_and(|it| it.count == self.free);
        Ok(Attempt {
            account,
            address,
            locks_out,
        })
    }

    /// Counts an attempt at something nobody can guess.
    pub(super) fn knock(&self, address: Option<IpAddr>, now: Timestamp) -> Result<(), Duration> {
        match address {
            Some(address) => self.rate.take(address, now),
            None => Ok(()),
        }
    }

    /// The attempt counts for nothing. What failed before still does, or whoever guesses one
    /// factor would be forgiven by showing the other.
    pub(super) fn set_aside(&self, attempt: &Attempt) {
        let mut failed = self.failed.lock();
        for whom in std::iter::once(attempt.account).chain(attempt.address) {
            if let Some(it) = failed.get_mut(&whom) {
                it.count = it.count.saturating_sub(1);
                // It was let in, so nobody had to wait before it.
                it.until = it.until.min(it.last);
            }
        }
    }

    /// The attempt went well: what failed before is forgotten for the account, and this attempt
    /// for the address. Somebody who knows one password must not go on guessing others.
    pub(super) fn succeeded(&self, attempt: &Attempt) {
        let mut failed = self.failed.lock();
        failed.remove(&attempt.account);
        if let Some(it) = attempt.address.and_then(|whom| failed.get_mut(&whom)) {
            it.count = it.count.saturating_sub(1);
        }
    }
}

fn waiting(failed: &HashMap<Whom, Failed>, whom: Whom, now: Timestamp) -> Option<Duration> {
    let known = failed.get(&whom)?;
    let left = known.until.0 - now.0;
    // Nobody is told to wait longer than the longest wait: where more is left the clock was set
    // back since, which must lock nobody out until it is there again.
    let was_set_back = left > whom.longest() * 1_000_000;
    let left = u64::try_from(left).ok().filter(|left| *left > 0);
    left.filter(|_| !was_set_back).map(Duration::from_micros)
}

fn fail(failed: &mut HashMap<Whom, Failed>, whom: Whom, free: u32, now: Timestamp) {
    let known = failed.entry(whom).or_insert(Failed {
        count: 0,
        last: now,
        until: now,
    });
    if now.0 - known.last.0 > FORGET * 1_000_000 {
        known.count = 0;
    }
    known.count = known.count.saturating_add(1);
    known.last = now;
    if known.count >= free {
        let longest = whom.longest();
        // Past the longest wait a further doubling changes nothing.
        let doublings = (known.count - free).min(30);
        known.until = now.plus_seconds((1_i64 << doublings).min(longest));
    }
}

#[cfg(test)]
mod tests;
