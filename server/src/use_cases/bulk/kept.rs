//! How a conversation was and what was made of it, as it is kept beside a run for the way back.

use frontdesk_domain::conversation::Snooze;
use frontdesk_domain::decide::Standing;
use frontdesk_domain::json::Json;
use frontdesk_domain::{Conversation, InboxId, Priority, Status, TagId, TeamId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// One conversation before and after a change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    was: Row,
    made: Row,
    added: Vec<TagId>,
    removed: Vec<TagId>,
}

/// A [`Standing`] with its times as the databases keep them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    status: Status,
    /// Until when it rests, and whether until the customer writes.
    snooze: Option<(Option<i64>, bool)>,
    closed_at: Option<i64>,
    waiting_since: Option<i64>,
    priority: Priority,
    assignee_id: Option<UserId>,
    team_id: Option<TeamId>,
    read: bool,
    inbox_id: Option<InboxId>,
    archived_at: Option<i64>,
}

impl Kept {
    pub(super) fn new(
        before: &Conversation,
        after: &Conversation,
        added: Vec<TagId>,
        removed: Vec<TagId>,
    ) -> Self {
        Self {
            was: Row::of(Standing::of(before)),
            made: Row::of(Standing::of(after)),
            added,
            removed,
        }
    }

    /// As it is kept.
    ///
    /// # Panics
    /// Never: plain fields become JSON.
    pub(crate) fn json(&self) -> Json {
        Json(serde_json::to_string(self).expect("plain fields become JSON"))
    }

    /// Reads it back; nothing for what is none.
    pub(crate) fn parse(json: &Json) -> Option<Self> {
        serde_json::from_str(&json.0).ok()
    }

    /// How it was, and what was made of it.
    pub(super) fn standings(&self) -> (Standing, Standing) {
        (self.was.standing(), self.made.standing())
    }

    pub(super) fn added(&self) -> &[TagId] {
        &self.added
    }

    pub(super) fn removed(&self) -> &[TagId] {
        &self.removed
    }
}

impl Row {
    fn of(it: Standing) -> Self {
        Self {
            status: it.status,
            snooze: it
                .snooze
                .map(|snooze| (snooze.until.map(|at| at.0), snooze.until_reply)),
            closed_at: it.closed_at.map(|at| at.0),
            waiting_since: it.waiting_since.map(|at| at.0),
            priority: it.priority,
            assignee_id: it.assignee_id,
            team_id: it.team_id,
            read: it.read,
            inbox_id: it.inbox_id,
            archived_at: it.archived_at.map(|at| at.0),
        }
    }

    fn standing(&self) -> Standing {
        Standing {
            status: self.status,
            snooze: self.snooze.map(|(until, until_reply)| Snooze {
                until: until.map(Timestamp),
                until_reply,
            }),
            closed_at: self.closed_at.map(Timestamp),
            waiting_since: self.waiting_since.map(Timestamp),
            priority: self.priority,
            assignee_id: self.assignee_id,
            team_id: self.team_id,
            read: self.read,
            inbox_id: self.inbox_id,
            archived_at: self.archived_at.map(Timestamp),
        }
    }
}
