//! Who is there: one meta for each tracked connection, the state for those who join, and diffs
//! for everyone else. In small rooms a diff goes out at once; in large ones the diffs of a short
//! while are sent as one.

mod room;

pub(crate) use room::Tells;

use super::hub::Hub;
use crate::tasks::Tasks;
use frontdesk_domain::actor::View;
use frontdesk_domain::scope::Scope;
use frontdesk_protocol::id::ConversationId;
use parking_lot::Mutex;
use room::{Meta, Room, Which, moves_seen_from};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const SHARDS: usize = 16;
/// Up to this many listeners hear of every change at once.
const PROMPT_LISTENERS: usize = 16;
/// How long changes are collected for more listeners than that.
const COLLECT: Duration = Duration::from_millis(40);
/// Whole states are broadcast only up to this many keys; the diffs say the same.
const BROADCAST_KEYS: usize = 64;

/// The unique mark of one meta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PhxRef(u64);

impl std::fmt::Display for PhxRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "F{:x}", self.0)
    }
}

/// A tracked connection in one topic; given back with [`Presence::untrack`].
#[derive(Debug)]
pub(crate) struct Track {
    topic: Arc<str>,
    key: Box<str>,
    phx_ref: PhxRef,
}

type Shard = Mutex<HashMap<Arc<str>, Room>>;

/// Who is there, in all topics.
#[derive(Debug)]
pub(crate) struct Presence {
    hub: Arc<Hub>,
    hasher: RandomState,
    shards: Box<[Shard]>,
    next: AtomicU64,
    tasks: Tasks,
}

impl Presence {
    pub(crate) fn new(hub: Arc<Hub>, tasks: Tasks) -> Self {
        Self {
            hub,
            hasher: RandomState::new(),
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            next: AtomicU64::new(1),
            tasks,
        }
    }

    /// Adds a meta. `fields` are the inside of a JSON object.
    pub(crate) fn track(
        self: &Arc<Self>,
        topic: &str,
        key: String,
        tells: Tells,
        fields: &str,
    ) -> Track {
        let phx_ref = self.next_ref();
        let mut shard = self.shard(topic).lock();
        let topic = match shard.get_key_value(topic) {
            Some((name, _)) => Arc::clone(name),
            None => Arc::from(topic),
        };
        let room = shard.entry(Arc::clone(&topic)).or_default();
        let json = meta(phx_ref, None, fields);
        room.join(&key, Meta::new(phx_ref, tells, json));
        self.changed(&topic, room);
        Track {
            topic,
            key: key.into_boxed_str(),
            phx_ref,
        }
    }

    /// Puts another meta in the place of a tracked one.
    pub(crate) fn update(self: &Arc<Self>, track: &mut Track, fields: &str) {
        let phx_ref = self.next_ref();
        let mut shard = self.shard(&track.topic).lock();
        if let Some(room) = shard.get_mut(&track.topic) {
            let told = room.leave(&track.key, track.phx_ref);
            let json = meta(phx_ref, Some(track.phx_ref), fields);
            let tells = told.unwrap_or(Tells::Openly);
            room.join(&track.key, Meta::new(phx_ref, tells, json));
            track.phx_ref = phx_ref;
            self.changed(&track.topic, room);
        }
    }

    /// Takes a meta away.
    pub(crate) fn untrack(self: &Arc<Self>, track: &Track) {
        let mut shard = self.shard(&track.topic).lock();
        let Some(room) = shard.get_mut(&track.topic) else {
            return;
        };
        room.leave(&track.key, track.phx_ref);
        self.changed(&track.topic, room);
        if room.is_over() {
            shard.remove(&track.topic);
        }
    }

    /// Says where the conversation is of somebody who was tracked before that was known. What
    /// [`Presence::moved`] has said meanwhile is newer and stays.
    pub(crate) fn place(&self, topic: &str, conversation: ConversationId, at: Scope) {
        self.relocate(topic, conversation, at, Which::Unplaced);
    }

    /// Says where a conversation has moved. Who is there comes to the agents who see it now, and
    /// leaves those who do not any more.
    pub(crate) fn moved(&self, topic: &str, conversation: ConversationId, to: Scope) {
        self.relocate(topic, conversation, to, Which::All);
    }

    fn relocate(&self, topic: &str, conversation: ConversationId, to: Scope, which: Which) {
        let mut shard = self.shard(topic).lock();
        let Some(room) = shard.get_mut(topic) else {
            return;
        };
        // What waits to be told was so before the move.
        self.flush(topic, room);
        let moves = room.relocate(conversation, to, which);
        if !moves.is_empty() {
            self.hub
                .publish_by_view(topic, "presence_diff", None, |view| {
                    moves_seen_from(&moves, view)
                });
        }
    }

    /// Hands the state of a topic to somebody who joined it, as far as a view lets them know.
    /// Without one it is all of it. No diff goes out meanwhile.
    pub(crate) fn with_state<T>(
        &self,
        topic: &str,
        view: Option<&View>,
        f: impl FnOnce(&str) -> T,
    ) -> T {
        let mut shard = self.shard(topic).lock();
        match (shard.get_mut(topic), view) {
            (Some(room), None | Some(View::All)) => f(room.state()),
            (Some(room), Some(view)) => f(&room.state_for(view)),
            (None, _) => f("{}"),
        }
    }

    /// Tells everyone on a topic its whole state, unless it is so large that the diffs must do.
    pub(crate) fn broadcast_state(&self, topic: &str) {
        let mut shard = self.shard(topic).lock();
        if let Some(room) = shard.get_mut(topic)
            && room.keys() <= BROADCAST_KEYS
            && self.hub.members(topic) > 0
        {
            let whole = room.state().to_owned();
            self.hub
                .publish_by_view(topic, "presence_state", Some(&whole), |view| {
                    Some(room.state_for(view))
                });
        }
    }

    fn changed(self: &Arc<Self>, topic: &Arc<str>, room: &mut Room) {
        if room.is_flush_planned() {
            return;
        }
        let listeners = self.hub.members(topic);
        if listeners <= PROMPT_LISTENERS {
            self.flush(topic, room);
        } else {
            room.plan_flush();
            let (presence, topic) = (Arc::clone(self), Arc::clone(topic));
            self.tasks.spawn_light(async move {
                tokio::time::sleep(COLLECT).await;
                presence.flush_planned(&topic);
            });
        }
    }

    fn flush_planned(&self, topic: &Arc<str>) {
        let mut shard = self.shard(topic).lock();
        if let Some(room) = shard.get_mut(topic) {
            self.flush(topic, room);
            if room.is_over() {
                shard.remove(topic);
            }
        }
    }

    fn flush(&self, topic: &str, room: &mut Room) {
        if let Some(diff) = room.take_diff() {
            self.hub
                .publish_by_view(topic, "presence_diff", Some(&diff.whole()), |view| {
                    diff.seen_from(view)
                });
        }
    }

    fn next_ref(&self) -> PhxRef {
        PhxRef(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn shard(&self, topic: &str) -> &Shard {
        let hash = self.hasher.hash_one(topic) >> 48;
        &self.shards[usize::try_from(hash).unwrap_or(0) % SHARDS]
    }
}

fn meta(phx_ref: PhxRef, before: Option<PhxRef>, fields: &str) -> Box<str> {
    let before = before.map_or(String::new(), |before| {
        format!("\"phx_ref_prev\":\"{before}\",")
    });
    format!("{{\"phx_ref\":\"{phx_ref}\",{before}{fields}}}").into_boxed_str()
}

#[cfg(test)]
mod tests;
