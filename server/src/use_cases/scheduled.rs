//! Replies that go out by the clock: kept, changed, taken back; held when the customer writes first.

use crate::failure::{Failure, Outcome};
use crate::use_cases::reply::{self, Seen};
use crate::use_cases::{fields, load, record};
use frontdesk_db::queries::{messages, scheduled_replies as rows};
use frontdesk_db::{Conn, Unit, write};
use frontdesk_domain::decide::{self, Written};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::scheduled::ScheduledReply;
use frontdesk_domain::{
    Actor, Conversation, ConversationId, EntityKind, EventKind, EventSeq, MessageId, Refusal,
    ScheduledReplyId, ScheduledState, Timestamp, UserId,
};

/// An account keeps no more than so many.
const MOST: i64 = 2_000;

/// Nobody plans a reply further ahead: a year and a day.
const FURTHEST_SECONDS: i64 = 366 * 86_400;

/// What an agent is told when the customer was faster.
const WROTE: &str = "the customer wrote first";

/// What is said about a reply. What is not said stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScheduledFields {
    pub(crate) body: Option<String>,
    pub(crate) send_at: Option<Timestamp>,
    pub(crate) seen_seq: Option<EventSeq>,
}

/// All that waits where the actor may look.
pub(crate) fn list(
    conn: &mut dyn Conn,
    actor: &Actor,
    of: Option<ConversationId>,
) -> Outcome<Vec<ScheduledReply>> {
    let mut found = rows::seen_in(conn, actor.account_id, &actor.view(), MOST)?;
    found.retain(|it| of.is_none_or(|id| it.conversation_id == id));
    Ok(found)
}

/// One of them, with its conversation.
pub(crate) fn find(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: ScheduledReplyId,
) -> Outcome<(ScheduledReply, Conversation)> {
    let found = rows::by_id(conn, actor.account_id, id)?.ok_or(Refusal::NotFound)?;
    let held = load::conversation(conn, actor, found.conversation_id)?;
    Ok((found, held))
}

/// Keeps a reply for its time.
pub(crate) fn add(
    unit: &mut Unit<'_>,
    actor: &Actor,
    conversation_id: ConversationId,
    said: &ScheduledFields,
) -> Outcome<ScheduledReply> {
    allows(actor, Permission::WorkConversations)?;
    let now = unit.now();
    let user_id = actor.user_id().ok_or(Refusal::Forbidden)?;
    let held = load::conversation(unit.conn(), actor, conversation_id)?;
    if held.merged_into.is_some() {
        return Err(Refusal::Conflict("the conversation was merged into another").into());
    }
    if rows::count(unit.conn(), actor.account_id)? >= MOST {
        return Err(
            Refusal::Conflict("the account has 2000 replies that wait; cancel some").into(),
        );
    }
    let body = fields::required("body", said.body.as_deref())?;
    let send_at = fields::required("send_at", said.send_at)?;
    let seen_seq = said.seen_seq.unwrap_or(held.last_message_seq);
    fresh(unit.conn(), &held, user_id, seen_seq)?;
    let reply = ScheduledReply {
        id: ScheduledReplyId::random(),
        account_id: actor.account_id,
        conversation_id,
        user_id,
        body: fields::prose("body", body)?,
        send_at: ahead(send_at, now)?,
        seen_seq,
        state: ScheduledState::Waiting,
        reason: None,
        created_at: now,
        updated_at: now,
    };
    rows::insert(unit, &reply)?;
    told(unit, actor, EventKind::EntityChanged, reply.id)?;
    Ok(reply)
}

/// Changes one. What was held waits again, by somebody who has seen what came.
pub(crate) fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ScheduledReplyId,
    said: &ScheduledFields,
) -> Outcome<ScheduledReply> {
    allows(actor, Permission::WorkConversations)?;
    let (mut reply, held) = find(unit.conn(), actor, id)?;
    let now = unit.now();
    if let Some(body) = &said.body {
        reply.body = fields::prose("body", body)?;
    }
    reply.send_at = ahead(said.send_at.unwrap_or(reply.send_at), now)?;
    reply.seen_seq = said.seen_seq.unwrap_or(held.last_message_seq);
    fresh(unit.conn(), &held, reply.user_id, reply.seen_seq)?;
    (reply.state, reply.reason) = (ScheduledState::Waiting, None);
    reply.updated_at = now;
    rows::update(unit, &reply)?;
    told(unit, actor, EventKind::EntityChanged, id)?;
    Ok(reply)
}

