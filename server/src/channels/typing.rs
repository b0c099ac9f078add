//! Who is typing. The others on the conversation hear of it, and so do the account's agents. A
//! `true` that is not renewed is ended here, for clients that vanish in the middle of a word.

use super::backend::{ConversationAccess, Scope, Speaker};
use super::hub::{Broadcast, Hub};
use super::runtime::moment;
use super::sink::SocketId;
use crate::tasks::Tasks;
use frontdesk_protocol::id::{AccountId, ConversationId};
use frontdesk_protocol::topic::Topic;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long a `true` holds.
const HOLDS: Duration = Duration::from_secs(2);

type Key = (ConversationId, SocketId);

#[derive(Debug)]
pub(crate) struct Typing {
    hub: Arc<Hub>,
    tasks: Tasks,
    active: Mutex<HashMap<Key, Entry>>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    account: AccountId,
    speaker: Speaker,
    until: Instant,
    /// When it began; tells one spell of typing from the next.
    since: Instant,
    /// Where the conversation is, once known: only then do the account's agents hear of it.
    scope: Option<Scope>,
}

/// What a client's `true` began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Started {
    /// A spell of typing; its place is to be told with [`Typing::place`].
    New,
    /// Nothing new: it goes on.
    Renewed,
}

impl Typing {
    pub(crate) fn new(hub: Arc<Hub>, tasks: Tasks) -> Self {
        Self {
            hub,
            tasks,
            active: Mutex::default(),
        }
    }

    /// Somebody types.
    pub(crate) fn start(
        self: &Arc<Self>,
        access: &ConversationAccess,
        socket: SocketId,
    ) -> Started {
        let key = (access.conversation_id, socket);
        let now = moment();
        let mut active = self.active.lock();
        let known = active.get(&key).copied();
        let entry = Entry {
            account: access.account_id,
            speaker: access.speaker,
            until: now + HOLDS,
            since: known.map_or(now, |entry| entry.since),
            scope: known.and_then(|entry| entry.scope),
        };
        active.insert(key, entry);
        drop(active);
        self.announce(key, &entry, State::Typing);
        if known.is_some() {
            return Started::Renewed;
        }
        let typing = Arc::clone(self);
        let stop = self.tasks.stopping();
        self.tasks.spawn_light(async move {
            stop.run_until_cancelled(typing.expire(key, now)).await;
        });
        Started::New
    }

    /// Says where the conversation of a new spell is, so that those agents hear of it who see it.
    /// What [`Typing::moved`] has said meanwhile is newer and stays.
    pub(crate) fn place(&self, conversation: ConversationId, socket: SocketId, scope: Scope) {
        let key = (conversation, socket);
        let mut active = self.active.lock();
        let unplaced = active.get_mut(&key).filter(|entry| entry.scope.is_none());
        let placed = unplaced.map(|entry| {
            entry.scope = Some(scope);
            *entry
        });
        drop(active);
        if let Some(entry) = placed {
            self.announce_to_agents(key, &entry, State::Typing);
        }
    }

    /// Says where a conversation has moved: from now on those agents hear of who types there who
    /// see it there.
    pub(crate) fn moved(&self, conversation: ConversationId, to: Scope) {
        let mut moved = Vec::new();
        for (key, entry) in self.active.lock().iter_mut() {
            if key.0 == conversation && entry.scope != Some(to) {
                entry.scope = Some(to);
                moved.push((*key, *entry));
            }
        }
        for (key, entry) in moved {
            self.announce_to_agents(key, &entry, State::Typing);
        }
    }

    /// Somebody has stopped: by saying so, by sending, or by leaving.
    pub(crate) fn stop(&self, conversation: ConversationId, socket: SocketId) {
        let key = (conversation, socket);
        let stopped = self.active.lock().remove(&key);
        if let Some(entry) = stopped {
            self.announce(key, &entry, State::Stopped);
        }
    }

    /// Somebody who typed in whatever conversation has left.
    pub(crate) fn stop_all(&self, socket: SocketId) {
        let stopped: Vec<_> = self
            .active
            .lock()
            .extract_if(|key, _| key.1 == socket)
            .collect();
        for (key, entry) in stopped {
            self.announce(key, &entry, State::Stopped);
        }
    }

    async fn expire(&self, key: Key, since: Instant) {
        let mut until = since + HOLDS;
        loop {
            tokio::time::sleep_until(until).await;
            let mut active = self.active.lock();
            match active.get(&key) {
                Some(entry) if entry.since == since && entry.until > moment() => {
                    until = entry.until;
                }
                Some(entry) if entry.since == since => {
                    let entry = *entry;
                    active.remove(&key);
                    drop(active);
                    self.announce(key, &entry, State::Stopped);
                    return;
                }
                _ => return,
            }
        }
    }

    fn announce(&self, key: Key, entry: &Entry, state: State) {
        let topic = Topic::Conversation(key.0).to_string();
        let payload = payload(key.0, entry.speaker, state);
        self.hub.publish(&Broadcast {
            except: Some(key.1),
            ..Broadcast::to_all(&topic, "typing", &payload)
        });
        self.announce_to_agents(key, entry, state);
    }

    fn announce_to_agents(&self, key: Key, entry: &Entry, state: State) {
        let Some(scope) = entry.scope else {
            return;
        };
        let topic = Topic::Notification(entry.account).to_string();
        let payload = payload(key.0, entry.speaker, state);
        self.hub.publish(&Broadcast {
            except: Some(key.1),
            scope,
            ..Broadcast::to_all(&topic, "typing", &payload)
        });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Typing,
    Stopped,
}

fn payload(conversation: ConversationId, speaker: Speaker, state: State) -> String {
    let typing = state == State::Typing;
    let who = match speaker {
        Speaker::Customer(id) => format!("\"type\":\"customer\",\"customer_id\":\"{id}\""),
        Speaker::Agent(id) => format!("\"type\":\"agent\",\"user_id\":{id}"),
        Speaker::Unknown => "\"type\":\"customer\"".to_owned(),
    };
    format!("{{\"typing\":{typing},{who},\"conversation_id\":\"{conversation}\"}}")
}

#[cfg(test)]
mod tests;
