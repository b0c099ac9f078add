//! Who answers.

use super::{Field, guard, outcome};
use crate::account::{Team, User};
use crate::policy::Permission;
use crate::{Actor, Conversation, Decision, Refusal, Timestamp};

/// What to change about who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assign<'a> {
    pub user: Assignee<'a>,
    pub team: Field<&'a Team>,
}

/// What to change about the user who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assignee<'a> {
    #[default]
    Keep,
    Nobody,
    User(&'a User),
    /// The one who asks, unless somebody else has it: two who grab at once must not both win.
    Taker,
}

/// Assigns a conversation to a user, a team, both or nobody.
///
/// # Errors
/// [`Refusal::AlreadyDone`] when taking what somebody else has, [`Refusal::Invalid`] for a user
/// who cannot work on it or a team that does not exist.
pub fn assign(
    conversation: &Conversation,
    actor: &Actor,
    command: Assign<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach_unmerged(actor, Permission::WorkConversations, conversation)?;
    let mut after = conversation.clone();
    set_user(&mut after, actor, command.user)?;
    set_team(&mut after, command.team)?;
    Ok(outcome::changed(conversation, after, now))
}

pub(super) fn set_user(
    after: &mut Conversation,
    actor: &Actor,
    assignee: Assignee<'_>,
) -> Result<(), Refusal> {
    match assignee {
        Assignee::Keep => {}
        Assignee::Nobody => after.assignee_id = None,
        Assignee::User(user) => {
            guard::can_work(user, after.account_id, "assignee_id")?;
            after.assignee_id = Some(user.id);
        }
        Assignee::Taker => {
            let taker = actor.user_id().ok_or(Refusal::Forbidden)?;
            if let Some(holder) = after.assignee_id.filter(|holder| *holder != taker) {
                return Err(Refusal::AlreadyDone { by: Some(holder) });
            }
            after.assignee_id = Some(taker);
        }
    }
    Ok(())
}

pub(super) fn set_team(after: &mut Conversation, team: Field<&Team>) -> Result<(), Refusal> {
    match team {
        Field::Keep => {}
        Field::Clear => after.team_id = None,
        Field::Set(team) if team.account_id == after.account_id => after.team_id = Some(team.id),
        Field::Set(_) => return Err(Refusal::missing("team_id")),
    }
    Ok(())
}
