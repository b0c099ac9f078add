//! A service for models that speaks as `OpenAI`'s does, by a script: it streams, stalls, stops midway, is
//! busy, and sends what nobody can read.

mod meanings;

pub use meanings::Means;

use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;

/// What one call is answered.
#[derive(Debug, Clone)]
pub enum Answers {
    /// A whole reply, in pieces of a few bytes that cut characters apart.
    Streams(String),
    /// The same without streaming.
    AtOnce(String),
    /// A whole reply in these pieces, each when the test gives leave.
    Paced(Vec<String>, Arc<Semaphore>),
    /// The beginning of a reply, and then the line breaks.
    Breaks(String),
    /// The beginning of a reply, and then nothing for ever.
    Stalls(String),
    /// This, after so long.
    Late(Duration, Box<Answers>),
    /// This, once the test lets it go.
    Waits(Box<Answers>),
    /// A status, headers and a body.
    Refuses(u16, Vec<(&'static str, String)>, String),
    /// These bytes, as a stream of events.
    Bytes(Vec<u8>),
}

/// A call it got.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The first line and the headers.
    pub head: String,
    pub body: Value,
}

/// The service. It ends when it is dropped.
#[derive(Debug)]
pub struct ModelServer {
    /// What to configure as the base of its addresses.
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    asked: Mutex<Vec<Asked>>,
    script: Mutex<VecDeque<Answers>>,
    /// What texts mean, where it says that.
    means: Mutex<Option<Means>>,
    asked_meanings: Mutex<Vec<Asked>>,
    /// Calls that are being answered, and the most there ever were.
    busy: Mutex<(usize, usize)>,
    gate: Notify,
}

impl ModelServer {
    /// Starts it; each call takes the next line of the script, the last line stays.
    pub async fn start(script: impl IntoIterator<Item = Answers>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            script: Mutex::new(script.into_iter().collect()),
            ..Shared::default()
        });
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&serving)));
            }
        });
        Self { url, shared, task }
    }

    /// From now on it answers by this script.
    pub fn becomes(&self, script: impl IntoIterator<Item = Answers>) {
        *self.shared.script.lock() = script.into_iter().collect();
    }

    /// From now on it says what texts mean, or does not.
    pub fn means(&self, means: Means) {
        *self.shared.means.lock() = Some(means);
    }

    /// The calls so far that ask what texts mean.
    #[must_use]
    pub fn asked_meanings(&self) -> Vec<Asked> {
        self.shared.asked_meanings.lock().clone()
    }

    /// Lets a call go on that waits.
    pub fn release(&self) {
        self.shared.gate.notify_one();
    }

    /// The most calls that it answered at once.
    #[must_use]
    pub fn busiest(&self) -> usize {
        self.shared.busy.lock().1
    }

    /// The calls so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().clone()
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers one call; a caller that goes away in the middle is what tests are about.
async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some(asked) = read(&mut stream).await else {
        return;
    };
    if asked.head.starts_with("POST /v1/embeddings ") {
        shared.asked_meanings.lock().push(asked.clone());
        let missing = Means::Refuses(404, String::new());
        let means = shared.means.lock().clone().unwrap_or(missing);
        // Whoever hung up hears no more.
        meanings::answer(&mut stream, means, &asked.body).await.ok();
        return;
    }
    shared.asked.lock().push(asked);
    {
        let mut busy = shared.busy.lock();
        busy.0 += 1;
        busy.1 = busy.1.max(busy.0);
    }
    answer(&mut stream, &shared).await;
    shared.busy.lock().0 -= 1;
}

async fn answer(stream: &mut TcpStream, shared: &Shared) {
    let answer = {
        let mut script = shared.script.lock();
        match script.len() {
            0 => return,
            1 => script[0].clone(),
            _ => script.pop_front().unwrap(),
        }
    };
    let answer = match answer {
        Answers::Waits(then) => {
            shared.gate.notified().await;
            *then
        }
        Answers::Late(after, then) => {
            tokio::time::sleep(after).await;
            *then
        }
        at_once => at_once,
    };
    // Whoever hung up hears no more.
    tell(stream, answer).await.ok();
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).await.ok()?;
    let body = serde_json::from_slice(&body).ok()?;
    Some(Asked { head, body })
}

const STREAM: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

async fn tell(stream: &mut TcpStream, answer: Answers) -> std::io::Result<()> {
    match answer {
        Answers::Streams(text) => {
            stream.write_all(STREAM.as_bytes()).await?;
            let whole = events(&text) + &end();
            for part in whole.as_bytes().chunks(7) {
                stream.write_all(part).await?;
                stream.flush().await?;
            }
        }
        Answers::AtOnce(text) => {
            let message = json!({ "role": "assistant", "content": text, "refusal": null });
            let choice = json!({
                "index": 0, "message": message, "logprobs": null, "finish_reason": "stop",
            });
            let body = json!({
                "id": "c1", "object": "chat.completion", "created": 1, "model": "m",
                "choices": [choice],
                "usage": { "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120 },
            });
            whole(
                stream,
                200,
                &[("content-type", "application/json".to_owned())],
                &body.to_string(),
            )
            .await?;
        }
        Answers::Paced(pieces, leave) => {
            stream.write_all(STREAM.as_bytes()).await?;
            for piece in pieces {
                // A closed gate gives leave for ever.
                if let Ok(given) = leave.acquire().await {
                    given.forget();
                }
                let piece = chunk(&json!({ "content": piece }), &Value::Null);
                stream.write_all(piece.as_bytes()).await?;
                stream.flush().await?;
            }
            stream.write_all(end().as_bytes()).await?;
        }
        Answers::Breaks(text) => {
            stream.write_all(STREAM.as_bytes()).await?;
            stream.write_all(events(&text).as_bytes()).await?;
        }
        Answers::Stalls(text) => {
            stream.write_all(STREAM.as_bytes()).await?;
            stream.write_all(events(&text).as_bytes()).await?;
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
        // Whoever waited has been let go before.
        Answers::Waits(_) | Answers::Late(..) => {}
        Answers::Refuses(status, headers, body) => whole(stream, status, &headers, &body).await?,
        Answers::Bytes(bytes) => {
            stream.write_all(STREAM.as_bytes()).await?;
            stream.write_all(&bytes).await?;
        }
    }
    stream.shutdown().await
}

async fn whole(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(&str, String)],
    body: &str,
) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} Told\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await
}

/// A text in pieces, as deltas.
fn events(text: &str) -> String {
    let mut told = chunk(&json!({ "role": "assistant", "content": "" }), &Value::Null);
    let letters: Vec<char> = text.chars().collect();
    for piece in letters.chunks(3) {
        let piece: String = piece.iter().collect();
        told.push_str(": still here\n\n");
        told.push_str(&chunk(&json!({ "content": piece }), &Value::Null));
    }
    told
}

fn end() -> String {
    let usage = json!({
        "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [],
        "usage": { "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120 },
    });
    let last = chunk(&json!({}), &json!("stop"));
    format!("{last}data: {usage}\n\ndata: [DONE]\n\n")
}

fn chunk(delta: &Value, finish: &Value) -> String {
    let it = json!({
        "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{ "index": 0, "delta": delta, "finish_reason": finish }],
    });
    format!("data: {it}\n\n")
}
