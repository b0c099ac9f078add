//! A small Phoenix client for tests.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A socket that speaks V2.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next: u64,
    /// Frames that came while another one was waited for.
    waiting: Vec<Value>,
}

impl Socket {
    /// Connects with these query parameters.
    pub async fn open(url: &str, params: &str) -> Self {
        Self::try_open(url, params).await.unwrap()
    }

    /// The same over a line that may break.
    pub async fn try_open(url: &str, params: &str) -> Option<Self> {
        let url = url.replacen("http", "ws", 1);
        let url = format!("{url}/socket/websocket?{params}&vsn=2.0.0");
        let (stream, _) = connect_async(url).await.ok()?;
        Some(Self {
            stream,
            next: 1,
            waiting: Vec::new(),
        })
    }

    /// Joins a topic and gives the reply's payload.
    pub async fn join(&mut self, topic: &str, payload: Value) -> Value {
        let reference = self.push(topic, "phx_join", payload).await;
        self.reply(&reference).await
    }

    /// Pushes to a topic and gives the reference of the push.
    pub async fn push(&mut self, topic: &str, event: &str, payload: Value) -> String {
        self.try_push(topic, event, payload).await.unwrap()
    }

    /// The same over a line that may break.
    pub async fn try_push(&mut self, topic: &str, event: &str, payload: Value) -> Option<String> {
        let reference = self.next.to_string();
        self.next += 1;
        let join = (event == "phx_join").then_some(reference.as_str());
        let frame = json!([join, reference, topic, event, payload]).to_string();
        self.stream.send(Message::text(frame)).await.ok()?;
        Some(reference)
    }

    /// The payload of the reply to a push.
    pub async fn reply(&mut self, reference: &str) -> Value {
        self.wait(|frame| frame[3] == "phx_reply" && frame[1] == reference)
            .await[4]
            .clone()
    }

    /// The payload of the next such event on a topic.
    pub async fn event(&mut self, topic: &str, event: &str) -> Value {
        self.wait(|frame| frame[2] == topic && frame[3] == event)
            .await[4]
            .clone()
    }

    /// The first frame that fits; the others stay for later.
    pub async fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&fits) {
            return self.waiting.remove(at);
        }
        loop {
            let frame = self.next_frame().await;
            if fits(&frame) {
                return frame;
            }
            self.waiting.push(frame);
        }
    }

    /// One of the frames that came while another one was waited for.
    pub fn passed(&mut self) -> Option<Value> {
        self.waiting.pop()
    }

    /// Waits until the server closes the socket, and says with which code.
    pub async fn closed(&mut self) -> Option<u16> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    async fn next_frame(&mut self) -> Value {
        self.read().await.expect("the socket ended")
    }

    /// The next frame, whatever it is; none when the line has broken.
    pub async fn try_next(&mut self) -> Option<Value> {
        if self.waiting.is_empty() {
            self.read().await
        } else {
            Some(self.waiting.remove(0))
        }
    }

    async fn read(&mut self) -> Option<Value> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }
}
