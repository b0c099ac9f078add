//! Topic → connections. A broadcast is encoded at most once per serializer; each connection gets
//! a share of the same bytes. Locks are short and nothing is awaited under them.
//!
//! Lock order: a shard, then a topic, then a connection's queue.

use super::backend::{Agent, Scope};
use super::counters::Counters;
use super::packet::Shared;
use super::roster::Roster;
use super::sink::{Queued, Sink, SocketId};
use bytes::Bytes;
use frontdesk_protocol::frame::Payload;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

const SHARDS: usize = 64;

/// What a subscriber wants of the broadcasts that come in two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// The events existing clients know: `shout`, `conversation:created`, `conversation:updated`.
    Legacy,
    /// Numbered `event` pushes, after a join with a cursor.
    Numbered,
}

/// Which broadcasts a subscriber gets.
#[derive(Debug, Clone)]
pub enum Audience {
    /// All of them.
    Everyone,
    /// An agent: only what the agent's view shows, in this flavour.
    Agent(Arc<Agent>, Flavour),
}

/// One event and its payload, not yet encoded.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// What happened.
    pub event: &'a str,
    /// The rest.
    pub payload: Payload<'a>,
}

/// Something to tell everyone on a topic.
#[derive(Debug, Clone, Copy)]
pub struct Broadcast<'a> {
    /// The topic.
    pub topic: &'a str,
    /// Which agents get it; `None` for both flavours.
    pub flavour: Option<Flavour>,
    /// What it is about, for agents who do not see everything.
    pub scope: Scope,
    /// For those who may see it.
    pub frame: Frame<'a>,
    /// For agents who may not; `None` leaves them out.
    pub hidden: Option<Frame<'a>>,
    /// A connection that is left out.
    pub except: Option<SocketId>,
}

impl<'a> Broadcast<'a> {
    /// A broadcast to everyone on a topic.
    #[must_use]
    pub fn to_all(topic: &'a str, event: &'a str, payload: &'a str) -> Self {
        Self {
            topic,
            flavour: None,
            scope: Scope::Account,
            frame: Frame {
                event,
                payload: Payload::Json(payload),
            },
            hidden: None,
            except: None,
        }
    }
}

/// A place among a topic's subscribers; given back with [`Hub::leave`].
#[derive(Debug)]
pub(crate) struct Seat {
    topic: Arc<TopicEntry>,
    number: u32,
}

impl Seat {
    pub(crate) fn topic(&self) -> &Arc<str> {
        &self.topic.name
    }
}

#[derive(Debug)]
struct TopicEntry {
    name: Arc<str>,
    members: Mutex<Roster<Member>>,
}

#[derive(Debug)]
struct Member {
    sink: Arc<Sink>,
    audience: Audience,
    /// Frames kept back until the join is answered.
    held: Option<Vec<Bytes>>,
}

/// Whether broadcasts reach a new subscriber at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Now,
    /// Only after [`Hub::release`].
    Held,
}

type Shard = Mutex<HashMap<Arc<str>, Arc<TopicEntry>>>;

/// All topics with subscribers.
#[derive(Debug)]
pub struct Hub {
    hasher: RandomState,
    shards: Box<[Shard]>,
    counters: Arc<Counters>,
}

impl Hub {
    /// A hub without topics.
    #[must_use]
    pub fn new() -> Self {
        Self {
            hasher: RandomState::new(),
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            counters: Arc::default(),
        }
    }

    pub(crate) fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    /// Tells everyone on the topic.
    pub fn publish(&self, broadcast: &Broadcast<'_>) {
        let Some(topic) = self.find(broadcast.topic) else {
            return;
        };
        let (sent, cut) = topic.publish(broadcast);
        self.counters.frames_out(sent);
        self.counters.cut(cut);
    }

    /// How many connections are on the topic.
    #[must_use]
    pub fn members(&self, topic: &str) -> usize {
        self.find(topic)
            .map_or(0, |topic| topic.members.lock().len())
    }

