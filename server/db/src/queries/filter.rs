//! Which conversations are asked for: typed, and turned into a condition with bound arguments.
//! Who asks is part of every condition; archived conversations are part of none.

mod clause;
mod lanes;

pub(crate) use clause::{Clause, seen_condition};
pub(crate) use lanes::Lane;

use frontdesk_domain::actor::View;
use frontdesk_domain::{
    AccountId, Actor, CustomerId, InboxId, Priority, Source, Status, TagId, TeamId, Timestamp,
    UserId, Who,
};

/// What a list of conversations is narrowed to. What is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConversationFilter {
    pub status: Option<Status>,
    pub priority: Option<Priority>,
    pub read: Option<bool>,
    pub assignee: Option<Assignee>,
    pub team_id: Option<TeamId>,
    pub customer_id: Option<CustomerId>,
    pub inbox_id: Option<InboxId>,
    pub source: Option<Source>,
    pub tag_id: Option<TagId>,
    pub mention: Option<Mentioning>,
    /// Words that one message holds, the last of them perhaps unfinished. Only the newest
    /// messages that hold them are looked at, [`HITS`] of them.
    pub text: Option<String>,
    /// Only conversations whose last activity is at this time or later.
    pub after: Option<Timestamp>,
    /// Only conversations whose last activity is before this time.
    pub before: Option<Timestamp>,
    pub has_attachment: Option<bool>,
}

/// How many of the newest messages with a text a filter looks at, so that a common word costs
/// no more than a rare one.
pub const HITS: i64 = 2_000;

/// Whose work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    User(UserId),
    Nobody,
}

/// Conversations in which a user is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mentioning {
    pub user_id: UserId,
    /// Whether the user has seen it.
    pub seen: Option<bool>,
}

impl ConversationFilter {
    /// Whether the kept counts can answer how many there are.
    pub(crate) fn is_counted(&self) -> bool {
        let Self {
            status: _,
            priority: _,
            read: _,
            assignee: _,
            inbox_id: _,
            source: _,
            team_id,
            customer_id,
            tag_id,
            mention,
            text,
            after,
            before,
            has_attachment,
        } = self;
        team_id.is_none()
            && customer_id.is_none()
            && tag_id.is_none()
            && mention.is_none()
            && text.is_none()
            && after.is_none()
            && before.is_none()
            && has_attachment.is_none()
    }
}

/// What somebody may see: the wall around every query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    pub(crate) account_id: AccountId,
    pub(crate) view: View,
    pub(crate) customer: Option<CustomerId>,
}

impl Reach {
    pub(crate) fn of(actor: &Actor) -> Self {
        let customer = match actor.who {
            Who::Customer(id) => Some(id),
            Who::User(_) | Who::System => None,
        };
        Self {
            account_id: actor.account_id,
            view: actor.view(),
            customer,
        }
    }
}
