//! Which joins are seen by others, and where.

use super::backend::{ConversationAccess, Identity, Scope, Speaker};
use super::presence::{Tells, Track};
use super::session::{Joined, Role, Session};
use frontdesk_domain::actor::View;
use frontdesk_protocol::frame::{Outgoing, Payload, Ref};
use frontdesk_protocol::id::{AccountId, BrowserSessionId, CustomerId, UserId};
use frontdesk_protocol::topic::Topic;
use std::sync::Arc;

/// Tracks a new subscription and hands it the states it needs.
pub(super) fn after_join(session: &Session, topic: &Topic, joined: &mut Joined) {
    match (topic, joined.role) {
        (Topic::Conversation(_), Role::Conversation(access)) => match access.speaker {
            Speaker::Customer(customer) => track_customer(session, joined, &access, customer),
            Speaker::Agent(user) => {
                track_viewer(session, joined, &access, user);
                listen_within_view(session, &access);
            }
            Speaker::Unknown => {}
        },
        (Topic::Notification(account), _) => {
            track_agent(session, joined, *account);
            push_state(session, joined);
        }
        (Topic::Room(_) | Topic::ReplayIndex(_), _) => push_state(session, joined),
        (Topic::Replay(account, replay), _) => {
            let index = Topic::ReplayIndex(*account).to_string();
            let fields = replay_fields(session, *account, *replay, "\"active\":true");
            track(
                session,
                joined,
                &index,
                format!("session:{replay}"),
                &fields,
            );
            session.channels.presence.broadcast_state(&index);
            push_state(session, joined);
        }
        (Topic::ReplayWatch(account, replay), _) => {
            let watched = Topic::Replay(*account, *replay).to_string();
            let fields = replay_fields(session, *account, *replay, "\"admin\":true");
            track(
                session,
                joined,
                &watched,
                format!("session:{replay}"),
                &fields,
            );
            session.channels.presence.broadcast_state(&watched);
        }
        _ => {}
    }
}

/// A customer is there for who else is on the conversation, and for the agents who see it.
fn track_customer(
    session: &Session,
    joined: &mut Joined,
    access: &ConversationAccess,
    customer: CustomerId,
) {
    let seconds = session.channels.now().seconds();
    let fields = format!("\"customer_id\":\"{customer}\",\"online_at\":\"{seconds}\"");
    let key = format!("customer:{customer}");
    let conversation = joined.seat.topic().to_string();
    track(session, joined, &conversation, key.clone(), &fields);
    track_for_agents(session, joined, access, key, &fields);
    push_state(session, joined);
    let notification = Topic::Notification(access.account_id).to_string();
    session.channels.presence.broadcast_state(&notification);
}

/// An agent looks at a conversation: those of the account's agents know who see it themselves.
/// Its customer never does.
fn track_viewer(session: &Session, joined: &mut Joined, access: &ConversationAccess, user: UserId) {
    let seconds = session.channels.now().seconds();
    let id = access.conversation_id;
    let fields = format!("\"user_id\":{user},\"online_at\":\"{seconds}\",\"viewing\":\"{id}\"");
    track_for_agents(session, joined, access, user_key(user), &fields);
}

/// Tells the account's agents of somebody on a conversation: those who see everything at once,
/// the others as soon as it is known where the conversation is.
fn track_for_agents(
    session: &Session,
    joined: &mut Joined,
    access: &ConversationAccess,
    key: String,
    fields: &str,
) {
    let (account, id) = (access.account_id, access.conversation_id);
    let notification = Topic::Notification(account).to_string();
    let presence = Arc::clone(&session.channels.presence);
    let tells = Tells::Of(id, Scope::Nowhere);
    let tracked = presence.track(&notification, key, tells, fields);
    joined.tracks.reserve_exact(1);
    joined.tracks.push(tracked);
    let place = session.channels.backend.place(account, id);
    session.channels.tasks.spawn_light(async move {
        if let Some(scope) = place.await {
            presence.place(&notification, id, scope);
        }
    });
}

fn user_key(user: UserId) -> String {
    format!("user:{user}")
}

/// The conversation may have left an agent's view between the admission and the first broadcast;
/// whatever moves it from now on is told to the hub.
fn listen_within_view(session: &Session, access: &ConversationAccess) {
    let Identity::Agent(agent) = session.identity() else {
        return;
    };
    if agent.view == View::All {
        return;
    }
    let (agent, hub) = (Arc::clone(agent), Arc::clone(&session.channels.hub));
    let (socket, id) = (session.sink.id, access.conversation_id);
    let place = session.channels.backend.place(access.account_id, id);
    session.channels.tasks.spawn_light(async move {
        if place.await.is_none_or(|scope| !scope.is_in(&agent.view)) {
            hub.mute(&Topic::Conversation(id).to_string(), socket);
        }
    });
}

/// The meta of a recorded visit, after `flag`.
fn replay_fields(
    session: &Session,
    account: AccountId,
    replay: BrowserSessionId,
    flag: &str,
) -> String {
    let millis = session.channels.now().0.div_euclid(1000);
    replay_meta(session, account, replay, flag, &millis.to_string())
}

/// The meta of a recorded visit whose `ts` the client gave, as JSON.
pub(super) fn replay_meta(
    session: &Session,
    account: AccountId,
    replay: BrowserSessionId,
    flag: &str,
    stamp: &str,
) -> String {
    let seconds = session.channels.now().seconds();
    format!(
        "\"session_id\":\"{replay}\",\"account_id\":\"{account}\",{flag},\"ts\":{stamp},\"online_at\":\"{seconds}\""
    )
}

fn track_agent(session: &Session, joined: &mut Joined, account: AccountId) {
    let Identity::Agent(agent) = session.identity() else {
        return;
    };
    let user = agent.user_id;
    let seconds = session.channels.now().seconds();
    let fields = format!("\"user_id\":{user},\"online_at\":\"{seconds}\"");
    for topic in [
        Topic::Notification(account),
        Topic::Room(account.to_string()),
    ] {
        track(session, joined, &topic.to_string(), user_key(user), &fields);
    }
}

fn track(session: &Session, joined: &mut Joined, topic: &str, key: String, fields: &str) {
    let presence = &session.channels.presence;
    let track: Track = presence.track(topic, key, Tells::Openly, fields);
    joined.tracks.reserve_exact(1);
    joined.tracks.push(track);
}

fn push_state(session: &Session, joined: &Joined) {
    let topic = joined.seat.topic();
    let view = match session.identity() {
        Identity::Agent(agent) => Some(&agent.view),
        Identity::Anonymous => None,
    };
    session.channels.presence.with_state(topic, view, |state| {
        session.send(&Outgoing::Push {
            join_ref: &Ref::from_json(&joined.join_ref),
            topic,
            event: "presence_state",
            payload: Payload::Json(state),
        });
    });
}
