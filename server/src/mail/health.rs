//! How a mailbox is. It has two sides, and works only while both do: mail that goes out says nothing
//! about mail that should come in.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::connections;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Which side of a mailbox was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    In,
    Out,
}

/// What using it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    Works,
    /// It may go better by itself.
    Fails(String),
    /// Somebody has to mend it.
    Refused(String),
    /// Its owner has to let us in again.
    Ended(String),
}

/// What is known of the sides of the mailboxes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ailments(Arc<Mutex<HashMap<ConnectionId, Known>>>);

#[derive(Debug, Default)]
struct Known {
    /// What is wrong on a side.
    wrong: HashMap<Side, Found>,
    /// What was last written down, and when.
    written: Option<(Found, Timestamp)>,
}

/// That a mailbox goes on as it is, is written down no oftener.
const PAUSE: i64 = 60;

impl Ailments {
    /// Keeps what a side showed. Says what that makes of the whole, where it is to be written down.
    fn note(&self, id: ConnectionId, side: Side, found: Found, now: Timestamp) -> Option<Found> {
        let mut all = self.0.lock();
        let known = all.entry(id).or_default();
        // Each failure counts, and what the other side failed at before counts once.
        let failed = found != Found::Works;
        let whole = if found == Found::Works {
            known.wrong.remove(&side);
            let other = known.wrong.values().next();
            other.cloned().unwrap_or(Found::Works)
        } else {
            known.wrong.insert(side, found.clone());
            found
        };
        let is_news = known
            .written
            .as_ref()
            .is_none_or(|(last, at)| *last != whole || at.plus_seconds(PAUSE) <= now);
        if !is_news && !failed {
            return None;
        }
        known.written = Some((whole.clone(), now));
        Some(whole)
    }

    /// Forgets what was known: the mailbox was set to something else.
    pub(super) fn forget(&self, id: ConnectionId) {
        self.0.lock().remove(&id);
    }
}

/// Keeps what using a side of a mailbox showed.
pub(crate) async fn note(
    app: &App,
    connection: &Connection,
    side: Side,
    found: Found,
) -> Outcome<()> {
    note_until(app, connection, side, found, None).await
}

/// The same of a mailbox that is left alone for so long.
pub(crate) async fn note_until(
    app: &App,
    connection: &Connection,
    side: Side,
    found: Found,
    pause: Option<Duration>,
) -> Outcome<()> {
    let (account_id, id, now) = (connection.account_id, connection.id, app.db.now());
    let Some(whole) = app.ailments.note(id, side, found, now) else {
        return Ok(());
    };
    let kept = app.db.write(account_id, move |unit| {
        connections::heard(unit, account_id, id, |held| {
            let health = match &whole {
                Found::Works => held.worked(now),
                Found::Fails(why) => held.failed(why, now),
                Found::Refused(why) => held.refused(why, now),
                Found::Ended(why) => held.unauthorized(why, now),
            };
            health.until(pause.map(|pause| later(now, pause)))
        })?;
        Ok::<_, Failure>(())
    });
    kept.await
}

fn later(now: Timestamp, pause: Duration) -> Timestamp {
    now.plus_seconds(i64::try_from(pause.as_secs()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    #[test]
    fn a_mailbox_works_while_both_sides_do() {
        let (all, id) = (Ailments::default(), ConnectionId::random());
        let note = |side, found| all.note(id, side, found, NOW);
        let wrong = Found::Refused("wrong password".to_owned());
        assert_eq!(note(Side::Out, Found::Works), Some(Found::Works));
        assert_eq!(note(Side::In, wrong.clone()), Some(wrong));
        assert_eq!(note(Side::Out, Found::Works), None, "nothing new");
        assert_eq!(note(Side::In, Found::Works), Some(Found::Works));
        let later = NOW.plus_seconds(PAUSE);
        let again = all.note(id, Side::In, Found::Works, later);
        assert_eq!(again, Some(Found::Works));
        all.forget(id);
        assert_eq!(note(Side::In, Found::Works), Some(Found::Works));
    }
}
