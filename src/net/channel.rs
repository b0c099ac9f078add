//! A Phoenix Channels client without a connection: it makes the frames to send and says what a
//! received frame means. It knows refs, joins, replies and heartbeats, and no network.

use frontdesk_protocol::frame::{FrameError, Message, Payload, Ref, Serializer};
use frontdesk_protocol::topic::Topic;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// What a received frame means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// We are on the topic; the answer is a JSON object.
    Joined { topic: Topic, response: String },
    /// We are not let onto the topic, and why.
    Refused { topic: Topic, reason: String },
    /// A push of ours was answered.
    Answered {
        topic: Topic,
        reference: u64,
        outcome: Result<String, String>,
    },
    /// Something happened on the topic.
    Pushed {
        topic: Topic,
        event: String,
        payload: String,
    },
    /// The topic failed on the server. It may be joined again.
    Crashed { topic: Topic },
    /// The topic has ended.
    Closed { topic: Topic },
}

/// The last heartbeat was not answered: the connection is dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server does not answer any more")]
pub struct Unanswered;

/// The topic is not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the topic is not joined")]
pub struct NotJoined;

/// One connection's worth of refs and topics.
#[derive(Debug, Default)]
pub struct Channel {
    last_ref: u64,
    /// The heartbeat that waits for its answer.
    heartbeat: Option<u64>,
    topics: Vec<Seat>,
}

/// Our place on a topic.
#[derive(Debug)]
struct Seat {
    topic: Topic,
    join_ref: u64,
    state: State,
    /// The pushes that wait for their answer.
    waiting: Vec<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Joining,
    Joined,
    Leaving,
}

impl Channel {
    /// A client on a new connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The frame that joins a topic, or joins it anew. What still comes for an earlier join of
    /// the same topic is then ignored.
    pub fn join(&mut self, topic: &Topic, params: &str) -> String {
        let join_ref = self.next_ref();
        self.topics.retain(|seat| seat.topic != *topic);
        self.topics.push(Seat {
            topic: topic.clone(),
            join_ref,
            state: State::Joining,
            waiting: Vec::new(),
        });
        frame(Some(join_ref), join_ref, topic, "phx_join", params)
    }

    /// The frame that leaves a topic.
    ///
    /// # Errors
    /// When the topic is not joined.
    pub fn leave(&mut self, topic: &Topic) -> Result<String, NotJoined> {
        let reference = self.next_ref();
        let seat = self.seat(topic).ok_or(NotJoined)?;
        seat.state = State::Leaving;
        Ok(frame(
            Some(seat.join_ref),
            reference,
            topic,
            "phx_leave",
            "{}",
        ))
    }

    /// The frame that says something on a topic, and the number its answer will carry.
    ///
    /// # Errors
    /// When the topic is not joined.
    pub fn push(
        &mut self,
        topic: &Topic,
        event: &str,
        payload: &str,
    ) -> Result<(u64, String), NotJoined> {
        let reference = self.next_ref();
        let seat = self
            .seat(topic)
            .filter(|seat| seat.state == State::Joined)
            .ok_or(NotJoined)?;
        seat.waiting.push(reference);
        Ok((
            reference,
            frame(Some(seat.join_ref), reference, topic, event, payload),
        ))
    }

    /// The frame that shows the server that we are there.
    ///
    /// # Errors
    /// When the one before was not answered: the connection is dead.
    pub fn heartbeat(&mut self) -> Result<String, Unanswered> {
        if self.heartbeat.is_some() {
            return Err(Unanswered);
        }
        let reference = self.next_ref();
        self.heartbeat = Some(reference);
        Ok(frame(None, reference, &Topic::Phoenix, "heartbeat", "{}"))
    }

    /// Whether a join waits for its answer.
    #[must_use]
    pub fn is_joining(&self) -> bool {
        self.topics.iter().any(|seat| seat.state == State::Joining)
    }

