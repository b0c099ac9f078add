//! The events of joined topics.

use super::backend::{Agent, Answer, ConversationAccess, Identity, Refusal, Speaker};
use super::hub::{Broadcast, Frame};
use super::params;
use super::session::{Done, Role, Session, Step, Ticket, Work};
use super::tracking;
use super::typing::Started;
use frontdesk_protocol::frame::{Message, Outgoing, Payload, Ref, Status};
use frontdesk_protocol::id::{AccountId, BrowserSessionId, ConversationId};
use frontdesk_protocol::topic::Topic;
use std::sync::Arc;

const UNKNOWN_EVENT: Refusal = Refusal::of("unknown event");
const BAD_PAYLOAD: Refusal = Refusal::of("invalid payload");

/// What follows from an event that the backend has dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing is answered unless it failed.
    Silent,
    /// It is answered.
    Reply,
    /// The sender has stopped typing there; nothing is answered unless it failed.
    Said(ConversationId),
    /// The sender has stopped typing there, if anywhere, and is answered.
    SaidByAgent(Option<ConversationId>),
}

/// Takes an event of a joined topic.
pub(super) fn handle(session: &mut Session, message: &Message<'_>, index: usize) -> Step {
    let role = session.joined(index).role;
    let event = &*message.event;
    if !may_say(session, role, event) {
        refuse(session, message, &Refusal::FORBIDDEN);
        return Step::Done;
    }
    match (role, event) {
        (_, "ping") => session.reply_to(message, Status::Ok, message.payload),
        (Role::Conversation(access), _) => return conversation(session, message, index, access),
        (Role::Notification, _) => return notification(session, message, index),
        (Role::Replay(account, replay), _) => {
            return recording(session, message, index, (account, replay));
        }
        (Role::TestLobby, "shout") => session.channels.hub.publish(&Broadcast {
            frame: Frame {
                event,
                payload: message.payload,
            },
            ..Broadcast::to_all(&message.topic, event, "{}")
        }),
        _ => refuse(session, message, &UNKNOWN_EVENT),
    }
    Step::Done
}

/// Whether a connection may say this. One that was opened with a key for reading only listens.
fn may_say(session: &Session, role: Role, event: &str) -> bool {
    let is_heard = matches!(role, Role::Conversation(_) | Role::Notification)
        && matches!(event, "shout" | "read" | "typing" | "messages:seen");
    match session.identity() {
        Identity::Agent(agent) if is_heard => agent.may_speak(),
        Identity::Agent(_) | Identity::Anonymous => true,
    }
}

/// Answers an event that had to wait.
pub(super) fn finish(
    session: &Session,
    ticket: &Ticket,
    effect: Effect,
    outcome: Result<(), Refusal>,
) {
    if outcome.is_ok() {
        match effect {
            Effect::Said(conversation) | Effect::SaidByAgent(Some(conversation)) => {
                session.stop_typing(conversation);
            }
            Effect::Silent | Effect::Reply | Effect::SaidByAgent(None) => {}
        }
    }
    let is_answered = matches!(effect, Effect::Reply | Effect::SaidByAgent(_));
    let (status, response) = match outcome {
        Ok(()) if is_answered => (Status::Ok, "{}".to_owned()),
        Ok(()) => return,
        Err(refusal) => (Status::Error, refusal.to_json()),
    };
    session.send(&Outgoing::Reply {
        join_ref: &Ref::from_json(&ticket.join_ref),
        reference: &Ref::from_json(&ticket.reference),
        topic: &ticket.topic,
        status,
        response: Payload::Json(&response),
    });
}

fn conversation(
    session: &mut Session,
    message: &Message<'_>,
    index: usize,
    access: ConversationAccess,
) -> Step {
    let backend = Arc::clone(&session.channels.backend);
    match &*message.event {
        "shout" => match params::object_text(message.payload) {
            Some(payload) => {
                let answer = backend.shout_conversation(access, payload.into());
                wait(
                    session,
                    message,
                    index,
                    Effect::Said(access.conversation_id),
                    answer,
                )
            }
            None => refused(session, message, &BAD_PAYLOAD),
        },
        "messages:seen" => {
            let answer = backend.messages_seen(access);
            wait(session, message, index, Effect::Silent, answer)
        }
        "typing" => typing(session, message, access),
        _ => refused(session, message, &UNKNOWN_EVENT),
    }
}

