//! Several changes of a conversation at once, told in one event.

use super::{
    Assignee, Field, Reading, SnoozeFor, assign, close, guard, move_inbox, outcome, read, reopen,
    snooze, spam,
};
use crate::account::{Inbox, Team};
use crate::json::Json;
use crate::policy::Permission;
use crate::text;
use crate::{Actor, Conversation, Decision, Priority, Refusal, Timestamp};

/// What to change. What is not named stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edit<'a> {
    pub status: Option<NewStatus>,
    /// Since when the customer had waited, to take a closing back.
    pub waiting_since: Option<Timestamp>,
    pub priority: Option<Priority>,
    pub assignee: Assignee<'a>,
    pub team: Field<&'a Team>,
    pub reading: Option<Reading>,
    pub inbox: Option<&'a Inbox>,
    pub subject: Field<String>,
    pub metadata: Field<Json>,
}

/// A status with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewStatus {
    Open,
    Closed,
    Snoozed(SnoozeFor),
    Spam,
}

/// Makes all the changes or none.
///
/// # Errors
/// Those of the single decisions.
pub fn edit(
    conversation: &Conversation,
    actor: &Actor,
    command: Edit<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    if let Some(status) = command.status {
        set_status(&mut after, status, now)?;
    }
    if let Some(since) = command.waiting_since {
        reopen::set_waiting(&mut after, conversation.status, since.min(now));
    }
    after.priority = command.priority.unwrap_or(after.priority);
    assign::set_user(&mut after, actor, command.assignee)?;
    assign::set_team(&mut after, command.team)?;
    if let Some(inbox) = command.inbox {
        move_inbox::set_inbox(&mut after, inbox)?;
    }
    set_subject(&mut after, command.subject);
    match command.metadata {
        Field::Keep => {}
        Field::Clear => after.metadata = None,
        Field::Set(metadata) => after.metadata = Some(metadata),
    }
    let Some(reading) = command.reading else {
        return Ok(outcome::changed(conversation, after, now));
    };
    read::mark(&mut after, &reading);
    let decision = outcome::changed(conversation, after, now);
    Ok(read::see_mentions(
        decision,
        conversation,
        actor,
        &reading,
        now,
    ))
}

pub(super) fn set_status(
    after: &mut Conversation,
    status: NewStatus,
    now: Timestamp,
) -> Result<(), Refusal> {
    match status {
        NewStatus::Open => reopen::set_open(after),
        NewStatus::Closed => close::set_closed(after, now),
        NewStatus::Spam => spam::set_spam(after),
        NewStatus::Snoozed(until) => snooze::set_snoozed(after, until, now)?,
    }
    Ok(())
}

fn set_subject(after: &mut Conversation, subject: Field<String>) {
    match subject {
        Field::Keep => {}
        Field::Clear => after.subject = None,
        Field::Set(subject) => after.subject = Some(text::clean_line(&subject).text),
    }
}
