//! Who has stopped beating.

use crate::queue::{Beat, Lease};
use std::collections::HashMap;
use std::time::Duration;

/// How often a node beats and looks at the others.
pub(crate) const BEAT: Duration = Duration::from_secs(5);

/// In so many looks a beat that did not move is that of a node which is gone: 20 seconds, and so
/// its jobs run elsewhere within 30.
const LOOKS: u32 = 4;

/// What was seen of the other nodes. It counts looks and reads no clock: a node that was stopped
/// itself looks once when it wakes, however long it slept, and takes nobody's jobs for that.
#[derive(Debug, Default)]
pub(crate) struct Watch(HashMap<Lease, Seen>);

#[derive(Debug)]
struct Seen {
    count: i64,
    unmoved: u32,
}

impl Watch {
    /// Takes in what all beats are now and says which leases have ended.
    pub(crate) fn look(&mut self, beats: &[Beat]) -> Vec<Beat> {
        self.0
            .retain(|lease, _| beats.iter().any(|beat| beat.lease == *lease));
        let mut gone = Vec::new();
        for beat in beats {
            let seen = self.0.entry(beat.lease).or_insert(Seen {
                count: beat.count,
                unmoved: 0,
            });
            if seen.count == beat.count {
                seen.unmoved += 1;
            } else {
                *seen = Seen {
                    count: beat.count,
                    unmoved: 1,
                };
            }
            if seen.unmoved > LOOKS {
                gone.push(*beat);
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn beat(number: u128, count: i64) -> Beat {
        Beat {
            lease: Lease(Uuid::from_u128(number)),
            count,
        }
    }

    #[test]
    fn a_node_is_gone_when_its_beat_does_not_move_for_twenty_seconds() {
        let mut watch = Watch::default();
        for look in 1..=4 {
            let found = watch.look(&[beat(1, 7), beat(2, look)]);
            assert!(found.is_empty(), "look {look}");
        }
        assert_eq!(watch.look(&[beat(1, 7), beat(2, 5)]), [beat(1, 7)]);
        assert!(watch.look(&[beat(2, 6)]).is_empty());
    }

    #[test]
    fn one_beat_in_time_is_enough() {
        let mut watch = Watch::default();
        for look in 0..40 {
            assert!(watch.look(&[beat(1, look / 4)]).is_empty(), "look {look}");
        }
    }

    #[test]
    fn a_lease_that_was_gone_is_looked_at_anew() {
        let mut watch = Watch::default();
        for _ in 0..4 {
            watch.look(&[beat(1, 7)]);
        }
        watch.look(&[]);
        assert!(watch.look(&[beat(1, 7)]).is_empty());
    }
}
