//! What a connection has joined, and what becomes of each of its messages. It knows no
//! transport: frames come in as text or bytes, answers go to the connection's queue.
//!
//! A message whose handling needs the database becomes [`Work`]; the transport finishes it before
//! it hands over the next message.

use super::Channels;
use super::backend::{ConversationAccess, Identity, Refusal, Scope};
use super::hub::Seat;
use super::join;
use super::pace::Pace;
use super::packet::packet;
use super::presence::Track;
use super::runtime::moment;
use super::sink::{Queued, Sink};
use super::topics;
use bytes::Bytes;
use frontdesk_protocol::frame::{FrameError, Message, Outgoing, Payload, Ref, Status};
use frontdesk_protocol::id::{AccountId, BrowserSessionId, ConversationId};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::time::{Instant, sleep_until};

/// How many topics one connection may join.
const MAX_CHANNELS: usize = 100;

/// Something that has to be waited for.
pub(crate) type Work = Pin<Box<dyn Future<Output = Done> + Send>>;

/// How a message was taken.
pub(crate) enum Step {
    /// It is done.
    Done,
    /// It is done when this has ended and its outcome was given to [`Session::resume`].
    Wait(Work),
}

/// The outcome of some work.
pub(crate) enum Done {
    /// A join with nothing more to know than whether it is allowed.
    Join(Result<join::Granted, Refusal>),
    /// The answer to a message.
    Event(topics::Effect, Result<(), Refusal>),
    /// The client has waited because it spoke too fast.
    Rested,
    /// Where a conversation that is being typed in is.
    Place(ConversationAccess, Option<Scope>),
}

/// One joined topic.
pub(crate) struct Joined {
    pub(super) seat: Seat,
    pub(super) join_ref: Box<str>,
    pub(super) role: Role,
    pub(super) tracks: Vec<Track>,
}

/// What a joined topic lets its client do.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    Conversation(ConversationAccess),
    /// The topic for tests, which repeats what it hears.
    TestLobby,
    Notification,
    Replay(AccountId, BrowserSessionId),
    /// Storytime topics of agents: nothing but `ping` is expected.
    Events,
    /// Nothing is expected.
    Listen,
}

/// The message that is being worked on.
pub(super) struct Ticket {
    pub(super) topic: Box<str>,
    pub(super) join_ref: Box<str>,
    pub(super) reference: Box<str>,
    pub(super) join: Option<join::Underway>,
}

pub(crate) struct Session {
    pub(super) channels: Arc<Channels>,
    pub(super) sink: Arc<Sink>,
    joined: Vec<Joined>,
    pace: Pace,
    pub(super) ticket: Option<Box<Ticket>>,
}

impl Session {
    pub(crate) fn new(channels: Arc<Channels>, sink: Arc<Sink>) -> Self {
        Self {
            channels,
            sink,
            joined: Vec::new(),
            pace: Pace::default(),
            ticket: None,
        }
    }

    /// Takes a text frame.
    pub(crate) fn text(&mut self, text: &str) -> Result<Step, FrameError> {
        let resume_at = self.heard();
        let message = Message::from_text(self.sink.serializer, text)?;
        Ok(paced(self.message(&message), resume_at))
    }

    /// Takes a binary frame.
    pub(crate) fn binary(&mut self, bytes: &[u8]) -> Result<Step, FrameError> {
        let resume_at = self.heard();
        let message = Message::from_binary(self.sink.serializer, bytes)?;
        Ok(paced(self.message(&message), resume_at))
    }

    /// Takes a transport's own question, with its answer.
    pub(crate) fn ping(&mut self, answer: Bytes) -> Step {
        let resume_at = self.heard();
        self.queue(answer);
        paced(Step::Done, resume_at)
    }

    /// Takes something that only says that the client is there.
    pub(crate) fn sign_of_life(&mut self) -> Step {
        paced(Step::Done, self.heard())
    }

    /// Notes that the client was heard. Says until when it has to wait, if it speaks too fast.
    fn heard(&mut self) -> Option<Instant> {
        self.sink.heard(self.channels.registry.second());
        self.channels.counters.frame_in();
        self.pace.count(self.channels.settings.rate?, moment())
    }

    /// Lets work end that nobody waits for any more.
    pub(crate) fn finish_later(&self, work: Work) {
        self.channels.tasks.spawn_light(async {
            work.await;
        });
    }

    fn message(&mut self, message: &Message<'_>) -> Step {
        if message.topic == "phoenix" {
            self.transport(message);
            return Step::Done;
        }
        let index = self.position(&message.topic);
        if message.event == "phx_join" {
            return join::start(self, message, index);
        }
        match index {
            None if message.event == "phx_leave" => {
                self.reply_to(message, Status::Ok, Payload::EMPTY);
            }
            None => self.unmatched(message),
            Some(index) if self.is_stale(message, index) => {}
            Some(index) if message.event == "phx_leave" => self.leave(message, index),
            Some(index) => return topics::handle(self, message, index),
        }
        Step::Done
    }

    fn transport(&self, message: &Message<'_>) {
        if message.event == "heartbeat" {
            self.send(&Outgoing::Reply {
                join_ref: &Ref::NULL,
                reference: &message.reference,
                topic: "phoenix",
                status: Status::Ok,
                response: Payload::EMPTY,
            });
        } else {
            self.unmatched(message);
        }
    }

