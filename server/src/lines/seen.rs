//! What a use of a connection showed, for who looks after it.

use crate::app::App;
use crate::failure::Outcome as Done;
use crate::use_cases::connections;
use frontdesk_domain::connection::Connection;

/// What a use of a connection showed.
pub(super) enum Seen<'a> {
    Works,
    Fails(&'a str),
    Refused(&'a str),
}

/// Keeps what a use of the connection showed.
pub(super) async fn heard(app: &App, connection: &Connection, seen: Seen<'_>) -> Done<()> {
    let (account_id, id, now) = (connection.account_id, connection.id, app.db.now());
    let next = match seen {
        Seen::Works => connection.health.worked(now),
        Seen::Fails(why) => connection.health.failed(why, now),
        Seen::Refused(why) => connection.health.refused(why, now),
    };
    // A connection that goes on working is written down once a while at most: by who tries it.
    if next.state == connection.health.state && next.reason == connection.health.reason {
        return Ok(());
    }
    app.db
        .write(account_id, move |unit| {
            connections::heard(unit, account_id, id, |_| next.clone())?;
            Done::Ok(())
        })
        .await
}
