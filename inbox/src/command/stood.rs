//! How a conversation stood before it was merged into another one.

use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::Status;
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use serde::{Deserialize, Serialize};

/// What a merge changes of the conversation that goes away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    status: Status,
    closed_at: Option<UtcStamp>,
    snoozed_until: Option<UtcStamp>,
    snoozed_until_reply: bool,
    waiting_since: Option<UtcStamp>,
    archived_at: Option<UtcStamp>,
    merged_into: Option<ConversationId>,
}

impl Stood {
    /// How it stands now.
    #[must_use]
    pub fn of(it: &Conversation) -> Self {
        Self {
            status: it.status,
            closed_at: it.closed_at,
            snoozed_until: it.snoozed_until,
            snoozed_until_reply: it.snoozed_until_reply,
            waiting_since: it.waiting_since,
            archived_at: it.archived_at,
            merged_into: it.merged_into,
        }
    }

    /// Lets it stand so again.
    pub(super) fn put_back(&self, it: &mut Conversation) {
        it.status = self.status;
        it.closed_at = self.closed_at;
        it.snoozed_until = self.snoozed_until;
        it.snoozed_until_reply = self.snoozed_until_reply;
        it.waiting_since = self.waiting_since;
        it.archived_at = self.archived_at;
        it.merged_into = self.merged_into;
    }
}

/// Takes it out of every list, as the server does.
pub(super) fn merge_away(it: &mut Conversation, into: ConversationId, now: Timestamp) {
    let now = Some(UtcStamp(now));
    it.status = Status::Closed;
    it.closed_at = it.closed_at.or(now);
    it.snoozed_until = None;
    it.snoozed_until_reply = false;
    it.waiting_since = None;
    it.archived_at = it.archived_at.or(now);
    it.merged_into = Some(into);
}
