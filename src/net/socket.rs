//! One connection to the server's socket: it sends and receives frames, keeps the connection
//! alive by heartbeats, and ends when the server no longer answers. It does not come back by
//! itself; [`super::live`] does.

use super::address::Address;
use super::channel::{Channel, Told};
use super::trust;
use crate::secret::Secret;
use frontdesk_protocol::topic::Topic;
use futures_util::{SinkExt as _, StreamExt as _};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{self, Interval, MissedTickBehavior};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream};

const HEARTBEAT: Duration = Duration::from_secs(30);
/// The most one frame may hold. A page of catch-up is far smaller.
const LARGEST_FRAME: usize = 16 * 1024 * 1024;

/// Why there is no connection, or none any more.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// The server did not take the token.
    #[error("the server refused the connection")]
    Refused,
    /// The server could not be reached.
    #[error("no connection to the server")]
    Unreachable(#[source] Box<tungstenite::Error>),
    /// Trust in servers could not be set up.
    #[error("encrypted connections are not possible here")]
    Trust(#[source] rustls::Error),
    /// It took too long.
    #[error("the server did not answer in time")]
    TooLate,
    /// The connection ended.
    #[error("the connection ended{0}")]
    Ended(String),
    /// The server does not answer heartbeats.
    #[error(transparent)]
    Dead(#[from] super::channel::Unanswered),
    /// The server sent something that is not a frame.
    #[error("the server does not speak this protocol")]
    Nonsense(#[from] frontdesk_protocol::frame::FrameError),
}

/// An open connection.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    channel: Channel,
    heartbeat: Interval,
}

impl Socket {
    /// Connects as whoever the token belongs to.
    ///
    /// # Errors
    /// When the server cannot be reached in `patience` or refuses.
    pub async fn open(
        address: &Address,
        token: &Secret,
        patience: Duration,
    ) -> Result<Self, SocketError> {
        let tls = trust::tls(address).map_err(SocketError::Trust)?;
        let connector = if address.is_encrypted() {
            Connector::Rustls(tls)
        } else {
            Connector::Plain
        };
        let limits = WebSocketConfig::default()
            .max_message_size(Some(LARGEST_FRAME))
            .max_frame_size(Some(LARGEST_FRAME));
        let url = address.socket(token.expose());
        let connecting = tokio_tungstenite::connect_async_tls_with_config(
            url.as_str(),
            Some(limits),
            true,
            Some(connector),
        );
        let connected = time::timeout(patience, Box::pin(connecting)).await;
        let (stream, _) = connected
            .map_err(|_| SocketError::TooLate)?
            .map_err(refusal)?;
        let mut heartbeat = time::interval(HEARTBEAT);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is now, and nobody needs to be told that we just came.
        heartbeat.reset();
        Ok(Self {
            stream,
            channel: Channel::new(),
            heartbeat,
        })
    }

    /// Asks to join a topic. The answer comes from [`Self::next`].
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn join(&mut self, topic: &Topic, params: &str) -> Result<(), SocketError> {
        let frame = self.channel.join(topic, params);
        self.send(frame).await
    }

    /// Leaves a topic. One that is not joined is left already.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn leave(&mut self, topic: &Topic) -> Result<(), SocketError> {
        match self.channel.leave(topic) {
            Ok(frame) => self.send(frame).await,
            Err(_) => Ok(()),
        }
    }

    /// Says something on a topic. On one that is not joined nothing is said.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn say(
        &mut self,
        topic: &Topic,
        event: &str,
        payload: &str,
    ) -> Result<(), SocketError> {
        match self.channel.push(topic, event, payload) {
            Ok((_, frame)) => self.send(frame).await,
            Err(_) => Ok(()),
        }
    }

    /// Waits for the next thing that happens, and answers for us meanwhile. It may be dropped
    /// while it waits.
    ///
    /// # Errors
    /// When the connection has ended or is dead.
    pub async fn next(&mut self) -> Result<Told, SocketError> {
        loop {
            tokio::select! {
                biased;
                received = self.stream.next() => {
                    let message = received.ok_or_else(|| SocketError::Ended(String::new()))?;
                    if let Some(told) = self.take(message.map_err(ended)?)? {
                        return Ok(told);
                    }
                }
                _ = self.heartbeat.tick() => {
                    let frame = self.channel.heartbeat()?;
                    self.send(frame).await?;
                }
            }
        }
    }

    fn take(&mut self, message: Message) -> Result<Option<Told>, SocketError> {
        match message {
            Message::Text(text) => Ok(self.channel.receive(text.as_str())?),
            Message::Close(why) => {
                let why = why.map_or_else(String::new, |why| format!(" (code {})", why.code));
                Err(SocketError::Ended(why))
            }
            // Pings are answered by the library; no binary event is ours.
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {
                Ok(None)
            }
        }
    }

    async fn send(&mut self, frame: String) -> Result<(), SocketError> {
        self.stream.send(Message::text(frame)).await.map_err(ended)
    }
}

fn refusal(error: tungstenite::Error) -> SocketError {
    match &error {
        tungstenite::Error::Http(response) if matches!(response.status().as_u16(), 401 | 403) => {
            SocketError::Refused
        }
        _ => SocketError::Unreachable(Box::new(error)),
    }
}

fn ended(error: tungstenite::Error) -> SocketError {
    match error {
        tungstenite::Error::ConnectionClosed | tungstenite::Error::AlreadyClosed => {
            SocketError::Ended(String::new())
        }
        // The words of such an error can quote what the server sent; its kind is enough.
        tungstenite::Error::Io(error) => SocketError::Ended(format!(" ({})", error.kind())),
        _ => SocketError::Ended(" (the server broke the protocol)".to_owned()),
    }
}
