//! The real-time half of the server: Phoenix Channels over WebSocket and long polling, presence
//! and typing. What a client wants known or kept goes through [`Backend`]; news for clients goes
//! through the [`Hub`].

mod backend;
mod counters;
mod handshake;
mod hub;
mod join;
mod longpoll;
mod pace;
mod packet;
mod params;
mod presence;
mod registry;
mod roster;
mod runtime;
mod session;
mod sink;
mod topics;
mod tracking;
mod typing;
mod ws;

#[cfg(test)]
mod tests;

pub use backend::{
    Agent, Answer, Backend, ConversationAccess, Credential, Credentials, Identity, Refusal,
    Refused, Scope, Speaker, Speech,
};
pub use counters::Counts;
pub use hub::{Audience, Broadcast, Flavour, Frame, Hub, Moved};
pub use pace::Rate;
pub use sink::{Close, SocketId};

use crate::tasks::Tasks;
use axum::Router;
use axum::routing::{any, get};
use counters::Counters;
use frontdesk_db::{Clock, SystemClock};
use frontdesk_protocol::id::{AccountId, ConversationId};
use frontdesk_protocol::time::Timestamp;
use frontdesk_protocol::topic::Topic;
use presence::Presence;
use registry::Registry;
use sink::QueueLimit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use typing::Typing;

/// How often silent connections are looked for.
const SWEEP: Duration = Duration::from_secs(1);
/// How many connections are closed at once when the server stops, and how long until the next.
const CLOSE_BATCH: usize = 500;
const CLOSE_PAUSE: Duration = Duration::from_millis(50);

/// What an operator may set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Frames that may wait for one client before it is cut.
    pub queue_frames: usize,
    /// Bytes that may wait for one client before it is cut.
    pub queue_bytes: usize,
    /// Seconds of silence after which a WebSocket is closed.
    pub idle_seconds: u32,
    /// Seconds without a poll after which a long-polling session ends.
    pub poll_idle_seconds: u32,
    /// How long a poll waits for news.
    pub poll_wait: Duration,
    /// How fast one client may speak; `None` for as fast as it can.
    pub rate: Option<Rate>,
    /// How many long-polling sessions there may be.
    pub poll_sessions: usize,
    /// The clock that presence shows.
    pub clock: Arc<dyn Clock>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            queue_frames: 1000,
            queue_bytes: 1024 * 1024,
            idle_seconds: 45,
            poll_idle_seconds: 20,
            poll_wait: Duration::from_secs(10),
            rate: Some(Rate {
                per_second: 100,
                burst: 500,
            }),
            poll_sessions: 10_000,
            clock: Arc::new(SystemClock),
        }
    }
}

/// All connections and what they share.
pub struct Channels {
    backend: Arc<dyn Backend>,
    hub: Arc<Hub>,
    presence: Arc<Presence>,
    typing: Arc<Typing>,
    registry: Registry,
    polls: longpoll::Polls,
    counters: Arc<Counters>,
    tasks: Tasks,
    settings: Settings,
    is_closing: AtomicBool,
}

/// A conversation that has moved, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Relocation {
    pub account_id: AccountId,
    pub conversation_id: ConversationId,
    pub to: Scope,
}

impl Channels {
    /// Starts serving, inside a tokio runtime. The hub is made first, because the backend's
    /// publisher needs it too.
    #[must_use]
    pub fn start(
        hub: Arc<Hub>,
        backend: Arc<dyn Backend>,
        tasks: Tasks,
        settings: Settings,
    ) -> Arc<Self> {
        let counters = Arc::clone(hub.counters());
        let limit = QueueLimit {
            frames: settings.queue_frames,
            bytes: settings.queue_bytes,
        };
        let channels = Arc::new(Self {
            presence: Arc::new(Presence::new(Arc::clone(&hub), tasks.clone())),
            typing: Arc::new(Typing::new(Arc::clone(&hub), tasks.clone())),
            registry: Registry::new(limit, Arc::clone(&counters)),
            polls: longpoll::Polls::new(settings.poll_sessions),
            is_closing: AtomicBool::new(false),
            backend,
            hub,
            counters,
            tasks,
            settings,
        });
        let stop = channels.tasks.stopping();
        let sweeping = sweep(Arc::downgrade(&channels));
        channels.tasks.spawn("channels sweep", async move {
            stop.run_until_cancelled(sweeping).await;
        });
        channels
    }

    /// The routes of both transports.
    pub fn router<S: Clone + Send + Sync + 'static>(self: &Arc<Self>) -> Router<S> {
        Router::new()
            .route("/socket/websocket", get(handshake::websocket))
            .route("/socket/longpoll", any(longpoll::serve))
            .with_state(Arc::clone(self))
    }

    /// Where news is published.
    #[must_use]
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// What has happened so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counters.now()
    }

    /// Closes every connection whose identity fits, such as those of an ended session or a
    /// disabled user. Tells how many there were; they are gone within two seconds.
    pub fn cut_sessions(&self, fits: impl Fn(&Identity) -> bool) -> usize {
        self.registry.close_where(Close::REVOKED, fits)
    }

    /// A conversation has moved: who is there and who types is for the agents who see it now.
    pub fn moved(&self, moved: &Relocation) {
        let conversation = moved.conversation_id;
        let topic = Topic::Conversation(conversation).to_string();
        self.hub.moved(&topic, moved.to);
        let notification = Topic::Notification(moved.account_id).to_string();
        self.presence.moved(&notification, conversation, moved.to);
        self.typing.moved(conversation, moved.to);
    }

    /// Refuses new connections and closes all others in batches, so that the clients do not come
    /// back all at once. Done when the last one is gone.
    pub async fn close_all(&self, close: Close) {
        self.is_closing.store(true, Ordering::Release);
        // Again and again: one that was let in a moment before may be registered a moment later.
        loop {
            self.close_registered(close).await;
            self.polls.clear();
            if self.counts().sockets == 0 {
                return;
            }
            tokio::time::sleep(CLOSE_PAUSE).await;
        }
    }

    /// Cuts every connection that is left, for clients that do not answer a close.
    pub fn cut_all(&self) {
        self.registry.kill_all();
    }

    async fn close_registered(&self, close: Close) {
        for batch in self.registry.all().chunks(CLOSE_BATCH) {
            for sink in batch {
                sink.heard(self.registry.second());
                sink.close(close);
            }
            tokio::time::sleep(CLOSE_PAUSE).await;
        }
    }

    fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::Acquire)
    }

    fn now(&self) -> Timestamp {
        self.settings.clock.now()
    }
}

/// Looks for connections that are silent or whose key has ended, for as long as there are channels.
async fn sweep(channels: Weak<Channels>) {
    let start = runtime::moment();
    let mut ticks = tokio::time::interval(SWEEP);
    loop {
        ticks.tick().await;
        let Some(channels) = channels.upgrade() else {
            return;
        };
        let second = u32::try_from(start.elapsed().as_secs()).unwrap_or(u32::MAX);
        channels.registry.sweep(second);
        let now = channels.now();
        channels.cut_sessions(|identity| match identity {
            Identity::Agent(agent) => agent.is_over(now),
            Identity::Anonymous => false,
        });
        channels.polls.prune();
    }
}

impl std::fmt::Debug for Channels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Channels")
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}
