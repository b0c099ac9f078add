//! How long a mailbox is left alone that could not be read.

use super::health::{self, Found, Side};
use super::trouble::{Stop, Trouble};
use crate::app::App;
use frontdesk_domain::connection::Connection;
use frontdesk_jobs::backoff;
use std::time::Duration;

/// The longest a mailbox is left alone that failed.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// What was heard of wrong passwords too often may close the mailbox for its owner, too.
const REFUSED: Duration = Duration::from_secs(5 * 60);

/// Tells what went wrong, and how long to leave the mailbox alone.
pub(super) async fn after(
    app: &App,
    connection: &Connection,
    stop: Stop,
    failures: u32,
) -> Duration {
    let pause = backoff(failures, 0.5).min(LONGEST);
    let (found, pause) = match stop {
        Stop::Trouble(Trouble::Passing(why)) => (Found::Fails(why), pause),
        Stop::Trouble(Trouble::Lasting(why)) => (Found::Refused(why), pause.max(REFUSED)),
        Stop::Trouble(Trouble::Ended(why)) => (Found::Ended(why), pause.max(REFUSED)),
        Stop::Failure(failure) => {
            let connection = connection.id;
            tracing::warn!(%failure, %connection, "a mail could not be kept");
            return pause;
        }
    };
    if let Err(failure) = health::note_until(app, connection, Side::In, found, Some(pause)).await {
        tracing::warn!(%failure, "the state of a mailbox could not be kept");
    }
    pause
}
