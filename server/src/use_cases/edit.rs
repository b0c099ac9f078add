//! An agent changes a conversation: several fields at once, all or none.

use crate::failure::Outcome;
use crate::use_cases::{load, read};
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::account::{Team, User};
use frontdesk_domain::decide::{self, Assignee, Edit, Field, NewStatus, Reading};
use frontdesk_domain::json::Json;
use frontdesk_domain::{
    Actor, Conversation, ConversationId, InboxId, Priority, Refusal, TeamId, Timestamp, UserId,
};

/// What to change, by ids. What is not named stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub(crate) status: Option<NewStatus>,
    /// Since when the customer had waited, to take a closing back.
    pub(crate) waiting_since: Option<Timestamp>,
    pub(crate) priority: Option<Priority>,
    pub(crate) assignee: NewAssignee,
    pub(crate) team: Field<TeamId>,
    pub(crate) reading: Option<Mark>,
    pub(crate) inbox_id: Option<InboxId>,
    pub(crate) subject: Field<String>,
    pub(crate) metadata: Field<Json>,
}

/// Who should answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NewAssignee {
    #[default]
    Keep,
    Nobody,
    User(UserId),
    /// Whoever asks, unless somebody else has it.
    Taker,
}

/// Read or unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Read,
    Unread,
}

/// Makes the changes and says what the conversation is now.
pub(crate) fn edit(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    changes: Changes,
) -> Outcome<Conversation> {
    let now = unit.now();
    let conversation = load::conversation(unit.conn(), actor, id)?;
    let user = named_user(unit, actor, changes.assignee)?;
    let team = named_team(unit, actor, changes.team)?;
    let inbox = match changes.inbox_id {
        Some(id) => load::inbox(unit.conn(), actor, Some(id))?,
        None => None,
    };
    let reading = match changes.reading {
        Some(Mark::Read) => Some(read::reading(unit, actor, id)?),
        Some(Mark::Unread) => Some(Reading::Unread),
        None => None,
    };
    let command = Edit {
        status: changes.status,
        waiting_since: changes.waiting_since,
        priority: changes.priority,
        assignee: match (changes.assignee, &user) {
            (_, Some(user)) => Assignee::User(user),
            (NewAssignee::Nobody, None) => Assignee::Nobody,
            (NewAssignee::Taker, None) => Assignee::Taker,
            (NewAssignee::Keep | NewAssignee::User(_), None) => Assignee::Keep,
        },
        team: match (changes.team, &team) {
            (_, Some(team)) => Field::Set(team),
            (Field::Clear, None) => Field::Clear,
            (Field::Keep | Field::Set(_), None) => Field::Keep,
        },
        reading,
        inbox: inbox.as_ref(),
        subject: changes.subject,
        metadata: changes.metadata,
    };
    let decision = decide::edit(&conversation, actor, command, now)?;
    write::apply(unit, actor, decision)?;
    // The change may have moved it out of the actor's own view: that is no reason to hide it now.
    let found = queries::conversations::by_id(unit.conn(), actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

fn named_user(unit: &mut Unit<'_>, actor: &Actor, named: NewAssignee) -> Outcome<Option<User>> {
    let NewAssignee::User(id) = named else {
        return Ok(None);
    };
    load::user(unit.conn(), actor, id, "assignee_id").map(Some)
}

fn named_team(unit: &mut Unit<'_>, actor: &Actor, named: Field<TeamId>) -> Outcome<Option<Team>> {
    let Field::Set(id) = named else {
        return Ok(None);
    };
    let found = queries::teams::by_id(unit.conn(), actor.account_id, id)?;
    Ok(Some(found.ok_or(Refusal::missing("team_id"))?))
}
