//! Lets the plan happen: every step is decided by the same rules as on a living desk.

use super::SeedError;
use super::desk::Desk;
use super::plan::{Act, Planned, Step};
use frontdesk_db::queries::{conversations, events, messages, users};
use frontdesk_db::{DbError, Unit, write};
use frontdesk_domain::account::User;
use frontdesk_domain::decide::{
    self, Assign, Field, FirstMessage, Reading, SnoozeFor, StaleGuard, Start, Written,
};
use frontdesk_domain::message::Delivery;
use frontdesk_domain::{
    Actor, Change, Conversation, ConversationId, Decision, DeliveryState, EventSeq, MessageId,
    Priority, Timestamp,
};
use uuid::Uuid;

/// Carries out one step.
pub(super) fn play(
    unit: &mut Unit<'_>,
    desk: &Desk,
    planned: &Planned,
    step: Step,
) -> Result<(), SeedError> {
    let id = ConversationId(planned.id);
    let now = step.at;
    match conversations::by_id(unit.conn(), desk.account.id, id)? {
        None => match step.act {
            Act::Wrote(message, text) => begin(unit, desk, planned, written(message, text), now),
            _ => Ok(()),
        },
        Some(conversation) => go_on(unit, desk, planned, &conversation, step),
    }
}

fn begin(
    unit: &mut Unit<'_>,
    desk: &Desk,
    planned: &Planned,
    first: Written,
    now: Timestamp,
) -> Result<(), SeedError> {
    let customer = &desk.customers[planned.customer];
    let actor = Actor::customer(desk.account.id, customer.id);
    let command = Start {
        id: ConversationId(planned.id),
        customer,
        inbox: desk.inbox(planned.source),
        source: planned.source,
        subject: Some(planned.subject.clone()),
        status: None,
        metadata: None,
        first: Some(FirstMessage::ByCustomer(first)),
    };
    carry_out(unit, &actor, decide::start(&actor, command, now)?)
}

fn go_on(
    unit: &mut Unit<'_>,
    desk: &Desk,
    planned: &Planned,
    it: &Conversation,
    step: Step,
) -> Result<(), SeedError> {
    let now = step.at;
    let agent = desk.actor(planned.agent);
    match step.act {
        Act::Wrote(id, text) => {
            see_all(unit, desk, it, now)?;
            let customer = Actor::customer(desk.account.id, it.customer_id);
            let decision = decide::receive(it, &customer, it.customer_id, written(id, text), now)?;
            carry_out(unit, &customer, decision)
        }
        Act::Replied(id, text) => {
            let decision =
                decide::reply(it, &agent, written(id, text), StaleGuard::Unchecked, now)?;
            carry_out(unit, &agent, decision)
        }
        Act::Noted(id, text) => {
            let mut note = written(id, text);
            note.mentions = mentioned(unit, desk, note.body.as_deref().unwrap_or_default())?;
            carry_out(unit, &agent, decide::note(it, &agent, note, now)?)
        }
        Act::Tagged => {
            let tags = conversations::tags(unit.conn(), it.id)?;
            match desk.tag(planned.tag) {
                Some(tag) => carry_out(unit, &agent, decide::tag(it, &tags, &agent, tag)?),
                None => Ok(()),
            }
        }
        Act::Urgent => {
            let decision = decide::set_priority(it, &agent, Priority::High, now)?;
            carry_out(unit, &agent, decision)
        }
        Act::ToTeam(team) => {
            let command = Assign {
                team: desk.teams.get(team).map_or(Field::Keep, Field::Set),
                ..Assign::default()
            };
            carry_out(unit, &agent, decide::assign(it, &agent, command, now)?)
        }
        Act::Read => {
            let reading = Reading::Read {
                unseen_mentions: Vec::new(),
            };
            carry_out(unit, &agent, decide::set_read(it, &agent, &reading, now)?)
        }
        Act::Snoozed { days } => {
            let until = days.map_or(SnoozeFor::UntilReply, |days| {
                SnoozeFor::Until(now.plus_seconds(days * 86_400))
            });
            carry_out(unit, &agent, decide::snooze(it, &agent, until, now)?)
        }
        Act::Closed(id, reason) => close(unit, desk, &agent, it, written(id, reason), now),
    }
}

/// Closes a conversation and says in it why.
fn close(
    unit: &mut Unit<'_>,
    desk: &Desk,
    agent: &Actor,
    it: &Conversation,
    reason: Written,
    now: Timestamp,
) -> Result<(), SeedError> {
    let system = Actor::system(desk.account.id);
    carry_out(
        unit,
        &system,
        decide::system_line(it, &system, reason, now)?,
    )?;
    match conversations::by_id(unit.conn(), desk.account.id, it.id)? {
        Some(it) => carry_out(unit, agent, decide::close(&it, agent, now)?),
        None => Ok(()),
    }
}

/// Whoever answers has seen what was written before.
fn see_all(
    unit: &mut Unit<'_>,
    desk: &Desk,
    it: &Conversation,
    now: Timestamp,
) -> Result<(), SeedError> {
    let thread = messages::thread(unit.conn(), it.id, EventSeq(0), 100)?;
    let unseen: Vec<MessageId> = thread
        .iter()
        .map(|view| &view.message)
        .filter(|it| !it.private && it.user_id().is_some() && it.seen_at.is_none())
        .map(|it| it.id)
        .collect();
    let customer = Actor::customer(desk.account.id, it.customer_id);
    let decision = decide::messages_seen(it, &customer, &unseen, now)?;
    carry_out(unit, &customer, decision)
}

/// The colleagues a note names by `@` and their first name.
fn mentioned(unit: &mut Unit<'_>, desk: &Desk, text: &str) -> Result<Vec<User>, DbError> {
    let all = users::of_account(unit.conn(), desk.account.id)?;
    let named = |user: &User| {
        let name = user.display_name.as_deref().unwrap_or_default();
        !name.is_empty() && text.contains(&format!("@{}", name.to_lowercase()))
    };
    Ok(all.into_iter().filter(named).collect())
}

fn written(id: Uuid, text: impl Into<String>) -> Written {
    Written::text(MessageId(id), text)
}

/// Writes a decision about the past: what went out then has long arrived, so no connector may
/// send it now.
pub(super) fn carry_out(
    unit: &mut Unit<'_>,
    actor: &Actor,
    mut decision: Decision,
) -> Result<(), SeedError> {
    for change in &mut decision.changes {
        if let Change::AddMessage(message) = change
            && message.delivery.state == DeliveryState::Queued
        {
            message.delivery = Delivery {
                state: DeliveryState::Delivered,
                reason: None,
            };
        }
    }
    write::apply(unit, actor, decision)?;
    Ok(())
}

/// Tells of something beside the decisions.
pub(super) fn tell(
    unit: &mut Unit<'_>,
    desk: &Desk,
    event: frontdesk_domain::EventDraft,
) -> Result<(), DbError> {
    events::emit(unit, desk.account.id, None, event).map(|_| ())
}
