//! Fetches a file that could not be had when its message came. It is tried for half a day; what became
//! of it is told in the thread.

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines::{self, Missed, Missing, Went};
use crate::use_cases::hear;
use frontdesk_connectors::channel::Remote;
use frontdesk_db::queries::connections;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, ConnectionId, MessageId};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Fetches it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FetchLate {
    connection_id: ConnectionId,
    message_id: MessageId,
    /// Which of the message's files it is.
    position: usize,
    place: String,
    filename: String,
    content_type: Option<String>,
}

/// The job that tries again, once for each file of a message.
pub(crate) fn job(connection: &Connection, message_id: MessageId, missing: &Missing) -> NewJob {
    let position = missing.position;
    let remote = missing.remote.clone();
    let job = FetchLate {
        connection_id: connection.id,
        message_id,
        position,
        place: remote.place,
        filename: remote.filename,
        content_type: remote.content_type,
    };
    NewJob::of(Some(connection.account_id.0), &job).unique(format!("{message_id}:{position}"))
}

impl Job<App> for FetchLate {
    const NAME: &'static str = "fetch_late";
    const QUEUE: &'static str = "fetch_late";
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        match self.fetch(&app, AccountId(owner), turn.attempt).await {
            Ok(outcome) => outcome,
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}

impl FetchLate {
    async fn fetch(self, app: &App, account_id: AccountId, attempt: u32) -> Done<Outcome> {
        let (id, message_id, position) = (self.connection_id, self.message_id, self.position);
        let found = app.db.read(move |conn| {
            let Some(connection) = connections::by_id(conn, account_id, id)? else {
                return Ok(None);
            };
            let is_settled = hear::is_settled(conn, &connection, message_id, position)?;
            Ok::<_, Failure>(Some(connection).filter(|_| !is_settled))
        });
        let Some(connection) = found.await? else {
            return Ok(Outcome::Done);
        };
        let place = match app.gates.enter_for_file(connection.id, app.db.now()) {
            Ok(place) => place,
            Err(wait) => return Ok(Outcome::Snooze(wait)),
        };
        let result = self.now(app, &connection).await?;
        place.went(went(&result), app.db.now());
        let (why, after) = match result {
            Ok(()) => return Ok(Outcome::Done),
            Err(Missed::Passing { why, after }) if attempt < Self::TRIES => (why, after),
            Err(Missed::Passing { why, .. } | Missed::Lasting { why }) => {
                let settled = app.db.write(account_id, move |unit| {
                    let file = (message_id, position);
                    hear::never_came(unit, &connection, file, &self.filename, &why)
                });
                settled.await?;
                return Ok(Outcome::Done);
            }
        };
        Ok(Outcome::Retry { why, after })
    }

    /// Fetches it and puts it to its message, or says why that cannot be.
    async fn now(&self, app: &App, connection: &Connection) -> Done<Result<(), Missed>> {
        let (account_id, kept) = (connection.account_id, connection.clone());
        let passing = |why: String| Err(Missed::Passing { why, after: None });
        if !connection.is_on() {
            return Ok(passing("the connection is switched off".to_owned()));
        }
        let channel = match lines::open(app, connection).await? {
            Ok(channel) => channel,
            Err(unfit) => return Ok(passing(format!("the connection is not set up: {unfit}"))),
        };
        let remote = Remote {
            place: self.place.clone(),
            filename: self.filename.clone(),
            content_type: self.content_type.clone(),
        };
        let file = match lines::fetch_one(app, channel.as_ref(), account_id, &remote).await {
            Ok(file) => file,
            Err(missed) => return Ok(Err(missed)),
        };
        let place = (self.message_id, self.position);
        let put = app.db.write(account_id, move |unit| {
            hear::came_late(unit, &kept, place, &file)
        });
        Ok(Ok(put.await?))
    }
}

/// What a fetch says about who was asked.
fn went(result: &Result<(), Missed>) -> Went {
    match result {
        Ok(()) | Err(Missed::Lasting { .. }) => Went::Well,
        Err(Missed::Passing {
            after: Some(after), ..
        }) => Went::Throttled(*after),
        Err(Missed::Passing { after: None, .. }) => Went::Badly,
    }
}
