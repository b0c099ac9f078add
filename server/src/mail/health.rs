//! How a mailbox is. It has two sides, and works only while both do: mail that goes out says nothing
//! about mail that should come in.

use crate::app::App;
use crate::failure::Outcome;
use crate::lines::{Seen, heard};
use frontdesk_domain::ConnectionId;
use frontdesk_domain::connection::Connection;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

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
}

/// What is wrong with the sides of the mailboxes now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ailments(Arc<Mutex<HashMap<(ConnectionId, Side), Found>>>);

impl Ailments {
    /// Keeps what a side showed, and says what that makes of the whole.
    fn note(&self, id: ConnectionId, side: Side, found: Found) -> Found {
        let mut known = self.0.lock();
        if found == Found::Works {
            known.remove(&(id, side));
        } else {
            known.insert((id, side), found.clone());
            return found;
        }
        let other = match side {
            Side::In => Side::Out,
            Side::Out => Side::In,
        };
        known.get(&(id, other)).cloned().unwrap_or(Found::Works)
    }
}

/// Keeps what using a side of a mailbox showed.
pub(crate) async fn note(
    app: &App,
    connection: &Connection,
    side: Side,
    found: Found,
) -> Outcome<()> {
    let whole = app.ailments.note(connection.id, side, found);
    let seen = match &whole {
        Found::Works => Seen::Works,
        Found::Fails(why) => Seen::Fails(why),
        Found::Refused(why) => Seen::Refused(why),
    };
    heard(app, connection, seen).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_works_while_both_sides_do() {
        let (known, id) = (Ailments::default(), ConnectionId::random());
        let wrong = Found::Refused("wrong password".to_owned());
        assert_eq!(known.note(id, Side::In, wrong.clone()), wrong);
        assert_eq!(known.note(id, Side::Out, Found::Works), wrong);
        let other = ConnectionId::random();
        assert_eq!(known.note(other, Side::Out, Found::Works), Found::Works);
        assert_eq!(known.note(id, Side::In, Found::Works), Found::Works);
    }
}