/// Takes one back.
pub(crate) fn remove(unit: &mut Unit<'_>, actor: &Actor, id: ScheduledReplyId) -> Outcome<()> {
    allows(actor, Permission::WorkConversations)?;
    find(unit.conn(), actor, id)?;
    rows::delete(unit, actor.account_id, id)?;
    told(unit, actor, EventKind::EntityDeleted, id)
}

/// The customer wrote: what was to be said later may no longer fit, and waits for its writer.
pub(crate) fn hold(unit: &mut Unit<'_>, held: &Conversation) -> Outcome<()> {
    for reply in rows::waiting(unit.conn(), held.account_id, held.id)? {
        hold_back(unit, reply, WROTE)?;
    }
    Ok(())
}

/// Sends one whose time has come, in the name of whoever wrote it. What cannot go out is held.
pub(crate) fn send(unit: &mut Unit<'_>, actor: &Actor, id: ScheduledReplyId) -> Outcome<()> {
    let (now, account_id) = (unit.now(), actor.account_id);
    let Some(reply) = rows::by_id(unit.conn(), account_id, id)? else {
        return Ok(());
    };
    if reply.state != ScheduledState::Waiting || reply.send_at > now {
        return Ok(());
    }
    let written = Written::text(MessageId::random(), reply.body.clone());
    let seen = Seen::UpTo(reply.seen_seq);
    match reply::reply(unit, actor, reply.conversation_id, written, seen) {
        Ok(_) => {
            rows::delete(unit, account_id, id)?;
            told(unit, actor, EventKind::EntityDeleted, id)
        }
        // Nothing was written before it was refused, so that the rest of the unit holds.
        Err(Failure::Refused(refusal)) => hold_back(unit, reply, why(&refusal)),
        Err(failure) => Err(failure),
    }
}

/// Holds what nobody is there to have said any more.
pub(crate) fn orphaned(unit: &mut Unit<'_>, actor: &Actor, id: ScheduledReplyId) -> Outcome<()> {
    match rows::by_id(unit.conn(), actor.account_id, id)? {
        Some(reply) => hold_back(unit, reply, "its writer works here no longer"),
        None => Ok(()),
    }
}

fn why(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Stale { .. } => "somebody wrote meanwhile",
        Refusal::Conflict(why) => why,
        Refusal::NotFound | Refusal::Forbidden => "its writer may not answer there any more",
        _ => "it cannot be sent as it is",
    }
}

/// Holds a reply, and says so in the thread, where its writer and everybody else will look.
fn hold_back(unit: &mut Unit<'_>, mut reply: ScheduledReply, why: &str) -> Outcome<()> {
    let actor = Actor::system(reply.account_id);
    let now = unit.now();
    (reply.state, reply.reason) = (ScheduledState::Held, Some(why.to_owned()));
    reply.updated_at = now;
    rows::update(unit, &reply)?;
    let words = format!("A reply that was to go out later is held: {why}.");
    let line = Written::text(MessageId::random(), words);
    let standing = load::conversation(unit.conn(), &actor, reply.conversation_id)?;
    let decision = decide::system_line(&standing, &actor, line, now)?;
    write::apply(unit, &actor, decision)?;
    told(unit, &actor, EventKind::EntityChanged, reply.id)
}

/// Whether its writer knew everything when it was written: what is stale now will not be fresher.
fn fresh(conn: &mut dyn Conn, held: &Conversation, writer: UserId, seen: EventSeq) -> Outcome<()> {
    if held.last_message_seq <= seen {
        return Ok(());
    }
    let newer = messages::newer(conn, held.id, seen, writer)?;
    if newer.is_empty() {
        return Ok(());
    }
    let newest = held.last_message_seq;
    Err(Refusal::Stale { newest, newer }.into())
}

fn ahead(at: Timestamp, now: Timestamp) -> Result<Timestamp, Refusal> {
    let problem = if at <= now {
        "has passed"
    } else if at > now.plus_seconds(FURTHEST_SECONDS) {
        "is more than a year ahead"
    } else {
        return Ok(at);
    };
    Err(Refusal::Invalid {
        field: "send_at",
        problem,
    })
}

/// The event names the reply; whoever does not see its conversation learns no more.
fn told(unit: &mut Unit<'_>, actor: &Actor, what: EventKind, id: ScheduledReplyId) -> Outcome<()> {
    Ok(record::told(
        unit,
        actor,
        what,
        EntityKind::ScheduledReply,
        &id,
    )?)
}