    /// Goes on after some work.
    pub(crate) fn resume(&mut self, done: Done) {
        let ticket = self.ticket.take();
        match (done, ticket) {
            (Done::Join(outcome), Some(ticket)) => join::finish(self, *ticket, outcome),
            (Done::Event(effect, outcome), Some(ticket)) => {
                topics::finish(self, &ticket, effect, outcome);
            }
            (Done::Place(access, Some(scope)), _) => {
                let socket = self.sink.id;
                self.channels
                    .typing
                    .place(access.conversation_id, socket, scope);
            }
            (Done::Rested | Done::Place(..) | Done::Join(_) | Done::Event(..), _) => {}
        }
    }

    /// Keeps what an answer will need while the work is under way.
    pub(super) fn wait(&mut self, message: &Message<'_>, join_ref: &str, work: Work) -> Step {
        self.ticket = Some(Box::new(Ticket {
            topic: (*message.topic).into(),
            join_ref: join_ref.into(),
            reference: message.reference.as_json().into(),
            join: None,
        }));
        Step::Wait(work)
    }

    fn leave(&mut self, message: &Message<'_>, index: usize) {
        let joined = self.joined.swap_remove(index);
        self.forget(&joined);
        self.send(&Outgoing::Reply {
            join_ref: &Ref::from_json(&joined.join_ref),
            reference: &message.reference,
            topic: &message.topic,
            status: Status::Ok,
            response: Payload::EMPTY,
        });
        self.send_close(&joined.join_ref, &message.topic);
    }

    /// Ends a subscription; nothing of the topic reaches the client afterwards.
    pub(super) fn forget(&self, joined: &Joined) {
        self.channels.hub.leave(&joined.seat);
        for track in &joined.tracks {
            self.channels.presence.untrack(track);
        }
        match &joined.role {
            Role::Conversation(access) => self.stop_typing(access.conversation_id),
            Role::Notification => self.channels.typing.stop_all(self.sink.id),
            _ => {}
        }
    }

    pub(super) fn stop_typing(&self, conversation: ConversationId) {
        self.channels.typing.stop(conversation, self.sink.id);
    }

    pub(super) fn is_full(&self) -> bool {
        self.joined.len() >= MAX_CHANNELS
    }

    pub(super) fn add(&mut self, joined: Joined) {
        if self.joined.capacity() == 0 {
            self.joined.reserve_exact(1);
        }
        self.joined.push(joined);
    }

    pub(super) fn take(&mut self, index: usize) -> Joined {
        self.joined.swap_remove(index)
    }

    pub(super) fn joined(&self, index: usize) -> &Joined {
        &self.joined[index]
    }

    pub(super) fn joined_mut(&mut self, index: usize) -> &mut Joined {
        &mut self.joined[index]
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.sink.identity
    }

    fn position(&self, topic: &str) -> Option<usize> {
        self.joined
            .iter()
            .position(|joined| **joined.seat.topic() == *topic)
    }

    fn is_stale(&self, message: &Message<'_>, index: usize) -> bool {
        !message.join_ref.is_null() && message.join_ref.as_json() != &*self.joined[index].join_ref
    }

    fn unmatched(&self, message: &Message<'_>) {
        self.send(&Outgoing::Reply {
            join_ref: &Ref::NULL,
            reference: &message.reference,
            topic: &message.topic,
            status: Status::Error,
            response: Payload::Json(r#"{"reason":"unmatched topic"}"#),
        });
    }

    /// Answers a message with the join_ref it came with, or that of its topic.
    pub(super) fn reply_to(&self, message: &Message<'_>, status: Status, response: Payload<'_>) {
        let known = self
            .position(&message.topic)
            .map(|index| &*self.joined[index].join_ref);
        let join_ref = match known {
            Some(join_ref) => &Ref::from_json(join_ref),
            None => &message.join_ref,
        };
        let (reference, topic) = (&message.reference, &*message.topic);
        self.send(&Outgoing::Reply {
            join_ref,
            reference,
            topic,
            status,
            response,
        });
    }

    pub(super) fn send_close(&self, join_ref: &str, topic: &str) {
        self.send(&Outgoing::Close {
            join_ref: &Ref::from_json(join_ref),
            topic,
        });
    }

    pub(super) fn send(&self, frame: &Outgoing<'_>) {
        let Some(packet) = packet(self.sink.serializer, frame) else {
            return;
        };
        self.queue(packet);
    }

    fn queue(&self, packet: Bytes) {
        match self.sink.push(packet) {
            Queued::Yes => self.channels.counters.frames_out(1),
            Queued::Cut => self.channels.counters.cut(1),
            Queued::No => {}
        }
    }
}

/// Holds a client back after a message, until it may send the next.
fn paced(step: Step, resume_at: Option<Instant>) -> Step {
    let Some(resume_at) = resume_at else {
        return step;
    };
    Step::Wait(Box::pin(async move {
        let done = match step {
            Step::Done => Done::Rested,
            Step::Wait(work) => work.await,
        };
        sleep_until(resume_at).await;
        done
    }))
}

impl Drop for Session {
    fn drop(&mut self) {
        for joined in std::mem::take(&mut self.joined) {
            self.forget(&joined);
        }
        if let Some(underway) = self.ticket.take().and_then(|ticket| ticket.join) {
            underway.abandon(self);
        }
        self.channels.registry.closed(self.sink.id);
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("sink", &self.sink)
            .finish_non_exhaustive()
    }
}
