//! Holds a line open by which a provider writes to us. What comes is kept before it is answered; what
//! came while no line stood is looked for as soon as one does.

use super::poll::{self, Next, UNREADABLE};
use super::{call, recall};
use crate::app::App;
use crate::failure::Outcome as Done;
use crate::outgoing::{Outgoing, Wire};
use crate::use_cases::{arrive, ask};
use frontdesk_connectors::channel::{Channel, Delivery, Frame, Socket};
use frontdesk_domain::connection::Connection;
use futures_util::{SinkExt, StreamExt};
use std::time::Duration;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use url::Url;

type Line = WebSocketStream<Wire>;

/// A provider says something every few seconds; one that is silent for so long is gone.
const SILENCE: Duration = Duration::from_secs(60);

/// Until a line stands.
const PATIENCE: Duration = Duration::from_secs(20);

/// Until a line that broke is opened again.
const A_MOMENT: Duration = Duration::from_secs(1);

/// The largest frame.
const LARGEST: usize = 4 * 1024 * 1024;

const GONE: &str = "the line to the provider broke";

/// Why there is no line.
enum NoLine {
    Ill(String, Option<Duration>),
    Refused(String),
}

/// How a line ended.
enum End {
    /// Another is to be opened at once.
    Leaves,
    Broken,
    Off(String),
}

/// Opens a line and holds it until it ends.
pub(super) async fn hold(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    way: &dyn Socket,
) -> Done<Next> {
    let mut line = match open(&app.outgoing, way).await {
        Ok(line) => line,
        Err(no_line) => return none(app, connection, no_line).await,
    };
    poll::keep(app, connection, connection.health.worked(app.db.now())).await?;
    loop {
        match attend(app, connection, channel, way, &mut line).await? {
            // The next line stands before this one goes.
            End::Leaves => match open(&app.outgoing, way).await {
                Ok(next) => {
                    let mut last = std::mem::replace(&mut line, next);
                    // It goes one way or the other.
                    drop(last.close(None).await);
                }
                Err(no_line) => return none(app, connection, no_line).await,
            },
            End::Broken => return Ok(Next::Pauses(A_MOMENT)),
            End::Off(why) => return poll::refused(app, connection, &why).await,
        }
    }
}

async fn none(app: &App, connection: &Connection, no_line: NoLine) -> Done<Next> {
    match no_line {
        NoLine::Ill(why, after) => poll::ill(app, connection, &why, after).await,
        NoLine::Refused(why) => poll::refused(app, connection, &why).await,
    }
}

/// Listens to a line, and looks meanwhile for what came before it stood.
async fn attend(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    way: &dyn Socket,
    line: &mut Line,
) -> Done<End> {
    let recalling = recall_always(app, connection, channel);
    tokio::pin!(recalling);
    loop {
        let heard = tokio::select! {
            failed = &mut recalling => return failed.map(|()| End::Broken),
            heard = tokio::time::timeout(SILENCE, line.next()) => heard,
        };
        let text = match heard {
            Ok(Some(Ok(Message::Text(text)))) => text,
            Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) | Err(_) => return Ok(End::Broken),
            // The library answers pings with its next word.
            Ok(Some(Ok(_))) => {
                if line.flush().await.is_err() {
                    return Ok(End::Broken);
                }
                continue;
            }
        };
        let reply = match way.frame(text.as_str()) {
            Frame::Keep { arrival, reply } => {
                arrive::keep(app, connection, arrival).await?;
                reply
            }
            Frame::Asked { asked, reply } => {
                ask::keep(app, connection, asked).await?;
                reply
            }
            Frame::Reply(reply) => reply,
            Frame::Leave => return Ok(End::Leaves),
            Frame::Off(why) => return Ok(End::Off(why)),
            Frame::Hello | Frame::Nothing => continue,
        };
        if line.send(Message::text(reply)).await.is_err() {
            return Ok(End::Broken);
        }
    }
}

/// Looks now and every hour. It ends only when the database fails, or the provider lets us in no more.
async fn recall_always(app: &App, connection: &Connection, channel: &dyn Channel) -> Done<()> {
    let Some(way) = channel.recall() else {
        return std::future::pending().await;
    };
    loop {
        let pause = match recall::run(app, connection, way).await? {
            recall::Ended::Well => recall::EVERY,
            recall::Ended::Later(why, after) => {
                tracing::warn!(connection = %connection.id, why, "what came meanwhile could not be looked for");
                after.unwrap_or(SILENCE)
            }
            recall::Ended::Broken(why) => {
                poll::refused(app, connection, &why).await?;
                SILENCE * 10
            }
        };
        tokio::time::sleep(pause).await;
    }
}

async fn open(client: &Outgoing, way: &dyn Socket) -> Result<Line, NoLine> {
    let answer = call::make(client, way.ask()).await;
    let answer = answer.map_err(|error| NoLine::Ill(error.to_string(), None))?;
    let address = way.address(&answer).map_err(|delivery| match delivery {
        Delivery::Later { why, after } => NoLine::Ill(why, after),
        Delivery::Doubtful { why } => NoLine::Ill(why, None),
        Delivery::Broken { why } | Delivery::Refused { why } => NoLine::Refused(why),
        _ => NoLine::Ill(UNREADABLE.to_owned(), None),
    })?;
    let unreadable = || NoLine::Ill(UNREADABLE.to_owned(), None);
    let url = Url::parse(&address).map_err(|_| unreadable())?;
    let (host, port) = match (url.host_str(), url.port(), url.scheme()) {
        (Some(host), port, "wss") => (host, port.unwrap_or(443)),
        (Some(host), port, "ws") => (host, port.unwrap_or(80)),
        _ => return Err(unreadable()),
    };
    let ill = |error: crate::outgoing::DialError| NoLine::Ill(error.to_string(), None);
    let stream = client.dial(host, port).await.map_err(ill)?;
    let wire = match url.scheme() {
        "wss" => client.secure(host, stream).await.map_err(ill)?,
        _ => Wire::Plain(stream),
    };
    let config = WebSocketConfig::default().max_message_size(Some(LARGEST));
    let greeting = tokio_tungstenite::client_async_with_config(address, wire, Some(config));
    match tokio::time::timeout(PATIENCE, greeting).await {
        Ok(Ok((line, _))) => Ok(line),
        Ok(Err(_)) | Err(_) => Err(NoLine::Ill(GONE.to_owned(), None)),
    }
}
