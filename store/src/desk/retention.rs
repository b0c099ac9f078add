//! What is kept: everything that is open or rests, and what was closed lately. The server has
//! the rest, and events bring back what comes alive again.

use super::standing::Number;
use super::{Desk, Rest};
use crate::StoreError;
use frontdesk_protocol::time::Timestamp;
use rusqlite::Result;

/// How many conversations one step forgets: a few milliseconds.
const STEP: usize = 20;

/// The moment since which conversations that were closed are kept, for so many days.
#[must_use]
pub fn kept_since(now: Timestamp, days: i64) -> Timestamp {
    now.plus_seconds(days.saturating_mul(SECONDS_OF_DAY).saturating_neg())
}

const SECONDS_OF_DAY: i64 = 86_400;

impl Desk {
    /// Forgets some of what was closed more than `days` before `now`, a little at a time: call
    /// it again when nobody waits, until it is done. What something of the agent's waits in is
    /// kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn retain(&mut self, now: Timestamp, days: i64) -> std::result::Result<Rest, StoreError> {
        const OLD: &str = "SELECT n FROM conversations
            WHERE closed < ?1 AND overlaid = 0 AND mentioned = 0 ORDER BY closed LIMIT ?2";
        let before = kept_since(now, days);
        self.write(|cache| {
            let numbers = cache
                .db
                .prepare_cached(OLD)?
                .query_map((before.0, STEP as i64), |row| row.get(0))?
                .collect::<Result<Vec<Number>>>()?;
            for n in &numbers {
                cache.forget(*n)?;
            }
            Ok(if numbers.len() < STEP {
                Rest::Done
            } else {
                Rest::More
            })
        })
    }
}
