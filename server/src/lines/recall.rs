//! Finds what came while nobody listened: after a start, when a line stands again, and once an hour. What
//! is known already is not taken twice, so that it may look further back than it must.

use super::call;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::use_cases::arrive;
use frontdesk_connectors::channel::{Delivery, Question, Recall, Recalled};
use frontdesk_db::queries::{connections, lines};
use frontdesk_domain::Timestamp;
use frontdesk_domain::connection::Connection;
use std::collections::VecDeque;
use std::time::Duration;

/// How often it is looked although nothing says that something is missing.
pub(super) const EVERY: Duration = Duration::from_secs(3600);

/// How much further back than the last look it is looked, in seconds: clocks differ.
const OVERLAP: i64 = 120;

/// How long a line that nobody wrote on is still looked at, in seconds.
const LIVELY: i64 = 30 * 24 * 3600;

/// The most lines that are looked at one by one.
const MOST_LINES: i64 = 200;

/// How long a provider may let us wait before this look is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a look ended.
pub(super) enum Ended {
    Well,
    Later(String, Option<Duration>),
    Broken(String),
}

/// Looks for what came since the last look, or since the connection was made.
pub(super) async fn run(app: &App, connection: &Connection, way: &dyn Recall) -> Done<Ended> {
    let (account_id, id, now) = (connection.account_id, connection.id, app.db.now());
    let (position, known) = app
        .db
        .read(move |conn| {
            let position = connections::position(conn, account_id, id)?;
            let since = now.plus_seconds(-LIVELY);
            let known = lines::heard_since(conn, account_id, id, since, MOST_LINES)?;
            Ok::<_, Failure>((position, known))
        })
        .await?;
    // What came between the connecting and the first line that stood is looked for too.
    let since = position.unwrap_or_else(|| place_of(connection.created_at, 0));
    let known: Vec<String> = known.into_iter().map(|line| line.theirs).collect();
    let found = match search(app, way, way.begin(&since, &known)).await {
        Ok(found) => found,
        Err(ended) => return Ok(ended),
    };
    for recalled in found {
        arrive::keep(app, connection, recalled.into()).await?;
    }
    let next = place_of(now, OVERLAP);
    app.db
        .write(account_id, move |unit| {
            Ok::<_, Failure>(connections::set_position(unit, account_id, id, &next)?)
        })
        .await?;
    Ok(Ended::Well)
}

/// A time as providers write it, so many seconds earlier.
fn place_of(at: Timestamp, earlier: i64) -> String {
    let seconds = at.0.div_euclid(1_000_000) - earlier;
    format!("{seconds}.000000")
}

/// Asks until there is no question left, and puts what was found in order.
async fn search(app: &App, way: &dyn Recall, first: Question) -> Result<Vec<Recalled>, Ended> {
    let mut found = Vec::new();
    let mut questions = VecDeque::from([first]);
    while let Some(question) = questions.pop_front() {
        let answer = call::make(&app.outgoing, way.ask(&question)).await;
        let answer = answer.map_err(|error| Ended::Later(error.to_string(), None))?;
        match way.read(&question, &answer) {
            Ok((more, next)) => {
                found.extend(more);
                questions.extend(next);
            }
            Err(Delivery::Later {
                after: Some(after), ..
            }) if after <= PATIENCE => {
                tokio::time::sleep(after).await;
                questions.push_front(question);
            }
            Err(Delivery::Later { why, after }) => return Err(Ended::Later(why, after)),
            Err(Delivery::Doubtful { why }) => return Err(Ended::Later(why, None)),
            Err(Delivery::Broken { why }) => return Err(Ended::Broken(why)),
            // A channel that is gone has nothing to tell.
            Err(_) => {}
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}
