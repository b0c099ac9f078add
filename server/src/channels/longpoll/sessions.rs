//! The long-polling sessions that are open, each under a token nobody can guess.

use crate::channels::Channels;
use crate::channels::session::Session;
use crate::channels::sink::{Ending, Sink, Written};
use crate::channels::ws::encode::unframe;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::sync::Arc;
use std::task;
use std::time::Duration;
use tokio::sync::MutexGuard;

/// How a poll token begins; session tokens do not.
pub(super) const PREFIX: &str = "flp.";

/// One session.
pub(crate) struct Poll {
    sink: Arc<Sink>,
    session: tokio::sync::Mutex<Session>,
}

/// All of them.
pub(crate) struct Polls {
    open: Mutex<HashMap<String, Arc<Poll>>>,
    limit: usize,
}

impl Polls {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            open: Mutex::default(),
            limit,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.open.lock().len() >= self.limit
    }

    /// Adds a session and tells its token. `None` when the system has no randomness to give.
    pub(super) fn add(&self, session: Session, sink: Arc<Sink>) -> Option<String> {
        let mut secret = [0_u8; 24];
        if let Err(error) = getrandom::fill(&mut secret) {
            tracing::error!(%error, "no randomness for a poll token");
            return None;
        }
        let token = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(secret));
        let poll = Arc::new(Poll {
            sink,
            session: tokio::sync::Mutex::new(session),
        });
        self.open.lock().insert(token.clone(), poll);
        Some(token)
    }

    pub(super) fn find(&self, token: &str) -> Option<Arc<Poll>> {
        let poll = self.open.lock().get(token).map(Arc::clone)?;
        (poll.sink.ending() == Ending::Open).then_some(poll)
    }

    pub(super) fn remove(&self, token: &str) {
        let removed = self.open.lock().remove(token);
        if let Some(poll) = removed {
            poll.sink.kill();
        }
    }

    /// Lets go of the sessions that have ended.
    pub(crate) fn prune(&self) {
        let is_over = |poll: &Arc<Poll>| poll.sink.ending() != Ending::Open;
        let ended: Vec<_> = self
            .open
            .lock()
            .extract_if(|_, poll| is_over(poll))
            .collect();
        // Their sessions leave their topics here, outside the lock.
        drop(ended);
    }

    /// Lets go of all sessions.
    pub(crate) fn clear(&self) {
        let ended = std::mem::take(&mut *self.open.lock());
        for poll in ended.values() {
            poll.sink.kill();
        }
    }
}

impl Poll {
    pub(super) fn heard(&self, channels: &Channels) {
        self.sink.heard(channels.registry.second());
    }

    /// Waits for earlier frames of this client to be dealt with.
    pub(super) async fn turn(&self) -> MutexGuard<'_, Session> {
        self.session.lock().await
    }

    /// What waits for the client; if nothing does, what comes first within `wait`.
    pub(super) async fn messages(&self, wait: Duration) -> Vec<String> {
        let mut batch = VecDeque::new();
        let news = poll_fn(|cx| {
            let ending = self.sink.take(Written::default(), &mut batch);
            let is_over = ending != Ending::Open;
            if is_over || !batch.is_empty() || !self.sink.park(cx.waker(), ending, false) {
                task::Poll::Ready(())
            } else {
                task::Poll::Pending
            }
        });
        // When time is up the batch is empty, which is an answer too.
        let _in_time = tokio::time::timeout(wait, news).await;
        let written = Written {
            frames: batch.len(),
            bytes: batch.iter().map(Bytes::len).sum(),
        };
        self.sink.settle(written);
        batch.iter().map(as_text).collect()
    }
}

fn as_text(frame: &Bytes) -> String {
    let (payload, is_text) = unframe(frame);
    if is_text {
        String::from_utf8_lossy(&payload).into_owned()
    } else {
        STANDARD.encode(&payload)
    }
}

impl std::fmt::Debug for Polls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Polls").finish_non_exhaustive()
    }
}
