//! Who may call which provider now. Each connection has its own gate: so many calls at once, so many
//! in a second, none while the provider asks for patience, and after failures in a row a rest, then
//! one call that tries it out. What has a pace of its own waits for that too, and alone. Files have a
//! gate beside it, for they take long and often come from another host.

use super::pace::Aisles;
use frontdesk_connectors::channel::Pace;
use frontdesk_domain::{ConnectionId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Calls of a connection at once.
const AT_ONCE: u32 = 4;

/// Calls of a connection in a second.
const PER_SECOND: u32 = 20;

/// Failures in a row after which a connection rests.
const TOO_MANY: u32 = 3;

const SHORTEST_REST: Duration = Duration::from_secs(30);
const LONGEST_REST: Duration = Duration::from_secs(600);

/// How long one waits for a place.
const A_MOMENT: Duration = Duration::from_secs(1);

/// The gates of all connections. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gates(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    gates: HashMap<(ConnectionId, Side), Gate>,
    aisles: Aisles,
}

/// What a connection is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Calls,
    Files,
}

/// A place among the calls of a connection, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    gates: Gates,
    id: ConnectionId,
    side: Side,
    /// What of the connection it is a place in, where not all of it is meant.
    aisle: Option<String>,
}

#[derive(Debug, Default)]
struct Gate {
    under_way: u32,
    failures: u32,
    closed_until: Option<Timestamp>,
    second: i64,
    in_second: u32,
}

/// What came of a call, as far as the gate cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Went {
    Well,
    Badly,
    /// The provider asked for patience, for so long.
    Throttled(Duration),
}

impl Gates {
    /// A place for a call, or how long to wait for one.
    pub(crate) fn enter(&self, id: ConnectionId, now: Timestamp) -> Result<Place, Duration> {
        self.enter_paced(id, None, now)
    }

    /// The same for something that may be done only so often.
    pub(crate) fn enter_paced(
        &self,
        id: ConnectionId,
        pace: Option<&Pace>,
        now: Timestamp,
    ) -> Result<Place, Duration> {
        let mut held = self.0.lock();
        if let Some(wait) = pace.and_then(|pace| held.aisles.wait(id, pace, now)) {
            return Err(wait);
        }
        held.enter(id, Side::Calls, now)?;
        if let Some(pace) = pace {
            held.aisles.take(id, pace, now);
        }
        Ok(self.place(id, Side::Calls, pace.map(|pace| pace.of.clone())))
    }

    /// The same for fetching a file. Files that are slow to come take no place from messages.
    pub(crate) fn enter_for_file(
        &self,
        id: ConnectionId,
        now: Timestamp,
    ) -> Result<Place, Duration> {
        self.0.lock().enter(id, Side::Files, now)?;
        Ok(self.place(id, Side::Files, None))
    }

    fn place(&self, id: ConnectionId, side: Side, aisle: Option<String>) -> Place {
        Place {
            gates: self.clone(),
            id,
            side,
            aisle,
        }
    }
}

impl Inner {
    fn enter(&mut self, id: ConnectionId, side: Side, now: Timestamp) -> Result<(), Duration> {
        self.gates.entry((id, side)).or_default().enter(now)
    }
}