    pub(crate) fn join(
        &self,
        topic: &str,
        sink: Arc<Sink>,
        audience: Audience,
        delivery: Delivery,
    ) -> Seat {
        let held = match delivery {
            Delivery::Now => None,
            Delivery::Held => Some(Vec::new()),
        };
        let mut shard = self.shard(topic).lock();
        let entry = match shard.get(topic) {
            Some(entry) => Arc::clone(entry),
            None => {
                let name: Arc<str> = topic.into();
                let entry = Arc::new(TopicEntry {
                    name: Arc::clone(&name),
                    members: Mutex::default(),
                });
                shard.insert(name, Arc::clone(&entry));
                entry
            }
        };
        let number = entry.members.lock().insert(Member {
            sink,
            audience,
            held,
        });
        self.counters.joined();
        Seat {
            topic: entry,
            number,
        }
    }

    pub(crate) fn leave(&self, seat: &Seat) {
        let mut shard = self.shard(&seat.topic.name).lock();
        let mut members = seat.topic.members.lock();
        members.remove(seat.number);
        self.counters.left();
        if members.len() == 0 {
            shard.remove(&seat.topic.name);
        } else if shard.len() * 4 < shard.capacity() {
            shard.shrink_to_fit();
        }
    }

    /// Lets broadcasts reach a subscriber that joined [`Delivery::Held`], those kept back first.
    pub(crate) fn release(&self, seat: &Seat) {
        let mut members = seat.topic.members.lock();
        let Some(member) = members.get_mut(seat.number) else {
            return;
        };
        for frame in member.held.take().into_iter().flatten() {
            self.counters
                .cut(u64::from(member.sink.push(frame) == Queued::Cut));
        }
    }

    fn find(&self, topic: &str) -> Option<Arc<TopicEntry>> {
        self.shard(topic).lock().get(topic).map(Arc::clone)
    }

    fn shard(&self, topic: &str) -> &Shard {
        let hash = self.hasher.hash_one(topic) >> 48;
        let index = usize::try_from(hash).unwrap_or(0) % SHARDS;
        &self.shards[index]
    }
}

impl Default for Hub {
    fn default() -> Self {
        Self::new()
    }
}

impl TopicEntry {
    /// Tells the members, in one order for all of them. Counts the frames queued and the
    /// connections cut.
    fn publish(&self, broadcast: &Broadcast<'_>) -> (u64, u64) {
        let (mut sent, mut cut) = (0, 0);
        let topic = broadcast.topic;
        let mut shown = Shared::new(topic, broadcast.frame);
        let mut hidden = broadcast.hidden.map(|frame| Shared::new(topic, frame));
        for member in self.members.lock().iter_mut() {
            if broadcast.except == Some(member.sink.id) {
                continue;
            }
            let shared = match member.audience.verdict(broadcast) {
                Verdict::Shown => Some(&mut shown),
                Verdict::Hidden => hidden.as_mut(),
                Verdict::NotForThem => None,
            };
            let frame = shared.and_then(|shared| shared.for_client(member.sink.serializer));
            let Some(frame) = frame else {
                continue;
            };
            match member.deliver(frame) {
                Queued::Yes => sent += 1,
                Queued::Cut => cut += 1,
                Queued::No => {}
            }
        }
        (sent, cut)
    }
}

enum Verdict {
    Shown,
    Hidden,
    NotForThem,
}

impl Audience {
    fn verdict(&self, broadcast: &Broadcast<'_>) -> Verdict {
        let Self::Agent(agent, flavour) = self else {
            return Verdict::Shown;
        };
        if broadcast.flavour.is_some_and(|wanted| wanted != *flavour) {
            Verdict::NotForThem
        } else if broadcast.scope.is_in(&agent.view) {
            Verdict::Shown
        } else {
            Verdict::Hidden
        }
    }
}

impl Member {
    fn deliver(&mut self, frame: Bytes) -> Queued {
        match &mut self.held {
            None => self.sink.push(frame),
            Some(held) if held.len() < self.sink.limit().frames => {
                held.push(frame);
                Queued::Yes
            }
            Some(_) => {
                self.sink.close(super::sink::Close::SLOW);
                Queued::Cut
            }
        }
    }
}

#[cfg(test)]
mod tests;
