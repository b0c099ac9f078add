//! Joining: which topics let whom in, what the answer carries, and who is told.

use super::backend::{Agent, Answer, Identity, Refusal};
use super::hub::{Audience, Delivery, Flavour, Seat};
use super::params::JoinParams;
use super::session::{Done, Joined, Role, Session, Step, Ticket};
use super::tracking;
use frontdesk_protocol::frame::{Message, Outgoing, Payload, Ref, Status};
use frontdesk_protocol::id::{ConversationId, EventSeq};
use frontdesk_protocol::topic::{BadTopic, Family, Topic};
use std::sync::Arc;

const TOO_MANY: Refusal = Refusal::of("too many channels joined");
const UNMATCHED: Refusal = Refusal::of("unmatched topic");

/// What a join was granted.
pub(crate) struct Granted {
    pub(super) role: Role,
    /// The answer: a JSON object.
    pub(super) response: Option<String>,
}

impl From<Role> for Granted {
    fn from(role: Role) -> Self {
        Self {
            role,
            response: None,
        }
    }
}

/// A join that waits for the backend.
pub(crate) struct Underway {
    topic: Topic,
    /// The join_ref of the subscription this join ends.
    replaced: Option<Box<str>>,
    /// Taken before the backend was asked, so that nothing falls between its answer and the first
    /// broadcast.
    seat: Option<Seat>,
}

impl Underway {
    /// The connection ended first.
    pub(super) fn abandon(self, session: &Session) {
        if let Some(seat) = self.seat {
            session.channels.hub.leave(&seat);
        }
    }
}

/// What is known about a join without asking.
enum Verdict {
    Granted(Role),
    Refused(Refusal),
    Ask(Answer<Result<Granted, Refusal>>),
    /// To be asked with the seat taken: an agent that catches up from a cursor.
    CatchUp(Arc<Agent>, EventSeq),
}

/// Takes a `phx_join`. `index` is where the topic is joined already.
pub(super) fn start(session: &mut Session, message: &Message<'_>, index: Option<usize>) -> Step {
    let topic = match message.topic.parse::<Topic>() {
        Ok(Topic::Phoenix) | Err(BadTopic::Unmatched) => {
            refuse(session, &Ref::NULL, message, &UNMATCHED);
            return Step::Done;
        }
        Err(BadTopic::Nowhere(family)) => {
            refuse(session, &message.join_ref, message, &nowhere(family));
            return Step::Done;
        }
        Ok(topic) => topic,
    };
    let replaced = index.map(|index| {
        let old = session.take(index);
        session.forget(&old);
        old.join_ref
    });
    if session.is_full() {
        refuse(session, &message.join_ref, message, &TOO_MANY);
        return Step::Done;
    }
    let verdict = judge(session, &topic, JoinParams::read(message.payload));
    let mut ticket = Box::new(Ticket {
        topic: (*message.topic).into(),
        join_ref: join_ref(message).as_json().into(),
        reference: message.reference.as_json().into(),
        join: Some(Underway {
            topic,
            replaced,
            seat: None,
        }),
    });
    match verdict {
        Verdict::Granted(role) => finish(session, *ticket, Ok(role.into())),
        Verdict::Refused(refusal) => finish(session, *ticket, Err(refusal)),
        Verdict::Ask(answer) => {
            session.ticket = Some(ticket);
            return Step::Wait(Box::pin(async { Done::Join(answer.await) }));
        }
        Verdict::CatchUp(agent, cursor) => {
            let audience = Audience::Agent(Arc::clone(&agent), Flavour::Numbered);
            let sink = Arc::clone(&session.sink);
            let seat = session
                .channels
                .hub
                .join(&message.topic, sink, audience, Delivery::Held);
            if let Some(underway) = &mut ticket.join {
                underway.seat = Some(seat);
            }
            let answer = session.channels.backend.events_since(&agent, cursor);
            session.ticket = Some(ticket);
            return Step::Wait(Box::pin(async move {
                let response = answer.await;
                Done::Join(response.map(|response| Granted {
                    role: Role::Notification,
                    response: Some(response),
                }))
            }));
        }
    }
    Step::Done
}