impl Place {
    /// Says what came of the call.
    pub(crate) fn went(&self, went: Went, now: Timestamp) {
        let mut held = self.gates.0.lock();
        match (went, &self.aisle) {
            // The provider has no time for this; for the rest it may.
            (Went::Throttled(wait), Some(aisle)) => {
                held.aisles.close(self.id, aisle, after(now, wait));
            }
            (went, _) => {
                let gate = held.gates.entry((self.id, self.side)).or_default();
                gate.note(went, now);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(gate) = self.gates.0.lock().gates.get_mut(&(self.id, self.side)) {
            gate.under_way = gate.under_way.saturating_sub(1);
        }
    }
}

impl Gate {
    fn enter(&mut self, now: Timestamp) -> Result<(), Duration> {
        if let Some(until) = self.closed_until.filter(|until| now < *until) {
            return Err(between(now, until));
        }
        let most = if self.failures >= TOO_MANY {
            1
        } else {
            AT_ONCE
        };
        if self.under_way >= most {
            return Err(A_MOMENT);
        }
        let second = now.0.div_euclid(1_000_000);
        if self.second != second {
            (self.second, self.in_second) = (second, 0);
        }
        if self.in_second >= PER_SECOND {
            return Err(A_MOMENT);
        }
        self.in_second += 1;
        self.under_way += 1;
        Ok(())
    }

    fn note(&mut self, went: Went, now: Timestamp) {
        match went {
            Went::Well => (self.failures, self.closed_until) = (0, None),
            Went::Throttled(wait) => self.closed_until = Some(after(now, wait)),
            Went::Badly => {
                self.failures = self.failures.saturating_add(1);
                if let Some(doublings) = self.failures.checked_sub(TOO_MANY) {
                    let rest = SHORTEST_REST * 2_u32.pow(doublings.min(5));
                    self.closed_until = Some(after(now, rest.min(LONGEST_REST)));
                }
            }
        }
    }
}

fn after(now: Timestamp, wait: Duration) -> Timestamp {
    let micros = i64::try_from(wait.as_micros()).unwrap_or(i64::MAX);
    Timestamp(now.0.saturating_add(micros))
}

fn between(now: Timestamp, then: Timestamp) -> Duration {
    Duration::from_micros(u64::try_from(then.0 - now.0).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn later(seconds: u64) -> Timestamp {
        after(NOW, Duration::from_secs(seconds))
    }

    #[test]
    fn one_connection_takes_no_place_from_another() {
        let gates = Gates::default();
        let (slow, other) = (ConnectionId::random(), ConnectionId::random());
        let places: Vec<Place> = (0..AT_ONCE)
            .map(|_| gates.enter(slow, NOW).unwrap())
            .collect();
        assert_eq!(gates.enter(slow, NOW).unwrap_err(), A_MOMENT);
        assert!(gates.enter(other, NOW).is_ok());
        drop(places);
        assert!(gates.enter(slow, NOW).is_ok());
    }

    #[test]
    fn files_take_no_place_from_messages_and_ask_them_for_no_patience() {
        let (gates, id) = (Gates::default(), ConnectionId::random());
        let places: Vec<Place> = (0..AT_ONCE)
            .map(|_| gates.enter_for_file(id, NOW).unwrap())
            .collect();
        assert_eq!(gates.enter_for_file(id, NOW).unwrap_err(), A_MOMENT);
        assert!(gates.enter(id, NOW).is_ok());
        for place in places {
            place.went(Went::Badly, NOW);
        }
        assert!(gates.enter_for_file(id, NOW).unwrap_err() > A_MOMENT);
        assert!(gates.enter(id, NOW).is_ok());
    }

    #[test]
    fn after_failures_in_a_row_one_call_tries_it_out() {
        let (gates, id) = (Gates::default(), ConnectionId::random());
        for _ in 0..TOO_MANY {
            gates.enter(id, NOW).unwrap().went(Went::Badly, NOW);
        }
        assert_eq!(gates.enter(id, NOW).unwrap_err(), SHORTEST_REST);
        let probe = gates.enter(id, later(30)).unwrap();
        assert_eq!(gates.enter(id, later(30)).unwrap_err(), A_MOMENT);
        probe.went(Went::Badly, later(30));
        drop(probe);
        assert_eq!(gates.enter(id, later(30)).unwrap_err(), SHORTEST_REST * 2);
        gates
            .enter(id, later(90))
            .unwrap()
            .went(Went::Well, later(90));
        let both = (gates.enter(id, later(90)), gates.enter(id, later(90)));
        assert!(both.0.is_ok() && both.1.is_ok());
    }

    #[test]
    fn patience_that_was_asked_for_is_had() {
        let (gates, id) = (Gates::default(), ConnectionId::random());
        let wait = Duration::from_secs(7);
        gates
            .enter(id, NOW)
            .unwrap()
            .went(Went::Throttled(wait), NOW);
        assert_eq!(gates.enter(id, NOW).unwrap_err(), wait);
        assert!(gates.enter(id, later(7)).is_ok());
    }

    #[test]
    fn patience_for_one_thing_leaves_the_others_alone() {
        let (gates, id) = (Gates::default(), ConnectionId::random());
        let into = |channel: &str| Pace {
            of: channel.to_owned(),
            at_once: 3,
            every: Duration::from_secs(1),
        };
        let wait = Duration::from_secs(7);
        let place = gates.enter_paced(id, Some(&into("C1")), NOW).unwrap();
        place.went(Went::Throttled(wait), NOW);
        let again = gates.enter_paced(id, Some(&into("C1")), NOW);
        assert_eq!(again.unwrap_err(), wait);
        assert!(gates.enter_paced(id, Some(&into("C2")), NOW).is_ok());
        assert!(gates.enter(id, NOW).is_ok());
    }

    #[test]
    fn so_many_calls_go_in_a_second_and_no_more() {
        let (gates, id) = (Gates::default(), ConnectionId::random());
        for _ in 0..PER_SECOND {
            drop(gates.enter(id, NOW).unwrap());
        }
        assert_eq!(gates.enter(id, NOW).unwrap_err(), A_MOMENT);
        assert!(gates.enter(id, later(1)).is_ok());
    }
}
