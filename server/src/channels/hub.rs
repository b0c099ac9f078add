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
use frontdesk_domain::actor::View;
use frontdesk_domain::scope::Sight;
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

impl<'a> Frame<'a> {
    /// An event with a JSON payload.
    #[must_use]
    pub fn json(event: &'a str, payload: &'a str) -> Self {
        Self {
            event,
            payload: Payload::Json(payload),
        }
    }
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
    /// For agents who see less or more by it, when its conversation moved.
    pub moved: Option<Moved<'a>>,
    /// A connection that is left out.
    pub except: Option<SocketId>,
}

/// What is said of a conversation that moved to those whose view it left or entered.
#[derive(Debug, Clone, Copy)]
pub struct Moved<'a> {
    /// Where it was.
    pub from: Scope,
    /// For those who see it no more.
    pub left: Frame<'a>,
    /// For those who did not see it before.
    pub entered: Frame<'a>,
}

impl<'a> Broadcast<'a> {
    /// A broadcast to everyone on a topic.
    #[must_use]
    pub fn to_all(topic: &'a str, event: &'a str, payload: &'a str) -> Self {
        Self {
            topic,
            flavour: None,
            scope: Scope::Account,
            frame: Frame::json(event, payload),
            hidden: None,
            moved: None,
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
    /// The conversation of the topic is out of the agent's view.
    is_muted: bool,
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

    /// Tells everyone on the topic what their view lets them know: `all` is for those who see
    /// everything, `seen_from` makes what is for an agent who does not.
    pub(crate) fn publish_by_view(
        &self,
        topic: &str,
        event: &str,
        all: Option<&str>,
        seen_from: impl Fn(&View) -> Option<String>,
    ) {
        let Some(entry) = self.find(topic) else {
            return;
        };
        let (sent, cut) = entry.publish_by_view(event, all, seen_from);
        self.counters.frames_out(sent);
        self.counters.cut(cut);
    }

    /// A conversation is elsewhere now: agents who do not see it there hear nothing more on its
    /// topic, until it comes back.
    pub(crate) fn moved(&self, topic: &str, to: Scope) {
        if let Some(entry) = self.find(topic) {
            for member in entry.members.lock().iter_mut() {
                member.is_muted = !member.audience.is_of(to);
            }
        }
    }

    /// A connection that joined a conversation's topic may not hear what is said there.
    pub(crate) fn mute(&self, topic: &str, socket: SocketId) {
        if let Some(entry) = self.find(topic) {
            let mut members = entry.members.lock();
            let own = members.iter_mut().filter(|member| member.sink.id == socket);
            own.for_each(|member| member.is_muted = true);
        }
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
            is_muted: false,
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
        let moved = broadcast.moved.as_ref();
        let mut left = moved.map(|moved| Shared::new(topic, moved.left));
        let mut entered = moved.map(|moved| Shared::new(topic, moved.entered));
        for member in self.members.lock().iter_mut() {
            if broadcast.except == Some(member.sink.id) || member.is_muted {
                continue;
            }
            let shared = match member.audience.verdict(broadcast) {
                Some(Sight::Shown) => Some(&mut shown),
                Some(Sight::Entered) => entered.as_mut(),
                Some(Sight::Left) => left.as_mut(),
                Some(Sight::Hidden) => hidden.as_mut(),
                None => None,
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

    /// As [`TopicEntry::publish`], with what each view lets know.
    fn publish_by_view(
        &self,
        event: &str,
        all: Option<&str>,
        seen_from: impl Fn(&View) -> Option<String>,
    ) -> (u64, u64) {
        let (mut sent, mut cut) = (0, 0);
        let mut whole = all.map(|json| Shared::new(&self.name, Frame::json(event, json)));
        for member in self.members.lock().iter_mut() {
            let serializer = member.sink.serializer;
            let frame = match member.audience.limits() {
                _ if member.is_muted => None,
                None => whole.as_mut().and_then(|it| it.for_client(serializer)),
                Some(view) => seen_from(view).and_then(|json| {
                    Shared::new(&self.name, Frame::json(event, &json)).for_client(serializer)
                }),
            };
            match frame.map(|frame| member.deliver(frame)) {
                Some(Queued::Yes) => sent += 1,
                Some(Queued::Cut) => cut += 1,
                Some(Queued::No) | None => {}
            }
        }
        (sent, cut)
    }
}

impl Audience {
    /// How a broadcast looks from here; `None` when it is not for this flavour.
    fn verdict(&self, broadcast: &Broadcast<'_>) -> Option<Sight> {
        let Self::Agent(agent, flavour) = self else {
            return Some(Sight::Shown);
        };
        if broadcast.flavour.is_some_and(|wanted| wanted != *flavour) {
            return None;
        }
        let before = broadcast.moved.map(|moved| moved.from);
        Some(broadcast.scope.sight(before, &agent.view))
    }

    /// The view of an agent who does not see everything.
    fn limits(&self) -> Option<&View> {
        match self {
            Self::Agent(agent, _) if agent.view != View::All => Some(&agent.view),
            Self::Agent(..) | Self::Everyone => None,
        }
    }

    /// Whether what is there is for them.
    fn is_of(&self, scope: Scope) -> bool {
        self.limits().is_none_or(|view| scope.is_in(view))
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
