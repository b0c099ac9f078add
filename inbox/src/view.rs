//! Views: which conversations stand in which list, and in which order.

use crate::row::DraftMark;
use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::{UserId, ViewId};
use frontdesk_protocol::kind::{Priority, Status};
use serde::{Deserialize, Serialize};

/// A list of conversations, as its tab names it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Everything that is open.
    #[default]
    Inbox,
    /// What is open and the agent's own.
    Mine,
    /// What is open and nobody's.
    Unassigned,
    /// What has a draft to look at.
    Drafts,
    Snoozed,
    /// Where a colleague named the agent, and the agent has not looked yet.
    Mentions,
    Closed,
    Spam,
    /// What is open and has a customer who waits for an answer.
    Waiting,
    /// A search that is kept under a name.
    Kept(ViewId),
}

/// What decides where a conversation stands, beside the conversation itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    pub draft: DraftMark,
    /// Whether the agent was named and has not looked.
    pub is_mentioned: bool,
}

impl View {
    /// All that every desk has, in the order of the tabs. The place of each is known to files; a new
    /// one comes last.
    pub const ALL: [Self; 9] = [
        Self::Inbox,
        Self::Mine,
        Self::Unassigned,
        Self::Drafts,
        Self::Snoozed,
        Self::Mentions,
        Self::Closed,
        Self::Spam,
        Self::Waiting,
    ];

    /// Its place in [`View::ALL`]; a kept one has none.
    #[must_use]
    pub const fn number(self) -> Option<usize> {
        match self {
            Self::Inbox => Some(0),
            Self::Mine => Some(1),
            Self::Unassigned => Some(2),
            Self::Drafts => Some(3),
            Self::Snoozed => Some(4),
            Self::Mentions => Some(5),
            Self::Closed => Some(6),
            Self::Spam => Some(7),
            Self::Waiting => Some(8),
            Self::Kept(_) => None,
        }
    }

    /// What the tab says. A kept one has a name of its own.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Kept(_) => "View",
            Self::Inbox => "Inbox",
            Self::Mine => "Mine",
            Self::Unassigned => "Unassigned",
            Self::Drafts => "Drafts",
            Self::Snoozed => "Snoozed",
            Self::Mentions => "Mentions",
            Self::Closed => "Closed",
            Self::Spam => "Spam",
            Self::Waiting => "Waiting longest",
        }
    }

    /// The search that finds the same on the server, where one does.
    #[must_use]
    pub const fn query(self) -> Option<&'static str> {
        match self {
            Self::Inbox => Some("status:open"),
            Self::Mine => Some("status:open assignee:me"),
            Self::Unassigned => Some("status:open is:unassigned"),
            Self::Snoozed => Some("status:snoozed"),
            Self::Closed => Some("status:closed"),
            Self::Spam => Some("status:spam"),
            Self::Waiting => Some("status:open is:waiting"),
            Self::Drafts | Self::Mentions | Self::Kept(_) => None,
        }
    }

    /// Whether the conversation stands in this list of `me`.
    #[must_use]
    pub fn holds(self, it: &Conversation, marks: Marks, me: UserId) -> bool {
        if it.archived_at.is_some() || it.merged_into.is_some() {
            return false;
        }
        let is_open = it.status == Status::Open;
        match self {
            Self::Inbox => is_open,
            Self::Mine => is_open && it.assignee_id == Some(me),
            Self::Unassigned => is_open && it.assignee_id.is_none(),
            Self::Drafts => {
                !matches!(it.status, Status::Closed | Status::Spam) && marks.draft.is_to_decide()
            }
            Self::Snoozed => it.status == Status::Snoozed,
            Self::Mentions => marks.is_mentioned,
            Self::Closed => it.status == Status::Closed,
            Self::Spam => it.status == Status::Spam,
            Self::Waiting => is_open && it.waiting_since.is_some(),
            // Its search says so, and is asked.
            Self::Kept(_) => false,
        }
    }
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The latest activity first.
    #[default]
    Newest,
    Oldest,
    /// Who waits for an answer the longest first, then the others by activity.
    WaitingLongest,
    /// Priority first, then by activity.
    Priority,
    /// What wakes next first.
    WakesNext,
}

impl Sort {
    /// All of them, in the order a menu shows them.
    pub const ALL: [Self; 5] = [
        Self::Newest,
        Self::Oldest,
        Self::WaitingLongest,
        Self::Priority,
        Self::WakesNext,
    ];

    /// What a list is sorted by, the highest first.
    #[must_use]
    pub fn key(self, it: &Conversation) -> i64 {
        // Far above any moment, so that one group stands before another whatever their times.
        const ABOVE: i64 = 1 << 61;
        let activity = it.last_activity_at.map_or(it.created_at.0.0, |at| at.0.0);
        match self {
            Self::Newest => activity,
            Self::Oldest => -activity,
            Self::WaitingLongest => it.waiting_since.map_or(activity, |since| ABOVE - since.0.0),
            Self::Priority if it.priority == Priority::High => ABOVE + activity,
            Self::Priority => activity,
            Self::WakesNext => it.snoozed_until.map_or(-ABOVE + activity, |at| -at.0.0),
        }
    }

    /// How a view is sorted when nothing else was said.
    #[must_use]
    pub const fn of(view: View) -> Self {
        match view {
            View::Snoozed => Self::WakesNext,
            View::Waiting => Self::WaitingLongest,
            _ => Self::Newest,
        }
    }
}

#[cfg(test)]
mod tests;