    /// Takes a text frame. Nothing comes back for what is of no interest: answers to
    /// heartbeats, and what belongs to an earlier join.
    ///
    /// # Errors
    /// When the text is not a frame.
    pub fn receive(&mut self, text: &str) -> Result<Option<Told>, FrameError> {
        let message = Message::from_text(Serializer::V2, text)?;
        let Ok(topic) = message.topic.parse::<Topic>() else {
            return Ok(None);
        };
        let Payload::Json(payload) = message.payload else {
            return Ok(None);
        };
        let reference = number(&message.reference);
        if topic == Topic::Phoenix {
            if reference.is_some() && reference == self.heartbeat {
                self.heartbeat = None;
            }
            return Ok(None);
        }
        let Some(seat) = self.seat(&topic) else {
            return Ok(None);
        };
        // Broadcasts carry no join_ref; anything else must carry ours. Closing frames carry it
        // as their ref as well.
        if !message.join_ref.is_null() && number(&message.join_ref) != Some(seat.join_ref) {
            return Ok(None);
        }
        match &*message.event {
            "phx_reply" => self.replied(&topic, reference, payload),
            "phx_close" => Ok(self.vacate(&topic).then_some(Told::Closed { topic })),
            "phx_error" => Ok(self.vacate(&topic).then_some(Told::Crashed { topic })),
            event => Ok((seat.state == State::Joined).then(|| Told::Pushed {
                topic,
                event: event.to_owned(),
                payload: payload.to_owned(),
            })),
        }
    }

    fn replied(
        &mut self,
        topic: &Topic,
        reference: Option<u64>,
        payload: &str,
    ) -> Result<Option<Told>, FrameError> {
        let answer: Answer<'_> =
            serde_json::from_str(payload).map_err(|_| FrameError::Malformed)?;
        let (Some(reference), Some(seat)) = (reference, self.seat(topic)) else {
            return Ok(None);
        };
        let outcome = answer.outcome();
        let topic = topic.clone();
        if reference == seat.join_ref && seat.state == State::Joining {
            return Ok(Some(match outcome {
                Ok(response) => {
                    seat.state = State::Joined;
                    Told::Joined { topic, response }
                }
                Err(reason) => {
                    self.vacate(&topic);
                    Told::Refused { topic, reason }
                }
            }));
        }
        let Some(index) = seat
            .waiting
            .iter()
            .position(|waiting| *waiting == reference)
        else {
            return Ok(None);
        };
        seat.waiting.swap_remove(index);
        Ok(Some(Told::Answered {
            topic,
            reference,
            outcome,
        }))
    }

    fn seat(&mut self, topic: &Topic) -> Option<&mut Seat> {
        self.topics.iter_mut().find(|seat| seat.topic == *topic)
    }

    fn vacate(&mut self, topic: &Topic) -> bool {
        let before = self.topics.len();
        self.topics.retain(|seat| seat.topic != *topic);
        self.topics.len() < before
    }

    fn next_ref(&mut self) -> u64 {
        self.last_ref += 1;
        self.last_ref
    }
}

/// The payload of a reply.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    status: Cow<'a, str>,
    #[serde(borrow)]
    response: &'a RawValue,
}

impl Answer<'_> {
    /// The response, or the reason why not.
    fn outcome(&self) -> Result<String, String> {
        #[derive(Deserialize)]
        struct Why {
            reason: String,
        }
        if self.status == "ok" {
            return Ok(self.response.get().to_owned());
        }
        let why = serde_json::from_str(self.response.get()).map(|Why { reason }| reason);
        Err(why.unwrap_or_else(|_| "no reason given".to_owned()))
    }
}

fn number(reference: &Ref<'_>) -> Option<u64> {
    reference.as_json().trim_matches('"').parse().ok()
}

fn frame(
    join_ref: Option<u64>,
    reference: u64,
    topic: &Topic,
    event: &str,
    payload: &str,
) -> String {
    let text_of = |number: u64| Ref::from_text(&number.to_string());
    let message = Message {
        join_ref: join_ref.map_or(Ref::NULL, text_of),
        reference: text_of(reference),
        topic: Cow::Owned(topic.to_string()),
        event: Cow::Borrowed(event),
        payload: Payload::Json(payload),
    };
    let mut out = Vec::with_capacity(96 + payload.len());
    message
        .encode(Serializer::V2, &mut out)
        .expect("a JSON payload always fits");
    String::from_utf8(out).expect("a text frame is text")
}

#[cfg(test)]
mod tests;
