//! Does what somebody of a team asked for from a channel of theirs, as that user and with their rights,
//! and tells them alone what came of it where nothing else shows it.

mod command;
mod wish;

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines;
use crate::use_cases::hear;
use frontdesk_connectors::channel::{Admit, Asked, Found};
use frontdesk_db::queries::connections;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, ConnectionId};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Does it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Act {
    connection_id: ConnectionId,
    asked: Asked,
}

/// The job that does what was asked for.
pub(crate) fn job(connection: &Connection, asked: Asked) -> NewJob {
    let job = Act {
        connection_id: connection.id,
        asked,
    };
    NewJob::of(Some(connection.account_id.0), &job)
}

const NOBODY: &str = "Nobody here has your address. It must be confirmed in Slack, and be that of a user of this desk.";

const LATER: &str =
    "Slack does not say who you are just now. Nothing was done; try again in a minute.";

/// A user who presses a button waits for something to happen: what cannot be done soon is not done late.
const TRIES: u32 = 3;

impl Job<App> for Act {
    const NAME: &'static str = "act";
    const QUEUE: &'static str = "acts";
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        match self.act(&app, AccountId(owner), turn.attempt).await {
            Ok(None) => Outcome::Done,
            Ok(Some(why)) if turn.attempt >= TRIES => Outcome::discard(why),
            Ok(Some(why)) => Outcome::retry(why),
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}

impl Act {
    /// Does it, or says why it cannot be done now.
    async fn act(self, app: &App, account_id: AccountId, attempt: u32) -> Done<Option<String>> {
        let id = self.connection_id;
        let found = app
            .db
            .read(move |conn| Ok::<_, Failure>(connections::by_id(conn, account_id, id)?))
            .await?;
        let Some(connection) = found.filter(Connection::is_on) else {
            return Ok(None);
        };
        let channel = match lines::open(app, &connection).await? {
            Ok(channel) => channel,
            Err(unfit) => return Ok(Some(format!("the connection is not set up: {unfit}"))),
        };
        let Some(way) = channel.admit() else {
            return Ok(None);
        };
        let email = match lines::who(app, &connection, way, &self.asked.who).await {
            Found::Known(known) => known.email,
            Found::Nobody => None,
            Found::Later if attempt < TRIES => {
                return Ok(Some("it cannot be said who asks".to_owned()));
            }
            Found::Later => {
                answer(app, way, &self.asked.answer_to, LATER).await;
                return Ok(None);
            }
        };
        let wish = self.asked.wish;
        let said = app.db.write(account_id, move |unit| {
            let user = match &email {
                Some(email) => hear::colleague(unit.conn(), &connection, email)?,
                None => None,
            };
            match user {
                Some(user) => wish::grant(unit, &user, &wish),
                None => Ok(Some(NOBODY.to_owned())),
            }
        });
        let text = match said.await {
            // All of it was taken back.
            Err(Failure::Refused(refusal)) => {
                let words = app
                    .db
                    .read(move |conn| wish::words(conn, account_id, &refusal));
                Some(words.await?)
            }
            said => said?,
        };
        if let Some(text) = text {
            answer(app, way, &self.asked.answer_to, &text).await;
        }
        Ok(None)
    }
}

/// Tells the one who asked. What they asked for is done, whether they hear of it or not.
async fn answer(app: &App, way: &dyn Admit, to: &str, text: &str) {
    let why = match way.answer(to, text) {
        Ok(call) => match lines::make(&app.outgoing, call).await {
            Ok(answer) if answer.is_good() => return,
            Ok(answer) => format!("it was answered {}", answer.status),
            Err(error) => error.to_string(),
        },
        Err(why) => why,
    };
    tracing::warn!(why, "whoever asked could not be told what came of it");
}
