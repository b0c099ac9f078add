//! What the channels have done since the server started, for metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The running counts.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    opened: AtomicU64,
    closed: AtomicU64,
    joined: AtomicU64,
    left: AtomicU64,
    frames_in: AtomicU64,
    frames_out: AtomicU64,
    cut: AtomicU64,
}

/// The counts at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Connections now open.
    pub sockets: u64,
    /// Connections opened so far.
    pub opened: u64,
    /// Subscriptions now held.
    pub subscriptions: u64,
    /// Joins so far.
    pub joins: u64,
    /// Frames received so far.
    pub frames_in: u64,
    /// Frames queued for clients so far.
    pub frames_out: u64,
    /// Connections cut because they did not keep up.
    pub cut: u64,
}

impl Counters {
    pub(crate) fn opened(&self) {
        self.opened.fetch_add(1, Relaxed);
    }

    pub(crate) fn closed(&self) {
        self.closed.fetch_add(1, Relaxed);
    }

    pub(crate) fn joined(&self) {
        self.joined.fetch_add(1, Relaxed);
    }

    pub(crate) fn left(&self) {
        self.left.fetch_add(1, Relaxed);
    }

    pub(crate) fn frame_in(&self) {
        self.frames_in.fetch_add(1, Relaxed);
    }

    pub(crate) fn frames_out(&self, count: u64) {
        self.frames_out.fetch_add(count, Relaxed);
    }

    pub(crate) fn cut(&self, count: u64) {
        self.cut.fetch_add(count, Relaxed);
    }

    pub(crate) fn now(&self) -> Counts {
        let opened = self.opened.load(Relaxed);
        let joins = self.joined.load(Relaxed);
        Counts {
            sockets: opened.saturating_sub(self.closed.load(Relaxed)),
            opened,
            subscriptions: joins.saturating_sub(self.left.load(Relaxed)),
            joins,
            frames_in: self.frames_in.load(Relaxed),
            frames_out: self.frames_out.load(Relaxed),
            cut: self.cut.load(Relaxed),
        }
    }
}
