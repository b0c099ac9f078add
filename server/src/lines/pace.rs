//! How often single things may be done at a provider beside what a connection may do at all: a message
//! into one channel, one of its methods. Each has an aisle of its own, so that one that is full, or that
//! the provider asks patience for, holds up no other.

use frontdesk_connectors::channel::Pace;
use frontdesk_domain::{ConnectionId, Timestamp};
use std::collections::HashMap;
use std::time::Duration;

/// More aisles than this are looked through for those nobody is in.
const MANY: usize = 10_000;

/// The aisles of all connections.
#[derive(Debug, Default)]
pub(super) struct Aisles(HashMap<(ConnectionId, String), Aisle>);

#[derive(Debug, Clone, Copy)]
struct Aisle {
    /// When it is as if nothing had been done.
    rested_at: Timestamp,
    closed_until: Timestamp,
}

impl Aisles {
    /// How long to wait before it is done, if it is to wait.
    pub(super) fn wait(&self, id: ConnectionId, pace: &Pace, now: Timestamp) -> Option<Duration> {
        let aisle = self.0.get(&(id, pace.of.clone()))?;
        // So many may be done at once; of the rest one in each interval.
        let at_once = micros(pace.every).saturating_mul(i64::from(pace.at_once.max(1)) - 1);
        let next = aisle.rested_at.0.saturating_sub(at_once);
        let wait = next.max(aisle.closed_until.0).saturating_sub(now.0);
        let wait = u64::try_from(wait).ok().filter(|it| *it > 0)?;
        Some(Duration::from_micros(wait))
    }

    /// Notes that it is done now.
    pub(super) fn take(&mut self, id: ConnectionId, pace: &Pace, now: Timestamp) {
        if self.0.len() >= MANY {
            self.0
                .retain(|_, it| it.rested_at > now || it.closed_until > now);
        }
        let aisle = self.aisle(id, &pace.of);
        let from = aisle.rested_at.max(now);
        aisle.rested_at = Timestamp(from.0.saturating_add(micros(pace.every)));
    }

    /// Lets nothing through until a moment.
    pub(super) fn close(&mut self, id: ConnectionId, of: &str, until: Timestamp) {
        let aisle = self.aisle(id, of);
        aisle.closed_until = aisle.closed_until.max(until);
    }

    fn aisle(&mut self, id: ConnectionId, of: &str) -> &mut Aisle {
        self.0.entry((id, of.to_owned())).or_insert(Aisle {
            rested_at: Timestamp(0),
            closed_until: Timestamp(0),
        })
    }
}

fn micros(it: Duration) -> i64 {
    i64::try_from(it.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn into(channel: &str) -> Pace {
        Pace {
            of: channel.to_owned(),
            at_once: 3,
            every: Duration::from_secs(1),
        }
    }

    #[test]
    fn some_go_at_once_and_then_one_in_each_interval() {
        let (mut aisles, id) = (Aisles::default(), ConnectionId::random());
        for _ in 0..3 {
            assert_eq!(aisles.wait(id, &into("C1"), NOW), None);
            aisles.take(id, &into("C1"), NOW);
        }
        assert_eq!(
            aisles.wait(id, &into("C1"), NOW),
            Some(Duration::from_secs(1))
        );
        assert_eq!(
            aisles.wait(id, &into("C2"), NOW),
            None,
            "another channel is free"
        );
        let next = NOW.plus_seconds(1);
        assert_eq!(aisles.wait(id, &into("C1"), next), None);
        aisles.take(id, &into("C1"), next);
        assert_eq!(
            aisles.wait(id, &into("C1"), next),
            Some(Duration::from_secs(1))
        );
    }

    #[test]
    fn patience_is_had_where_it_was_asked_for_and_nowhere_else() {
        let (mut aisles, id) = (Aisles::default(), ConnectionId::random());
        aisles.close(id, "C1", NOW.plus_seconds(30));
        aisles.close(id, "C1", NOW.plus_seconds(10));
        assert_eq!(
            aisles.wait(id, &into("C1"), NOW),
            Some(Duration::from_secs(30))
        );
        assert_eq!(aisles.wait(id, &into("C2"), NOW), None);
        assert_eq!(aisles.wait(ConnectionId::random(), &into("C1"), NOW), None);
        assert_eq!(aisles.wait(id, &into("C1"), NOW.plus_seconds(30)), None);
    }
}
