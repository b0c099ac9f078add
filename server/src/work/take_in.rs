//! Understands what came in by a connection, in its order. A connection has a job of its own, so that
//! one whose provider is slow delays no other.

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines;
use crate::use_cases::hear;
use frontdesk_connectors::channel::Channel;
use frontdesk_db::queries::arrivals::Arrival;
use frontdesk_db::queries::{arrivals, connections, jobs};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, ConnectionId};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Takes in what waits.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TakeIn {
    connection_id: ConnectionId,
}

impl Job<App> for TakeIn {
    const NAME: &'static str = jobs::TAKE_IN;
    const QUEUE: &'static str = jobs::TAKE_IN;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        match all(&app, AccountId(owner), self.connection_id).await {
            Ok(None) => Outcome::Done,
            Ok(Some(why)) => Outcome::retry(why),
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}

/// Takes in all that waits, or says why it cannot.
async fn all(app: &App, account_id: AccountId, id: ConnectionId) -> Done<Option<String>> {
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(connections::by_id(conn, account_id, id)?))
        .await?;
    let Some(connection) = found else {
        return Ok(None);
    };
    let channel = match lines::open(app, &connection).await? {
        Ok(channel) => channel,
        Err(unfit) => return Ok(Some(format!("the connection is not set up: {unfit}"))),
    };
    while let Some(arrival) = first(app, account_id, id).await? {
        one(app, &connection, channel.as_ref(), arrival).await?;
    }
    Ok(None)
}

async fn first(app: &App, account_id: AccountId, id: ConnectionId) -> Done<Option<Arrival>> {
    app.db
        .read(move |conn| Ok::<_, Failure>(arrivals::first(conn, account_id, id)?))
        .await
}

/// Takes one in. What the desk itself refuses is set aside, for it would be refused for ever; all else
/// is tried again, and what of it is there already is not taken twice.
async fn one(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    arrival: Arrival,
) -> Done<()> {
    let (account_id, n) = (connection.account_id, arrival.n);
    let mut problem = None;
    if let Some(way) = channel.admit() {
        let names = lines::look_up(app, connection, way, &arrival.body).await;
        for heard in way.understand(&arrival.body, &names) {
            match hear::take(app, connection, channel, heard).await {
                Ok(()) => {}
                Err(Failure::Refused(refusal)) => problem = Some(refusal.to_string()),
                Err(failure) => return Err(failure),
            }
        }
    }
    if let Some(problem) = &problem {
        tracing::error!(connection = %connection.id, arrival = n, problem, "what came in could not be taken in");
    }
    app.db
        .write(account_id, move |unit| match &problem {
            Some(problem) => Ok::<_, Failure>(arrivals::set_aside(unit, account_id, n, problem)?),
            None => Ok(arrivals::delete(unit, account_id, n)?),
        })
        .await
}
