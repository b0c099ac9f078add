//! A line that can break: a TCP proxy between a client and a server under test. Bytes pass as they
//! come, until a test cuts the line, stalls it, swallows what passes, or makes it slow.

mod carry;

#[cfg(test)]
mod tests;

use parking_lot::Mutex;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

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
    /// A connection ends with the first cut after it began.
    cuts: watch::Sender<Cuts>,
    weather: watch::Sender<Weather>,
    /// How many bytes may still pass before a cut, where one is planned.
    left: Mutex<Option<usize>>,
}

/// How often the line was cut, and how the last time.
#[derive(Debug, Clone, Copy, Default)]
struct Cuts {
    count: u64,
    manner: Manner,
}

/// What both sides learn of a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Manner {
    /// The other side has closed.
    #[default]
    End,
    /// The connection was torn off.
    Reset,
}

/// What happens to bytes on their way.
#[derive(Debug, Clone, Copy, Default)]
struct Weather {
    flow: Flow,
    /// Bytes travel in pieces of at most this size.
    pieces: Option<usize>,
    /// How long each piece is under way.
    latency: Duration,
    bytes_per_second: Option<u32>,
}

/// Whether bytes arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Flow {
    #[default]
    Open,
    /// They wait.
    Stalled,
    /// The server hears; what it says is lost.
    Half,
    /// All are lost.
    Blackhole,
    /// Nobody is let through.
    Down,
}

impl Chaos {
    /// A line to this address, unbroken. It needs a runtime.
    #[must_use]
    pub fn before(target: SocketAddr) -> Self {
        let listener = StdListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = TcpListener::from_std(listener).unwrap();
        let line = Arc::new(Line {
            cuts: watch::Sender::default(),
            weather: watch::Sender::default(),
            left: Mutex::new(None),
        });
        Self {
            address: listener.local_addr().unwrap(),
            task: tokio::spawn(carry::accept(listener, target, Arc::clone(&line))),
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
        self.line.cut(Manner::End);
    }

    /// Tears every connection off now, which both sides see as an error.
    pub fn reset(&self) {
        self.line.cut(Manner::Reset);
    }

    /// Holds every byte back, both ways; connections stay open.
    pub fn stall(&self) {
        self.flow(Flow::Stalled);
    }

    /// Swallows what the server says: it hears, but nobody knows.
    pub fn half(&self) {
        self.flow(Flow::Half);
    }

    /// Swallows everything; connections stay open, as when a cable is pulled.
    pub fn blackhole(&self) {
        self.flow(Flow::Blackhole);
    }

    /// Ends every connection now and each that is tried from now on, as when the server is gone.
    pub fn down(&self) {
        self.flow(Flow::Down);
        self.cut();
    }

    /// Passes bytes in pieces of at most this many.
    pub fn slice(&self, pieces: usize) {
        let pieces = Some(pieces);
        self.line.weather.send_modify(|it| it.pieces = pieces);
    }

    /// Lets everything take its time.
    pub fn slow(&self, latency: Duration, bytes_per_second: u32) {
        self.line.weather.send_modify(|it| {
            it.latency = latency;
            it.bytes_per_second = Some(bytes_per_second);
        });
    }

    /// Lets bytes pass again as they come, those held back first. Connections that lost some end.
    pub fn resume(&self) {
        let before = self.line.weather.send_replace(Weather::default());
        if matches!(before.flow, Flow::Half | Flow::Blackhole) {
            self.cut();
        }
    }

    /// Cuts the line once, when so many more bytes have passed, whichever way they went. The next
    /// one does not arrive.
    pub fn cut_after(&self, bytes: usize) {
        *self.line.left.lock() = Some(bytes);
    }

    fn flow(&self, flow: Flow) {
        self.line.weather.send_modify(|it| it.flow = flow);
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    fn cut(&self, manner: Manner) {
        self.cuts.send_modify(|cuts| {
            cuts.count += 1;
            cuts.manner = manner;
        });
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
