//! One connection as everybody else sees it: a bounded queue of frames and a way to end it.
//! A client that does not keep up is cut off; it comes back and catches up by its cursor.

use super::backend::Identity;
use bytes::Bytes;
use frontdesk_protocol::frame::Serializer;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Waker;

/// The number of a connection; never used twice while the server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SocketId(pub u64);

/// How a connection is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close {
    /// The close code.
    pub code: u16,
    /// Short words for a log or a console.
    pub reason: &'static str,
}

impl Close {
    /// The client said nothing for too long. Not 1000: clients stay away after that.
    pub const IDLE: Self = Self {
        code: 1001,
        reason: "idle",
    };
    /// The client did not keep up.
    pub const SLOW: Self = Self {
        code: 1013,
        reason: "resync",
    };
    /// What was sent is not a frame.
    pub const MALFORMED: Self = Self {
        code: 1011,
        reason: "malformed frame",
    };
    /// The session behind the connection has ended.
    pub const REVOKED: Self = Self {
        code: 1008,
        reason: "session ended",
    };
    /// The server stops or restarts.
    pub const RESTART: Self = Self {
        code: 1012,
        reason: "restart",
    };
}

/// How much may wait for one connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QueueLimit {
    pub(crate) frames: usize,
    pub(crate) bytes: usize,
}

/// How far the ending of a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is not ending.
    Open,
    /// What waits is sent, then a close frame with this.
    Closing(Close),
    /// It ends now, whatever is under way.
    Dead,
}

/// A connection's outgoing side.
pub(crate) struct Sink {
    pub(crate) id: SocketId,
    pub(crate) serializer: Serializer,
    pub(crate) identity: Identity,
    /// How long the client may be silent, in seconds.
    pub(crate) patience: u32,
    limit: QueueLimit,
    last_heard: AtomicU32,
    outbox: Mutex<Outbox>,
}

struct Outbox {
    queue: VecDeque<Bytes>,
    /// Queued or being written.
    frames: usize,
    bytes: usize,
    waker: Option<Waker>,
    /// Nobody looks at the queue; whoever fills it wakes the reader.
    is_parked: bool,
    ending: Ending,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Queued {
    Yes,
    /// The connection is ending.
    No,
    /// It was one too many: the connection is being cut.
    Cut,
}

/// Frames that have left the queue for good.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Written {
    pub(crate) frames: usize,
    pub(crate) bytes: usize,
}

impl Sink {
    pub(crate) fn new(
        id: SocketId,
        serializer: Serializer,
        identity: Identity,
        patience: u32,
        limit: QueueLimit,
    ) -> Self {
        Self {
            id,
            serializer,
            identity,
            patience,
            limit,
            last_heard: AtomicU32::new(0),
            outbox: Mutex::new(Outbox {
                queue: VecDeque::new(),
                frames: 0,
                bytes: 0,
                waker: None,
                is_parked: false,
                ending: Ending::Open,
            }),
        }
    }

    /// Queues a frame.
    pub(crate) fn push(&self, frame: Bytes) -> Queued {
        let mut outbox = self.outbox.lock();
        if outbox.ending != Ending::Open {
            return Queued::No;
        }
        // One frame alone always fits, however large it is.
        let is_full = outbox.frames >= self.limit.frames
            || (outbox.frames > 0 && outbox.bytes + frame.len() > self.limit.bytes);
        if is_full {
            outbox.queue = VecDeque::new();
            outbox.end(Ending::Closing(Close::SLOW));
            return Queued::Cut;
        }
        outbox.frames += 1;
        outbox.bytes += frame.len();
        outbox.queue.push_back(frame);
        outbox.wake();
        Queued::Yes
    }

    /// Ends the connection after what is queued.
    pub(crate) fn close(&self, close: Close) {
        let mut outbox = self.outbox.lock();
        if outbox.ending == Ending::Open {
            outbox.end(Ending::Closing(close));
        }
    }

    /// Ends the connection now.
    pub(crate) fn kill(&self) {
        self.outbox.lock().end(Ending::Dead);
    }

    pub(crate) fn limit(&self) -> QueueLimit {
        self.limit
    }

    pub(crate) fn ending(&self) -> Ending {
        self.outbox.lock().ending
    }

    /// Notes what has been written.
    pub(crate) fn settle(&self, written: Written) {
        let mut outbox = self.outbox.lock();
        outbox.frames = outbox.frames.saturating_sub(written.frames);
        outbox.bytes = outbox.bytes.saturating_sub(written.bytes);
    }

    /// Hands over what waits, in exchange for word of what has been written.
    pub(crate) fn take(&self, written: Written, batch: &mut VecDeque<Bytes>) -> Ending {
        let mut outbox = self.outbox.lock();
        outbox.is_parked = false;
        outbox.frames = outbox.frames.saturating_sub(written.frames);
        outbox.bytes = outbox.bytes.saturating_sub(written.bytes);
        if batch.is_empty() {
            *batch = std::mem::take(&mut outbox.queue);
        }
        outbox.ending
    }

    /// Arranges for `waker` to be woken by the next frame or ending. It says no when one has come
    /// since the last look; `seen` is the ending that is known already.
    pub(crate) fn park(&self, waker: &Waker, seen: Ending, is_blocked: bool) -> bool {
        let mut outbox = self.outbox.lock();
        let has_news = outbox.ending != seen || (!is_blocked && !outbox.queue.is_empty());
        if has_news {
            return false;
        }
        match &mut outbox.waker {
            Some(known) if known.will_wake(waker) => {}
            slot => *slot = Some(waker.clone()),
        }
        outbox.is_parked = true;
        true
    }

    /// Notes that the client was heard at this second of the server's life.
    pub(crate) fn heard(&self, second: u32) {
        self.last_heard.store(second, Ordering::Relaxed);
    }

    /// For how many seconds the client has been silent.
    pub(crate) fn silence(&self, second: u32) -> u32 {
        second.saturating_sub(self.last_heard.load(Ordering::Relaxed))
    }
}

impl Outbox {
    fn end(&mut self, ending: Ending) {
        self.ending = ending;
        self.wake();
    }

    fn wake(&mut self) {
        if std::mem::take(&mut self.is_parked)
            && let Some(waker) = &self.waker
        {
            waker.wake_by_ref();
        }
    }
}

impl std::fmt::Debug for Sink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sink")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
