//! Whether a command would change anything: who says the same thing twice is told that it is so.

use super::Command;
use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::TagId;
use frontdesk_protocol::kind::Status;

impl Command {
    /// Whether the conversation is as this would leave it. What is said or decided is never so
    /// already: each is a thing of its own. What is done to
    /// the customer or beside it does not show in it.
    #[must_use]
    pub fn is_so_in(&self, it: &Conversation, tags: &[TagId]) -> bool {
        match self {
            Self::Reply { .. }
            | Self::SendLater { .. }
            | Self::Note { .. }
            | Self::ApproveDraft { .. }
            | Self::RejectDraft { .. }
            | Self::Block(_)
            | Self::Unblock(_)
            | Self::Link(_)
            | Self::Unlink(_)
            | Self::Split { .. }
            | Self::Unsplit { .. }
            | Self::Forward { .. }
            | Self::MergeCustomers { .. }
            | Self::PartCustomers(_) => false,
            Self::Assign(user) => it.assignee_id == *user,
            Self::AssignTeam(team) => it.team_id == *team,
            Self::Close => it.status == Status::Closed,
            Self::Spam => it.status == Status::Spam,
            Self::Reopen => it.status == Status::Open,
            Self::Snooze(snooze) => {
                it.status == Status::Snoozed
                    && it.snoozed_until == snooze.until
                    && it.snoozed_until_reply == snooze.until_reply
            }
            Self::PutBack { snooze, .. } => super::working(*snooze).is_so_in(it, tags),
            Self::Priority(priority) => it.priority == *priority,
            Self::Tag(tag) => tags.contains(tag),
            Self::Untag(tag) => !tags.contains(tag),
            Self::Read => it.read,
            Self::Unread => !it.read,
            Self::Move(inbox) => it.inbox_id == Some(*inbox),
            Self::Merge { into, .. } => it.merged_into == Some(*into),
            Self::UndoMerge { .. } => it.merged_into.is_none(),
        }
    }
}
