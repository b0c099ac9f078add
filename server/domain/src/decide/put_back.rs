//! A change is taken back, as far as nobody changed the same again.

use super::three_way::settle;
use super::{guard, outcome};
use crate::conversation::Snooze;
use crate::policy::Permission;
use crate::{
    Actor, Conversation, Decision, InboxId, Priority, Refusal, Status, TeamId, Timestamp, UserId,
};

/// What an agent can change about a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub status: Status,
    pub snooze: Option<Snooze>,
    pub closed_at: Option<Timestamp>,
    pub waiting_since: Option<Timestamp>,
    pub priority: Priority,
    pub assignee_id: Option<UserId>,
    pub team_id: Option<TeamId>,
    pub read: bool,
    pub inbox_id: Option<InboxId>,
    pub archived_at: Option<Timestamp>,
}

impl Standing {
    /// How a conversation stands.
    #[must_use]
    pub fn of(it: &Conversation) -> Self {
        Self {
            status: it.status,
            snooze: it.snooze,
            closed_at: it.closed_at,
            waiting_since: it.waiting_since,
            priority: it.priority,
            assignee_id: it.assignee_id,
            team_id: it.team_id,
            read: it.read,
            inbox_id: it.inbox_id,
            archived_at: it.archived_at,
        }
    }

    fn set(self, it: &mut Conversation) {
        it.status = self.status;
        it.snooze = self.snooze;
        it.closed_at = self.closed_at;
        it.waiting_since = self.waiting_since;
        it.priority = self.priority;
        it.assignee_id = self.assignee_id;
        it.team_id = self.team_id;
        it.read = self.read;
        it.inbox_id = self.inbox_id;
        it.archived_at = self.archived_at;
    }
}

/// Puts a conversation back to how it `was`, where it still is what the change `made` of it. Status,
/// snooze and their times go together: a conversation somebody reopened since stays open.
///
/// The change may have taken the conversation out of the actor's view, so it is enough that the
/// actor sees it where it goes back to.
///
/// # Errors
/// [`Refusal::Conflict`] for a merged conversation, and the refusals of whoever may not.
pub fn put_back(
    conversation: &Conversation,
    actor: &Actor,
    was: &Standing,
    made: &Standing,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let is = Standing::of(conversation);
    let (status, snooze, closed_at, waiting_since) = settle(
        &(is.status, is.snooze, is.closed_at, is.waiting_since),
        &(made.status, made.snooze, made.closed_at, made.waiting_since),
        &(was.status, was.snooze, was.closed_at, was.waiting_since),
    );
    let mut after = conversation.clone();
    Standing {
        status,
        snooze,
        closed_at,
        waiting_since,
        priority: settle(&is.priority, &made.priority, &was.priority),
        assignee_id: settle(&is.assignee_id, &made.assignee_id, &was.assignee_id),
        team_id: settle(&is.team_id, &made.team_id, &was.team_id),
        read: settle(&is.read, &made.read, &was.read),
        inbox_id: settle(&is.inbox_id, &made.inbox_id, &was.inbox_id),
        archived_at: settle(&is.archived_at, &made.archived_at, &was.archived_at),
    }
    .set(&mut after);
    let seen = if actor.sees(conversation) {
        conversation
    } else {
        &after
    };
    guard::reach_unmerged(actor, Permission::WorkConversations, seen)?;
    Ok(outcome::changed(conversation, after, now))
}
