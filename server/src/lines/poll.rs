//! Asks the providers that are asked, and holds the lines that are held open: each connection in a task
//! of its own, so that a slow one delays no other. Every few seconds it is looked which connections there are.

use super::{announce, call, recall, socket};
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::use_cases::{connections, hear};
use frontdesk_connectors::channel::Delivery;
use frontdesk_db::queries::connections as rows;
use frontdesk_domain::connection::{Connection, Health};
use frontdesk_domain::{ConnectionId, Source};
use frontdesk_jobs::Periodic;
use parking_lot::Mutex;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked for connections that nobody asks.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long a connection that failed is left alone.
const PAUSE: Duration = Duration::from_secs(5);

pub(super) const UNREADABLE: &str = "the provider's answer cannot be read";

/// The connections that somebody asks.
type Asked = Arc<Mutex<HashSet<ConnectionId>>>;

/// Starts asking.
pub(crate) fn start(app: &App) {
    let looking = Periodic {
        name: "polls",
        every: LOOK_EVERY,
        stop: app.tasks.stopping(),
    };
    let (app, asked) = (app.clone(), Asked::default());
    app.clone().tasks.spawn("polls", async move {
        looking.run(|| look(&app, &asked)).await;
    });
}

async fn look(app: &App, asked: &Asked) -> Done<()> {
    let there = app
        .db
        .read(|conn| {
            let mut there = rows::of_kind(conn, Source::Telegram)?;
            there.extend(rows::of_kind(conn, Source::Slack)?);
            Ok::<_, Failure>(there)
        })
        .await?;
    for connection in there {
        if asked.lock().insert(connection.id) {
            let (app, asked) = (app.clone(), Arc::clone(asked));
            app.clone().tasks.spawn("poll", async move {
                let id = connection.id;
                keep_asking(&app, connection).await;
                asked.lock().remove(&id);
            });
        }
    }
    Ok(())
}

/// Asks until the server stops, the connection goes, or it is no longer one that is asked.
async fn keep_asking(app: &App, first: Connection) {
    let stop = app.tasks.stopping();
    let (account_id, id) = (first.account_id, first.id);
    loop {
        let turn = async {
            let known = app
                .db
                .read(move |conn| Ok::<_, Failure>(rows::by_id(conn, account_id, id)?))
                .await?;
            match known.filter(Connection::is_on) {
                Some(connection) => ask(app, &connection).await,
                None => Ok(Next::Ends),
            }
        };
        let next = tokio::select! {
            () = stop.cancelled() => return,
            next = turn => next,
        };
        let pause = match next {
            Ok(Next::Goes) => continue,
            Ok(Next::Ends) => return,
            Ok(Next::Pauses(wait)) => wait,
            Err(failure) => {
                tracing::warn!(%failure, connection = %id, "a connection could not be asked");
                PAUSE
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

pub(super) enum Next {
    Goes,
    Pauses(Duration),
    Ends,
}

/// Asks once, and moves on behind what is stored.
async fn ask(app: &App, connection: &Connection) -> Done<Next> {
    let Ok(channel) = super::open(app, connection).await? else {
        return Ok(Next::Ends);
    };
    if let Some(way) = channel.socket() {
        return socket::hold(app, connection, channel.as_ref(), way).await;
    }
    if let Some(way) = channel.recall() {
        return match recall::run(app, connection, way).await? {
            recall::Ended::Well => Ok(Next::Pauses(recall::EVERY)),
            recall::Ended::Later(why, after) => ill(app, connection, &why, after).await,
            recall::Ended::Broken(why) => refused(app, connection, &why).await,
        };
    }
    let (account_id, id) = (connection.account_id, connection.id);
    let known = app
        .db
        .read(move |conn| Ok::<_, Failure>(rows::position(conn, account_id, id)?))
        .await?;
    if let Some(way) = channel.announce() {
        let next = announce::keep(app, connection, channel.as_ref(), way, known.as_deref()).await?;
        if let Some(next) = next {
            return Ok(next);
        }
    }
    let Some(poll) = channel.poll() else {
        return Ok(Next::Ends);
    };
    let position = known.and_then(|text| text.parse().ok()).unwrap_or(0);
    let answer = match call::make(&app.outgoing, poll.ask(position)).await {
        Ok(answer) => answer,
        Err(error) => return ill(app, connection, &error.to_string(), None).await,
    };
    let (heard, next) = match poll.read(position, &answer) {
        Ok(read) => read,
        Err(Delivery::Later { why, after }) => return ill(app, connection, &why, after).await,
        Err(Delivery::Broken { why }) => return refused(app, connection, &why).await,
        Err(Delivery::Refused { why } | Delivery::Stopped { why } | Delivery::Doubtful { why }) => {
            return ill(app, connection, &why, None).await;
        }
        Err(Delivery::Sent { .. } | Delivery::Moved { .. }) => {
            return ill(app, connection, UNREADABLE, None).await;
        }
    };
    for one in heard {
        hear::take(app, connection, channel.as_ref(), one).await?;
    }
    if next != position {
        let text = next.to_string();
        let moved = app.db.write(account_id, move |unit| {
            Ok::<_, Failure>(rows::set_position(unit, account_id, id, &text)?)
        });
        moved.await?;
    }
    keep(app, connection, connection.health.worked(app.db.now())).await?;
    Ok(Next::Goes)
}

/// Until an admin mends it, it is tried now and then.
pub(super) async fn refused(app: &App, connection: &Connection, why: &str) -> Done<Next> {
    let now = app.db.now();
    keep(app, connection, connection.health.refused(why, now)).await?;
    Ok(Next::Pauses(PAUSE * 12))
}

/// It may go better soon.
pub(super) async fn ill(
    app: &App,
    connection: &Connection,
    why: &str,
    after: Option<Duration>,
) -> Done<Next> {
    let now = app.db.now();
    keep(app, connection, connection.health.failed(why, now)).await?;
    Ok(Next::Pauses(after.unwrap_or(PAUSE)))
}

/// Keeps how the connection is, where that is new.
pub(super) async fn keep(app: &App, connection: &Connection, next: Health) -> Done<()> {
    if next.state == connection.health.state {
        return Ok(());
    }
    let (account_id, id) = (connection.account_id, connection.id);
    let kept = app.db.write(account_id, move |unit| {
        Ok::<_, Failure>(connections::heard(unit, account_id, id, |_| next.clone())?)
    });
    kept.await
}
