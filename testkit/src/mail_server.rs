//! A small mail server that takes mail: it keeps what it gets, and says no or breaks off when it is told
//! to, at the command it is told.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Where a mail begins.
const CONTENT: &str = "CONTENT";

/// A mail it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub mail: String,
}

/// What it says instead of yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// A code and words.
    Line(String),
    /// Nothing: it is gone.
    Leaves,
    /// Nothing, for ever.
    Waits,
}

/// The server. It ends when it is dropped.
#[derive(Debug)]
pub struct MailServer {
    pub port: u16,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    taken: Mutex<Vec<Taken>>,
    /// By command; the end of a mail is called `.`, and its beginning `CONTENT`.
    says: Mutex<HashMap<String, Vec<Says>>>,
    signed_in: Mutex<Vec<String>>,
    /// How often a mail was let begin and not read on.
    held: watch::Sender<usize>,
}

impl MailServer {
    /// A server on a free port of the loopback.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::<Shared>::default();
        let known = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&known)));
            }
        });
        Self { port, shared, task }
    }

    /// Says what the next time of a command is answered with.
    pub fn says(&self, command: &str, says: Says) {
        let mut known = self.shared.says.lock();
        known.entry(command.to_owned()).or_default().push(says);
    }

    /// Says yes to everything from now on.
    pub fn forget(&self) {
        self.shared.says.lock().clear();
    }

    /// The mails it took, in their order.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().clone()
    }

    /// Lets the next mail begin and reads no word of it.
    pub fn holds(&self) {
        self.says(CONTENT, Says::Waits);
    }

    /// Waits until so many mails were begun and are held.
    pub async fn has_held(&self, count: usize) {
        let mut held = self.shared.held.subscribe();
        let enough = held.wait_for(|held| *held >= count).await;
        enough.unwrap();
    }

    /// What was said to sign in.
    #[must_use]
    pub fn signed_in(&self) -> Vec<String> {
        self.shared.signed_in.lock().clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One client. It ends with the first failure, as a server's connection does.
async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let mut stream = BufReader::new(stream);
    let mut mail = Taken {
        from: String::new(),
        to: Vec::new(),
        mail: String::new(),
    };
    if say(&mut stream, "220 ready").await.is_none() {
        return;
    }
    while let Some(line) = read(&mut stream).await {
        let command = line.split([' ', ':']).next().unwrap().to_uppercase();
        let answer = match command.as_str() {
            "EHLO" => "250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => {
                shared.signed_in.lock().push(line.clone());
                "235 come in"
            }
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        let said = told(&shared, &command).unwrap_or_else(|| Says::Line(answer.to_owned()));
        let said = match said {
            Says::Line(said) => said,
            Says::Leaves => return,
            Says::Waits => std::future::pending().await,
        };
        if say(&mut stream, &said).await.is_none() {
            return;
        }
        match command.as_str() {
            "MAIL" => (mail.from, mail.to) = (address(&line), Vec::new()),
            "RCPT" if said.starts_with('2') => mail.to.push(address(&line)),
            "DATA" if said.starts_with('3') => {
                match told(&shared, CONTENT) {
                    Some(Says::Leaves) => return,
                    Some(Says::Waits | Says::Line(_)) => {
                        shared.held.send_modify(|held| *held += 1);
                        std::future::pending::<()>().await;
                    }
                    None => {}
                }
                let Some(content) = content(&mut stream).await else {
                    return;
                };
                mail.mail = content;
                match told(&shared, ".") {
                    Some(Says::Leaves) => return,
                    Some(Says::Waits) => {
                        shared.taken.lock().push(mail.clone());
                        std::future::pending::<()>().await;
                    }
                    Some(Says::Line(said)) => {
                        if say(&mut stream, &said).await.is_none() {
                            return;
                        }
                    }
                    None => {
                        shared.taken.lock().push(mail.clone());
                        if say(&mut stream, "250 taken").await.is_none() {
                            return;
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn told(shared: &Shared, command: &str) -> Option<Says> {
    let mut known = shared.says.lock();
    let waiting = known.get_mut(command)?;
    (!waiting.is_empty()).then(|| waiting.remove(0))
}

fn address(line: &str) -> String {
    let from = line.find('<').unwrap() + 1;
    line[from..line.find('>').unwrap()].to_owned()
}

async fn content(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut whole = String::new();
    loop {
        let line = read(stream).await?;
        if line == "." {
            return Some(whole);
        }
        whole.push_str(line.strip_prefix('.').unwrap_or(&line));
        whole.push_str("\r\n");
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    stream.write_all(line.as_bytes()).await.ok()?;
    stream.write_all(b"\r\n").await.ok()
}
