//! Connections to the outside: a mailbox, a number, a bot. Each belongs to an inbox, and what it is set
//! to depends on what its conversations come from.

use crate::json::Json;
use crate::{AccountId, ConnectionId, ConnectionState, InboxId, Source, Timestamp};

/// A way by which messages come in, go out, or both. Its secrets are kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    pub id: ConnectionId,
    pub account_id: AccountId,
    pub inbox_id: InboxId,
    /// What its conversations come from.
    pub kind: Source,
    pub name: String,
    /// Everything about it that is no secret, as an object.
    pub settings: Json,
    pub health: Health,
    pub traffic: Traffic,
    /// When the owner of the mailbox let us in, where its provider asks them.
    pub consented_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What goes over a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// When the last message came by it.
    pub came_at: Option<Timestamp>,
    /// When the last went.
    pub went_at: Option<Timestamp>,
}

/// How a connection is, as far as anybody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub state: ConnectionState,
    /// What is wrong, in words for admins.
    pub reason: Option<String>,
    pub failing_since: Option<Timestamp>,
    /// When it was last used or tried.
    pub checked_at: Option<Timestamp>,
    pub worked_at: Option<Timestamp>,
    /// How many tries failed in a row.
    pub failures: i64,
    /// When it is tried again, where that is known.
    pub next_try_at: Option<Timestamp>,
}

impl Health {
    /// Of a connection nobody has tried.
    #[must_use]
    pub fn untested() -> Self {
        Self {
            state: ConnectionState::Untested,
            reason: None,
            failing_since: None,
            checked_at: None,
            worked_at: None,
            failures: 0,
            next_try_at: None,
        }
    }

    /// After a try that went well.
    #[must_use]
    pub fn worked(&self, now: Timestamp) -> Self {
        Self {
            state: self.unless_off(ConnectionState::Working),
            reason: None,
            failing_since: None,
            checked_at: Some(now),
            worked_at: Some(now),
            failures: 0,
            next_try_at: None,
        }
    }

    /// After a try that failed, and may go better by itself.
    #[must_use]
    pub fn failed(&self, why: &str, now: Timestamp) -> Self {
        self.ill(ConnectionState::Failing, why, now)
    }

    /// After the other side refused the credentials.
    #[must_use]
    pub fn refused(&self, why: &str, now: Timestamp) -> Self {
        self.ill(ConnectionState::Refused, why, now)
    }

    /// After its provider lets us in no more until its owner signs in there again.
    #[must_use]
    pub fn unauthorized(&self, why: &str, now: Timestamp) -> Self {
        self.ill(ConnectionState::Unauthorized, why, now)
    }

    /// The same, to be tried again then.
    #[must_use]
    pub fn until(self, next_try_at: Option<Timestamp>) -> Self {
        Self {
            next_try_at,
            ..self
        }
    }

    /// After it was set to something else: nobody knows, unless it is switched off.
    #[must_use]
    pub fn untried(&self) -> Self {
        match self.state {
            ConnectionState::Off => self.clone(),
            _ => Self::untested(),
        }
    }

    fn ill(&self, state: ConnectionState, why: &str, now: Timestamp) -> Self {
        Self {
            state: self.unless_off(state),
            reason: Some(why.to_owned()),
            failing_since: self.failing_since.or(Some(now)),
            checked_at: Some(now),
            worked_at: self.worked_at,
            failures: self.failures.saturating_add(1),
            next_try_at: None,
        }
    }

    /// What was switched off stays off, however a try ends that was under way.
    fn unless_off(&self, state: ConnectionState) -> ConnectionState {
        match self.state {
            ConnectionState::Off => ConnectionState::Off,
            _ => state,
        }
    }
}

impl Connection {
    /// Whether it is used at all.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.health.state != ConnectionState::Off
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: i64) -> Timestamp {
        Timestamp(micros)
    }

    #[test]
    fn a_streak_of_failures_is_counted_from_its_first() {
        let once = Health::untested().failed("no answer", at(1));
        let twice = once.failed("no answer", at(2));
        assert_eq!(twice.failing_since, Some(at(1)));
        assert_eq!(twice.checked_at, Some(at(2)));
        assert_eq!(twice.state, ConnectionState::Failing);
        assert_eq!(twice.failures, 2);
        assert_eq!(twice.clone().until(Some(at(9))).next_try_at, Some(at(9)));
        let well = twice.worked(at(3));
        assert_eq!((well.failing_since, well.reason), (None, None));
        assert_eq!(well.worked_at, Some(at(3)));
        assert_eq!((well.failures, well.next_try_at), (0, None));
    }

    #[test]
    fn what_is_switched_off_stays_off() {
        let off = Health {
            state: ConnectionState::Off,
            ..Health::untested()
        };
        for later in [
            off.worked(at(1)),
            off.failed("x", at(1)),
            off.refused("x", at(1)),
        ] {
            assert_eq!(later.state, ConnectionState::Off);
        }
    }
}
