//! A line that can break: a TCP proxy between a client and a server under test. Bytes pass as they
//! come, until a test cuts the line or stalls it.

use parking_lot::Mutex;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// The proxy. It ends, with every connection through it, when it is dropped.
#[derive(Debug)]
pub struct Chaos {
    address: SocketAddr,
    line: Arc<Line>,
    task: JoinHandle<()>,
}

/// What all connections share.
#[derive(Debug)]
struct Line {
    /// Counts the cuts; a connection ends with the first one after it began.
    cuts: watch::Sender<u64>,
    stalled: watch::Sender<bool>,
    /// How many bytes may still pass before a cut, where one is planned.
    left: Mutex<Option<usize>>,
}

impl Chaos {
    /// A line to this address, unbroken.
    #[must_use]
    pub fn before(target: SocketAddr) -> Self {
        let listener = StdListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = TcpListener::from_std(listener).unwrap();
        let line = Arc::new(Line {
            cuts: watch::Sender::new(0),
            stalled: watch::Sender::new(false),
            left: Mutex::new(None),
        });
        Self {
            address: listener.local_addr().unwrap(),
            task: tokio::spawn(accept(listener, target, Arc::clone(&line))),
            line,
        }
    }

    /// Where clients connect.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends every connection now. New ones are let through.
    pub fn cut(&self) {
        self.line.cut();
    }

    /// Holds every byte back, both ways; connections stay open.
    pub fn stall(&self) {
        self.line.stalled.send_replace(true);
    }

    /// Lets bytes pass again, those held back first.
    pub fn resume(&self) {
        self.line.stalled.send_replace(false);
    }

    /// Cuts the line once, when so many more bytes have passed, whichever way they went. The next
    /// one does not arrive.
    pub fn cut_after(&self, bytes: usize) {
        *self.line.left.lock() = Some(bytes);
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// How many of these bytes may pass.
    fn allow(&self, bytes: usize) -> usize {
        let mut left = self.left.lock();
        let Some(planned) = *left else {
            return bytes;
        };
        let allowed = bytes.min(planned);
        // A planned cut happens once.
        *left = (allowed == bytes).then(|| planned - allowed);
        allowed
    }
}

/// Carries every connection, and ends them all when it is aborted.
async fn accept(listener: TcpListener, target: SocketAddr, line: Arc<Line>) {
    let mut carried = JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        carried.spawn(carry(client, target, Arc::clone(&line)));
        while carried.try_join_next().is_some() {}
    }
}

async fn carry(client: TcpStream, target: SocketAddr, line: Arc<Line>) {
    let mut cuts = line.cuts.subscribe();
    // Without a server the client's connection ends, as it would without the proxy.
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    for stream in [&client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let there = pump(from_client, to_server, &line);
    let back = pump(from_server, to_client, &line);
    tokio::select! {
        _ = cuts.changed() => {}
        _ = async { tokio::join!(there, back) } => {}
    }
}

/// Passes bytes on until one side is done.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, line: &Line) {
    let mut stalled = line.stalled.subscribe();
    let mut buffer = [0; 4096];
    // A side that fails has ended, like one that says so.
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if stalled.wait_for(|stalled| !stalled).await.is_err() {
            return;
        }
        let allowed = line.allow(read);
        if to.write_all(&buffer[..allowed]).await.is_err() {
            return;
        }
        if allowed < read {
            return line.cut();
        }
    }
    // The other direction may still have something to say.
    drop(to.shutdown().await);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that answers every byte with itself, and says what one client sent in all.
    async fn echo() -> (SocketAddr, JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = tokio::spawn(async move {
            let (mut client, _) = listener.accept().await.unwrap();
            let (mut heard, mut buffer) = (Vec::new(), [0; 64]);
            while let Ok(read @ 1..) = client.read(&mut buffer).await {
                heard.extend_from_slice(&buffer[..read]);
                if client.write_all(&buffer[..read]).await.is_err() {
                    break;
                }
            }
            heard
        });
        (address, heard)
    }

    async fn ask(client: &mut TcpStream, words: &[u8]) -> Vec<u8> {
        client.write_all(words).await.unwrap();
        let mut answer = vec![0; words.len()];
        client.read_exact(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn what_is_held_back_passes_later() {
        let (target, heard) = echo().await;
        let chaos = Chaos::before(target);
        let mut client = TcpStream::connect(chaos.address()).await.unwrap();
        assert_eq!(ask(&mut client, b"one").await, b"one");
        chaos.stall();
        client.write_all(b"two").await.unwrap();
        chaos.resume();
        assert_eq!(ask(&mut client, b"x").await.len(), 1);
        drop(client);
        assert_eq!(heard.await.unwrap(), b"onetwox");
    }

    #[tokio::test]
    async fn what_is_held_back_is_lost_with_the_line() {
        let (target, heard) = echo().await;
        let chaos = Chaos::before(target);
        let mut client = TcpStream::connect(chaos.address()).await.unwrap();
        assert_eq!(ask(&mut client, b"one").await, b"one");
        chaos.stall();
        client.write_all(b"lost").await.unwrap();
        chaos.cut();
        assert_eq!(heard.await.unwrap(), b"one");
    }

    #[tokio::test]
    async fn a_planned_cut_comes_at_its_byte_and_once() {
        let (target, heard) = echo().await;
        let chaos = Chaos::before(target);
        let mut client = TcpStream::connect(chaos.address()).await.unwrap();
        chaos.cut_after(6);
        client.write_all(b"four").await.unwrap();
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer, b"fo");
        assert_eq!(heard.await.unwrap(), b"four");

        let (target, _heard) = echo().await;
        let again = Chaos::before(target);
        let mut client = TcpStream::connect(again.address()).await.unwrap();
        assert_eq!(ask(&mut client, b"hello").await, b"hello");
    }

    #[tokio::test]
    async fn nothing_is_left_when_it_is_dropped() {
        let (target, heard) = echo().await;
        let chaos = Chaos::before(target);
        let mut client = TcpStream::connect(chaos.address()).await.unwrap();
        assert_eq!(ask(&mut client, b"one").await, b"one");
        let address = chaos.address();
        drop(chaos);
        assert_eq!(heard.await.unwrap(), b"one");
        assert_eq!(client.read(&mut [0]).await.unwrap_or(0), 0);
        assert!(TcpStream::connect(address).await.is_err());
    }
}
