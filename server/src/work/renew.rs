//! Renews the tokens of providers long before they die. Each connection has a job of its own, one at a
//! time: a token that renews works once.

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines;
use frontdesk_db::queries::{connections, jobs};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, ConnectionId, Source};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Has every token looked at.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RenewTokens {}

impl Job<App> for RenewTokens {
    const NAME: &'static str = "renew_tokens";
    const QUEUE: &'static str = "house";
    const LIMIT: Duration = Duration::from_secs(60);

    async fn run(self, app: App, _: Turn) -> Outcome {
        super::said(all(&app).await)
    }
}

async fn all(app: &App) -> Done<()> {
    let of_kind = |conn: &mut dyn frontdesk_db::Conn| connections::of_kind(conn, Source::Slack);
    let there: Vec<Connection> = app.db.read(of_kind).await?;
    for it in there {
        let job = RenewToken {
            connection_id: it.id,
        };
        let job = NewJob::of(Some(it.account_id.0), &job).unique(it.id.to_string());
        app.db
            .write(it.account_id, move |unit| jobs::enqueue(unit, &job))
            .await?;
    }
    Ok(())
}

/// Looks at the token of a connection, and renews it when it is time.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RenewToken {
    connection_id: ConnectionId,
}

impl Job<App> for RenewToken {
    const NAME: &'static str = "renew_token";
    const QUEUE: &'static str = "renew";
    const LIMIT: Duration = Duration::from_secs(120);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        match one(&app, AccountId(owner), self.connection_id).await {
            Ok(Ok(())) => Outcome::Done,
            Ok(Err(why)) => Outcome::retry(why),
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}

async fn one(app: &App, account_id: AccountId, id: ConnectionId) -> Done<Result<(), String>> {
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(connections::by_id(conn, account_id, id)?))
        .await?;
    match found.filter(Connection::is_on) {
        Some(connection) => lines::renew(app, &connection).await,
        None => Ok(Ok(())),
    }
}