/// Answers a join and, if it was granted, does what follows from it.
pub(super) fn finish(session: &mut Session, ticket: Ticket, outcome: Result<Granted, Refusal>) {
    let Ticket {
        topic: name,
        join_ref,
        reference,
        join,
    } = ticket;
    let Some(Underway {
        topic,
        replaced,
        seat,
    }) = join
    else {
        return;
    };
    let refs = (&Ref::from_json(&join_ref), &Ref::from_json(&reference));
    let answer = |session: &Session, status, response: &str| {
        session.send(&Outgoing::Reply {
            join_ref: refs.0,
            reference: refs.1,
            topic: &name,
            status,
            response: Payload::Json(response),
        });
        // A close that carries the new join_ref would end the new subscription.
        if let Some(replaced) = replaced.as_ref().filter(|replaced| **replaced != join_ref) {
            session.send_close(replaced, &name);
        }
    };
    match outcome {
        Err(refusal) => {
            if let Some(seat) = seat {
                session.channels.hub.leave(&seat);
            }
            answer(session, Status::Error, &refusal.to_json());
        }
        Ok(granted) => {
            let seat = seat.unwrap_or_else(|| take_seat(session, &name, granted.role));
            answer(
                session,
                Status::Ok,
                granted.response.as_deref().unwrap_or("{}"),
            );
            session.channels.hub.release(&seat);
            let mut joined = Joined {
                seat,
                join_ref: join_ref.clone(),
                role: granted.role,
                tracks: Vec::new(),
            };
            tracking::after_join(session, &topic, &mut joined);
            session.add(joined);
        }
    }
}

fn take_seat(session: &Session, name: &str, role: Role) -> Seat {
    let audience = match (role, session.identity()) {
        (Role::Notification | Role::Conversation(_), Identity::Agent(agent)) => {
            Audience::Agent(Arc::clone(agent), Flavour::Legacy)
        }
        _ => Audience::Everyone,
    };
    session
        .channels
        .hub
        .join(name, Arc::clone(&session.sink), audience, Delivery::Now)
}

fn judge(session: &Session, topic: &Topic, params: JoinParams) -> Verdict {
    let backend = &session.channels.backend;
    let agent = match session.identity() {
        Identity::Agent(agent) => Some(agent),
        Identity::Anonymous => None,
    };
    let of_account = |account| agent.filter(|agent| agent.account_id == account);
    match topic {
        Topic::Phoenix => Verdict::Refused(UNMATCHED),
        Topic::Room(_) | Topic::ConversationLobby(Some(_)) => Verdict::Granted(Role::Listen),
        Topic::ConversationLobby(None) => Verdict::Granted(Role::TestLobby),
        Topic::Conversation(id) => Verdict::Ask(conversation(session, *id, &params)),
        Topic::Notification(account) => match (of_account(*account), params.cursor) {
            (None, _) => Verdict::Refused(Refusal::AGENTS_ONLY),
            (Some(_), None) => Verdict::Granted(Role::Notification),
            (Some(agent), Some(cursor)) => Verdict::CatchUp(Arc::clone(agent), cursor),
        },
        Topic::Events(account) | Topic::ReplayIndex(account) => match of_account(*account) {
            None => Verdict::Refused(Refusal::UNAUTHORIZED),
            Some(_) => Verdict::Granted(Role::Events),
        },
        Topic::ReplayWatch(account, replay) if of_account(*account).is_some() => {
            let answer = backend.has_replay(*account, *replay);
            Verdict::Ask(when(answer, Role::Events, Refusal::UNAUTHORIZED))
        }
        Topic::ReplayWatch(..) => Verdict::Refused(Refusal::UNAUTHORIZED),
        Topic::Replay(account, replay) => {
            let answer = backend.has_replay(*account, *replay);
            Verdict::Ask(when(
                answer,
                Role::Replay(*account, *replay),
                Refusal::UNAUTHORIZED,
            ))
        }
        Topic::IssueLobby(customer) => match agent {
            None => Verdict::Refused(Refusal::AGENTS_ONLY),
            Some(agent) => {
                let answer = backend.sees_customer(agent, *customer);
                Verdict::Ask(when(answer, Role::Listen, Refusal::AGENTS_ONLY))
            }
        },
    }
}

fn conversation(
    session: &Session,
    id: ConversationId,
    params: &JoinParams,
) -> Answer<Result<Granted, Refusal>> {
    let backend = &session.channels.backend;
    let answer = backend.join_conversation(session.identity(), id, params.customer);
    Box::pin(async { answer.await.map(|access| Role::Conversation(access).into()) })
}

fn when(answer: Answer<bool>, role: Role, otherwise: Refusal) -> Answer<Result<Granted, Refusal>> {
    Box::pin(async move {
        if answer.await {
            Ok(role.into())
        } else {
            Err(otherwise)
        }
    })
}

fn nowhere(family: Family) -> Refusal {
    match family {
        Family::Conversation | Family::Events => Refusal::UNAUTHORIZED,
        Family::Notification | Family::Issue => Refusal::AGENTS_ONLY,
    }
}

/// A client of version 1 may send no join_ref: then the ref of the join is it.
fn join_ref<'a>(message: &'a Message<'_>) -> &'a Ref<'a> {
    if message.join_ref.is_null() {
        &message.reference
    } else {
        &message.join_ref
    }
}

fn refuse(session: &Session, join_ref: &Ref<'_>, message: &Message<'_>, refusal: &Refusal) {
    session.send(&Outgoing::Reply {
        join_ref,
        reference: &message.reference,
        topic: &message.topic,
        status: Status::Error,
        response: Payload::Json(&refusal.to_json()),
    });
}