fn notification(session: &mut Session, message: &Message<'_>, index: usize) -> Step {
    let Identity::Agent(agent) = session.identity() else {
        return refused(session, message, &Refusal::AGENTS_ONLY);
    };
    let agent = Arc::clone(agent);
    let backend = Arc::clone(&session.channels.backend);
    let conversation = params::conversation(message.payload);
    match (&*message.event, conversation) {
        ("shout", _) => match params::object_text(message.payload) {
            Some(payload) => {
                let answer = backend.shout_notification(&agent, payload.into());
                wait(
                    session,
                    message,
                    index,
                    Effect::SaidByAgent(conversation),
                    answer,
                )
            }
            None => refused(session, message, &BAD_PAYLOAD),
        },
        ("read", Some(conversation)) => {
            let answer = backend.read(&agent, conversation);
            wait(session, message, index, Effect::Reply, answer)
        }
        ("typing", Some(conversation)) => {
            agent_typing(session, message, index, &agent, conversation)
        }
        ("watch:one" | "watch:many" | "unwatch", _) => {
            session.reply_to(message, Status::Ok, Payload::EMPTY);
            Step::Done
        }
        ("read" | "typing", None) => refused(session, message, &BAD_PAYLOAD),
        _ => refused(session, message, &UNKNOWN_EVENT),
    }
}

fn typing(session: &mut Session, message: &Message<'_>, access: ConversationAccess) -> Step {
    match params::typing(message.payload) {
        None => refused(session, message, &BAD_PAYLOAD),
        Some(false) => {
            session.stop_typing(access.conversation_id);
            Step::Done
        }
        Some(true) => match session.channels.typing.start(&access, session.sink.id) {
            Started::Renewed => Step::Done,
            Started::New => {
                let backend = &session.channels.backend;
                let place = backend.place(access.account_id, access.conversation_id);
                Step::Wait(Box::pin(async move { Done::Place(access, place.await) }))
            }
        },
    }
}

/// An agent types without having joined the conversation. Its place is asked for every time: it
/// says whether the agent may see it at all.
fn agent_typing(
    session: &mut Session,
    message: &Message<'_>,
    index: usize,
    agent: &Arc<Agent>,
    conversation_id: ConversationId,
) -> Step {
    match params::typing(message.payload) {
        None => return refused(session, message, &BAD_PAYLOAD),
        Some(false) => {
            session.stop_typing(conversation_id);
            return Step::Done;
        }
        Some(true) => {}
    }
    let access = ConversationAccess {
        conversation_id,
        account_id: agent.account_id,
        speaker: Speaker::Agent(agent.user_id),
    };
    let place = session
        .channels
        .backend
        .place(agent.account_id, conversation_id);
    let (agent, channels, socket) = (
        Arc::clone(agent),
        Arc::clone(&session.channels),
        session.sink.id,
    );
    let answer: Answer<Result<(), Refusal>> = Box::pin(async move {
        let place = place.await.filter(|scope| scope.is_in(&agent.view));
        let scope = place.ok_or(Refusal::UNAUTHORIZED)?;
        if channels.typing.start(&access, socket) == Started::New {
            channels.typing.place(conversation_id, socket, scope);
        }
        Ok(())
    });
    wait(session, message, index, Effect::Silent, answer)
}

fn recording(
    session: &mut Session,
    message: &Message<'_>,
    index: usize,
    (account, replay): (AccountId, BrowserSessionId),
) -> Step {
    let flag = match &*message.event {
        "session:active" => "\"active\":true",
        "session:inactive" => "\"active\":false",
        "replay:event:emitted" => {
            let Some(payload) = params::object_text(message.payload) else {
                return refused(session, message, &BAD_PAYLOAD);
            };
            let watchers = Topic::ReplayWatch(account, replay).to_string();
            let broadcast = Broadcast::to_all(&watchers, "replay:event:emitted", payload);
            session.channels.hub.publish(&broadcast);
            let answer = session
                .channels
                .backend
                .replay_event(account, replay, payload.into());
            return wait(session, message, index, Effect::Silent, answer);
        }
        _ => return refused(session, message, &UNKNOWN_EVENT),
    };
    let stamp = params::stamp(message.payload).unwrap_or_else(|| "null".to_owned());
    let fields = tracking::replay_meta(session, account, replay, flag, &stamp);
    let presence = Arc::clone(&session.channels.presence);
    if let Some(track) = session.joined_mut(index).tracks.first_mut() {
        presence.update(track, &fields);
    }
    Step::Done
}

fn wait(
    session: &mut Session,
    message: &Message<'_>,
    index: usize,
    effect: Effect,
    answer: Answer<Result<(), Refusal>>,
) -> Step {
    let join_ref = session.joined(index).join_ref.clone();
    let work: Work = Box::pin(async move { Done::Event(effect, answer.await) });
    session.wait(message, &join_ref, work)
}

fn refused(session: &Session, message: &Message<'_>, refusal: &Refusal) -> Step {
    refuse(session, message, refusal);
    Step::Done
}

fn refuse(session: &Session, message: &Message<'_>, refusal: &Refusal) {
    session.reply_to(message, Status::Error, Payload::Json(&refusal.to_json()));
}
