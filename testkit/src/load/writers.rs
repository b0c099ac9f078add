//! Those who write while the server is killed, and what each was told.

use super::place::Thread;
use crate::Desk;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// One who writes message after message.
#[derive(Debug)]
pub struct Writer {
    name: String,
    way: Way,
    thread: String,
    count: u32,
    /// Sent and not answered, to be sent again under the same key.
    pending: Option<String>,
    /// What the server said it has.
    pub acknowledged: Vec<String>,
    /// Sent and not answered, by a way that cannot repeat: there once or not at all.
    pub unsure: Vec<String>,
}

#[derive(Debug)]
enum Way {
    /// `POST /api/messages` with an idempotency key; the answer acknowledges.
    Rest,
    /// `shout` in the office, with an idempotency key; its reply acknowledges.
    Office,
    /// `shout` as a visitor; its echo acknowledges.
    Visitor { customer_id: String },
}

/// How a writer reaches the server.
enum Wire {
    Requests,
    Socket(Box<Line>),
}

type Line = WebSocketStream<MaybeTlsStream<TcpStream>>;

impl Writer {
    /// Several writers of each kind, so that every thread has some of each.
    pub fn crew(threads: &[Thread]) -> Vec<Self> {
        let mut crew = Vec::new();
        for (at, thread) in threads.iter().enumerate() {
            let customer_id = thread.customer_id.clone();
            let ways = [
                ("rest-a", Way::Rest),
                ("rest-b", Way::Rest),
                ("office", Way::Office),
                ("visitor", Way::Visitor { customer_id }),
            ];
            crew.extend(ways.map(|(name, way)| Self {
                name: format!("{name}-{at}"),
                way,
                thread: thread.id.clone(),
                count: 0,
                pending: None,
                acknowledged: Vec::new(),
                unsure: Vec::new(),
            }));
        }
        crew
    }

    /// Those of a crew who can repeat what was not answered.
    pub fn patient_crew(threads: &[Thread]) -> Vec<Self> {
        let mut crew = Self::crew(threads);
        crew.retain(|writer| !matches!(writer.way, Way::Visitor { .. }));
        crew
    }

    /// Writes until the server is gone, or refuses.
    pub async fn work(&mut self, desk: &Desk) {
        if let Some(mut wire) = self.connect(desk).await {
            while self.write(desk, &mut wire).await {}
        }
    }

    /// Writes until so many more were acknowledged, however often the server refuses or is lost
    /// from sight.
    pub async fn insist(&mut self, desk: &Desk, count: usize) {
        let goal = self.acknowledged.len() + count;
        while self.acknowledged.len() < goal {
            let Some(mut wire) = self.connect(desk).await else {
                tokio::task::yield_now().await;
                continue;
            };
            while self.acknowledged.len() < goal && self.write(desk, &mut wire).await {}
        }
    }

    /// Sends once more what was not answered.
    pub async fn settle(&mut self, desk: &Desk) {
        if self.pending.is_some() {
            let mut wire = self.connect(desk).await.unwrap();
            assert!(self.write(desk, &mut wire).await);
        }
    }

    /// Writes a message, what was not answered before all others; whether it was answered.
    async fn write(&mut self, desk: &Desk, wire: &mut Wire) -> bool {
        let body = self.pending.take().unwrap_or_else(|| {
            self.count += 1;
            format!("{} {}", self.name, self.count)
        });
        let answered = match wire {
            Wire::Requests => self.post(desk, &body).await,
            Wire::Socket(line) => self.shout(desk, line, &body).await,
        };
        match (answered, &self.way) {
            (Some(()), _) => self.acknowledged.push(body),
            (None, Way::Visitor { .. }) => self.unsure.push(body),
            (None, _) => self.pending = Some(body),
        }
        answered.is_some()
    }

    async fn post(&self, desk: &Desk, body: &str) -> Option<()> {
        let message = json!({ "message": { "conversation_id": self.thread, "body": body } });
        let sent = desk
            .http
            .post(format!("{}/api/messages", desk.url))
            .header("authorization", &desk.token)
            .header("idempotency-key", body)
            .json(&message)
            .send()
            .await;
        let sent = sent.ok()?;
        match sent.status().as_u16() {
            201 => Some(()),
            // No disk, no database: nothing was done, and the same again may be.
            503 | 507 => None,
            status => panic!("answered {status} {}", sent.text().await.unwrap()),
        }
    }

    async fn shout(&self, desk: &Desk, line: &mut Line, body: &str) -> Option<()> {
        let mut shout = json!({ "body": body });
        let visits = matches!(self.way, Way::Visitor { .. });
        if !visits {
            shout["conversation_id"] = json!(self.thread);
            shout["idempotency_key"] = json!(body);
        }
        say(line, &json!(["0", body, self.topic(desk), "shout", shout])).await?;
        let is_answer = |frame: &Value| match visits {
            true => frame[3] == "shout" && frame[4]["body"] == body,
            false => frame[1] == body,
        };
        let answer = hear(line, is_answer).await?;
        (visits || answer[4]["status"] == "ok").then_some(())
    }

    fn topic(&self, desk: &Desk) -> String {
        match self.way {
            Way::Visitor { .. } => format!("conversation:{}", self.thread),
            Way::Rest | Way::Office => format!("notification:{}", desk.account_id),
        }
    }

    /// Joins the topic that this writer shouts in, if it does.
    async fn connect(&self, desk: &Desk) -> Option<Wire> {
        let (params, joining) = match &self.way {
            Way::Rest => return Some(Wire::Requests),
            Way::Office => (format!("token={}", desk.token), json!({})),
            Way::Visitor { customer_id } => (String::new(), json!({ "customer_id": customer_id })),
        };
        let url = desk.url.replacen("http", "ws", 1);
        let url = format!("{url}/socket/websocket?{params}&vsn=2.0.0");
        let (mut line, _) = connect_async(url).await.ok()?;
        let join = json!(["0", "0", self.topic(desk), "phx_join", joining]);
        say(&mut line, &join).await?;
        let joined = hear(&mut line, |frame| frame[1] == "0").await?;
        (joined[4]["status"] == "ok").then_some(())?;
        Some(Wire::Socket(Box::new(line)))
    }
}

async fn say(line: &mut Line, frame: &Value) -> Option<()> {
    line.send(Message::text(frame.to_string())).await.ok()
}

/// The next frame that fits, unless the socket ends before.
async fn hear(line: &mut Line, fits: impl Fn(&Value) -> bool) -> Option<Value> {
    loop {
        let Message::Text(text) = line.next().await?.ok()? else {
            continue;
        };
        let frame = serde_json::from_str(&text).unwrap();
        if fits(&frame) {
            return Some(frame);
        }
    }
}
