//! All open connections: to find the silent ones, those of a session that has ended, and all of
//! them when the server stops.

use super::backend::Identity;
use super::counters::Counters;
use super::sink::{Close, Ending, QueueLimit, Sink, SocketId};
use frontdesk_protocol::frame::Serializer;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

const SHARDS: usize = 16;
/// How long a client may take to answer our close, in seconds.
const CLOSING_PATIENCE: u32 = 5;

pub(crate) struct Registry {
    shards: [Mutex<HashMap<SocketId, Arc<Sink>>>; SHARDS],
    next: AtomicU64,
    /// The second of the server's life, as the sweeper last saw it.
    second: AtomicU32,
    limit: QueueLimit,
    counters: Arc<Counters>,
}

impl Registry {
    pub(crate) fn new(limit: QueueLimit, counters: Arc<Counters>) -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::default()),
            next: AtomicU64::new(1),
            second: AtomicU32::new(0),
            limit,
            counters,
        }
    }

    /// A new connection.
    pub(crate) fn open(
        &self,
        serializer: Serializer,
        identity: Identity,
        patience: u32,
    ) -> Arc<Sink> {
        let id = SocketId(self.next.fetch_add(1, Ordering::Relaxed));
        let sink = Arc::new(Sink::new(id, serializer, identity, patience, self.limit));
        sink.heard(self.second());
        self.shard(id).lock().insert(id, Arc::clone(&sink));
        self.counters.opened();
        sink
    }

    /// A connection has ended.
    pub(crate) fn closed(&self, id: SocketId) {
        let mut shard = self.shard(id).lock();
        if shard.remove(&id).is_some() {
            self.counters.closed();
        }
        if shard.len() * 4 < shard.capacity() {
            shard.shrink_to_fit();
        }
    }

    pub(crate) fn second(&self) -> u32 {
        self.second.load(Ordering::Relaxed)
    }

    /// Ends the connections that have been silent too long by this second.
    pub(crate) fn sweep(&self, second: u32) {
        self.second.store(second, Ordering::Relaxed);
        self.each(|sink| match sink.ending() {
            Ending::Open if sink.silence(second) > sink.patience => {
                sink.heard(second);
                sink.close(Close::IDLE);
            }
            Ending::Closing(_) if sink.silence(second) > CLOSING_PATIENCE => sink.kill(),
            _ => {}
        });
    }

    /// Closes the connections whose identity fits, and tells how many there were.
    pub(crate) fn close_where(&self, close: Close, fits: impl Fn(&Identity) -> bool) -> usize {
        let second = self.second();
        let mut count = 0;
        self.each(|sink| {
            if sink.ending() == Ending::Open && fits(&sink.identity) {
                sink.heard(second);
                sink.close(close);
                count += 1;
            }
        });
        count
    }

    /// Ends every connection now.
    pub(crate) fn kill_all(&self) {
        self.each(Sink::kill);
    }

    /// Every connection, for closing them bit by bit.
    pub(crate) fn all(&self) -> Vec<Arc<Sink>> {
        let mut all = Vec::new();
        for shard in &self.shards {
            all.extend(shard.lock().values().map(Arc::clone));
        }
        all
    }

    fn each(&self, mut f: impl FnMut(&Sink)) {
        for shard in &self.shards {
            shard.lock().values().for_each(|sink| f(sink));
        }
    }

    fn shard(&self, id: SocketId) -> &Mutex<HashMap<SocketId, Arc<Sink>>> {
        &self.shards[usize::try_from(id.0 % SHARDS as u64).unwrap_or(0)]
    }
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry").finish_non_exhaustive()
    }
}
