//! Which joins are seen by others, and where.

use super::backend::Identity;
use super::presence::Track;
use super::session::{Joined, Role, Session};
use frontdesk_protocol::frame::{Outgoing, Payload, Ref};
use frontdesk_protocol::id::{AccountId, BrowserSessionId};
use frontdesk_protocol::topic::Topic;

/// Tracks a new subscription and hands it the states it needs.
pub(super) fn after_join(session: &Session, topic: &Topic, joined: &mut Joined) {
    match (topic, joined.role) {
        (Topic::Conversation(_), Role::Conversation(access)) => {
            let Some(customer) = access.customer() else {
                return;
            };
            let notification = Topic::Notification(access.account_id).to_string();
            let seconds = session.channels.now().seconds();
            let fields = format!("\"customer_id\":\"{customer}\",\"online_at\":\"{seconds}\"");
            track(
                session,
                joined,
                &topic.to_string(),
                format!("customer:{customer}"),
                &fields,
            );
            track(
                session,
                joined,
                &notification,
                format!("customer:{customer}"),
                &fields,
            );
            push_state(session, joined);
            session.channels.presence.broadcast_state(&notification);
        }
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
        track(
            session,
            joined,
            &topic.to_string(),
            format!("user:{user}"),
            &fields,
        );
    }
}

fn track(session: &Session, joined: &mut Joined, topic: &str, key: String, fields: &str) {
    let track: Track = session.channels.presence.track(topic, key, fields);
    joined.tracks.reserve_exact(1);
    joined.tracks.push(track);
}

fn push_state(session: &Session, joined: &Joined) {
    let topic = joined.seat.topic();
    session.channels.presence.with_state(topic, |state| {
        session.send(&Outgoing::Push {
            join_ref: &Ref::from_json(&joined.join_ref),
            topic,
            event: "presence_state",
            payload: Payload::Json(state),
        });
    });
}
