//! What an agent may do with a conversation, as data: it is shown at once, written to disk,
//! sent when there is a connection, and can be taken back.

mod already;
mod stood;

use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::{
    ConversationId, CustomerId, DraftId, EventSeq, InboxId, MergeId, MessageId, TagId, TeamId,
    UserId,
};
use frontdesk_protocol::kind::{Priority, Status};
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use serde::{Deserialize, Serialize};

pub use stood::Stood;

/// One thing done to one conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Answers the customer.
    Reply {
        body: String,
        guard: Guard,
    },
    /// Answers the customer at a later time, unless the customer writes first.
    SendLater {
        body: String,
        at: UtcStamp,
        guard: Guard,
    },
    /// Tells colleagues.
    Note {
        body: String,
    },
    Assign(Option<UserId>),
    AssignTeam(Option<TeamId>),
    Close,
    Reopen,
    /// Open or resting as before it was closed, with a customer who has waited since then.
    PutBack {
        snooze: Option<Snooze>,
        waiting_since: UtcStamp,
    },
    /// Among the spam, and out of every list of work.
    Spam,
    Snooze(Snooze),
    Priority(Priority),
    Tag(TagId),
    Untag(TagId),
    Read,
    Unread,
    Move(InboxId),
    /// What this customer writes from now on goes to the spam.
    Block(CustomerId),
    /// This customer is heard again.
    Unblock(CustomerId),
    /// All of it goes into another conversation of the customer.
    Merge {
        into: ConversationId,
        /// What the merge is called, so that it can be taken back.
        merge: MergeId,
    },
    /// It and the other one show each other.
    Link(ConversationId),
    Unlink(ConversationId),
    /// Two customers are one person: all of the one becomes the other's.
    MergeCustomers {
        from: CustomerId,
        into: CustomerId,
        merge: MergeId,
        /// Although a signature has proven who one of them is.
        across_proof: bool,
    },
    /// They are two again.
    PartCustomers(MergeId),
    /// These messages go into a conversation of their own.
    Split {
        messages: Vec<MessageId>,
        new: ConversationId,
        /// By which merge they come back.
        back: MergeId,
    },
    /// What was split off comes back.
    Unsplit {
        new: ConversationId,
        back: MergeId,
    },
    /// Shows the conversation to somebody else, by mail.
    Forward {
        to: String,
        body: String,
    },
    /// It comes out of the other conversation again.
    UndoMerge {
        merge: MergeId,
        stood: Stood,
    },
    /// Sends what an AI proposed, with the agent's own words where they changed it.
    ApproveDraft {
        draft: DraftId,
        version: i64,
        edited: Option<String>,
        guard: Guard,
        #[serde(default)]
        quoting: Quoting,
    },
    RejectDraft {
        draft: DraftId,
        version: i64,
        reason: String,
    },
}

/// What the agent had seen when writing, and whether that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// Refuse if somebody wrote after this event.
    Seen(EventSeq),
    /// The agent knows what came since, and wants it sent.
    Forced(EventSeq),
}

/// Whether a draft may go out that rests on a text for the company only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoting {
    #[default]
    Public,
    /// The agent was asked, and said yes.
    Internal,
}

/// How long a conversation rests. At least one of the two is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    pub until: Option<UtcStamp>,
    pub until_reply: bool,
}

impl Snooze {
    /// Until a moment.
    #[must_use]
    pub fn until(moment: Timestamp) -> Self {
        Self {
            until: Some(UtcStamp(moment)),
            until_reply: false,
        }
    }

    /// Until the customer writes.
    #[must_use]
    pub const fn until_reply() -> Self {
        Self {
            until: None,
            until_reply: true,
        }
    }
}

impl Command {
    /// Whether this reaches the customer.
    #[must_use]
    pub fn is_sent_to_customer(&self) -> bool {
        matches!(self, Self::Reply { .. } | Self::ApproveDraft { .. })
    }

    /// Whether somebody outside of the company reads it.
    #[must_use]
    pub fn goes_out(&self) -> bool {
        self.is_sent_to_customer() || matches!(self, Self::Forward { .. })
    }

    /// Whether the agent's own words are in it, which are never thrown away for them.
    #[must_use]
    pub fn has_words(&self) -> bool {
        match self {
            Self::Reply { .. }
            | Self::SendLater { .. }
            | Self::Note { .. }
            | Self::Forward { .. } => true,
            Self::ApproveDraft { edited, .. } => edited.is_some(),
            _ => false,
        }
    }

    /// Shows a conversation as it will be once the server has done this.
    pub fn apply(&self, to: &mut Conversation, now: Timestamp) {
        match self {
            Self::Reply { .. } | Self::ApproveDraft { .. } => {
                to.waiting_since = None;
                to.read = true;
                to.last_activity_at = Some(UtcStamp(now)).max(to.last_activity_at);
            }
            Self::Note { .. } => to.last_activity_at = Some(UtcStamp(now)).max(to.last_activity_at),
            Self::Assign(user) => to.assignee_id = *user,
            Self::AssignTeam(team) => to.team_id = *team,
            Self::Close => {
                to.status = Status::Closed;
                to.closed_at = Some(UtcStamp(now));
                to.waiting_since = None;
                wake(to);
            }
            Self::PutBack {
                snooze,
                waiting_since,
            } => {
                // What is work already knows best who waits.
                if matches!(to.status, Status::Closed | Status::Spam) {
                    to.waiting_since = Some(*waiting_since);
                }
                working(*snooze).apply(to, now);
            }
            Self::Reopen => {
                to.status = Status::Open;
                to.closed_at = None;
                wake(to);
            }
            Self::Spam => {
                to.status = Status::Spam;
                to.closed_at = None;
                to.waiting_since = None;
                wake(to);
            }
            Self::Snooze(snooze) => {
                to.status = Status::Snoozed;
                to.closed_at = None;
                to.snoozed_until = snooze.until;
                to.snoozed_until_reply = snooze.until_reply;
            }
            Self::Priority(priority) => to.priority = *priority,
            Self::Read => to.read = true,
            Self::Unread => to.read = false,
            Self::Move(inbox) => to.inbox_id = Some(*inbox),
            Self::Merge { into, .. } => stood::merge_away(to, *into, now),
            Self::UndoMerge { stood, .. } => stood.put_back(to),
            Self::Tag(_)
            | Self::Untag(_)
            | Self::Block(_)
            | Self::Unblock(_)
            | Self::Link(_)
            | Self::Unlink(_)
            | Self::MergeCustomers { .. }
            | Self::PartCustomers(_)
            | Self::Split { .. }
            | Self::Unsplit { .. }
            | Self::Forward { .. }
            | Self::RejectDraft { .. }
            | Self::SendLater { .. } => {}
        }
    }

    /// Shows the tags as they will be once the server has done this.
    pub fn apply_to_tags(&self, tags: &mut Vec<TagId>) {
        match self {
            Self::Tag(tag) if !tags.contains(tag) => tags.push(*tag),
            Self::Untag(tag) => tags.retain(|it| it != tag),
            _ => {}
        }
    }

    /// What takes this back, given how the conversation was before. Nothing for what has been
    /// said: words are held back before they go, not unsaid afterwards.
    #[must_use]
    pub fn inverse(&self, before: &Conversation, tags: &[TagId]) -> Option<Self> {
        match self {
            Self::Reply { .. }
            | Self::SendLater { .. }
            | Self::Note { .. }
            | Self::ApproveDraft { .. }
            | Self::RejectDraft { .. }
            // What was taken back is done again by a command with a name of its own.
            | Self::UndoMerge { .. }
            | Self::Unsplit { .. }
            | Self::Forward { .. }
            | Self::PartCustomers(_) => None,
            Self::Assign(_) => Some(Self::Assign(before.assignee_id)),
            Self::AssignTeam(_) => Some(Self::AssignTeam(before.team_id)),
            Self::Close
            | Self::Reopen
            | Self::PutBack { .. }
            | Self::Spam
            | Self::Snooze(_) => Some(status_of(before)),
            Self::Priority(_) => Some(Self::Priority(before.priority)),
            Self::Read | Self::Unread if before.read => Some(Self::Read),
            Self::Read | Self::Unread => Some(Self::Unread),
            Self::Tag(tag) => (!tags.contains(tag)).then_some(Self::Untag(*tag)),
            Self::Untag(tag) => tags.contains(tag).then_some(Self::Tag(*tag)),
            Self::Move(_) => before.inbox_id.map(Self::Move),
            Self::Split { new, back, .. } => Some(Self::Unsplit {
                new: *new,
                back: *back,
            }),
            Self::Link(other) => Some(Self::Unlink(*other)),
            Self::Unlink(other) => Some(Self::Link(*other)),
            Self::MergeCustomers { merge, .. } => Some(Self::PartCustomers(*merge)),
            Self::Block(customer) => Some(Self::Unblock(*customer)),
            Self::Unblock(customer) => Some(Self::Block(*customer)),
            Self::Merge { merge, .. } => Some(Self::UndoMerge {
                merge: *merge,
                stood: Stood::of(before),
            }),
        }
    }

    /// The same as a thing of its own, to be done once more: what has a name gets another.
    #[must_use]
    pub fn again(&self) -> Self {
        match self {
            Self::Merge { into, .. } => Self::Merge {
                into: *into,
                merge: MergeId::random(),
            },
            Self::Split { messages, .. } => Self::Split {
                messages: messages.clone(),
                new: ConversationId::random(),
                back: MergeId::random(),
            },
            Self::MergeCustomers {
                from,
                into,
                across_proof,
                ..
            } => Self::MergeCustomers {
                from: *from,
                into: *into,
                merge: MergeId::random(),
                across_proof: *across_proof,
            },
            other => other.clone(),
        }
    }

    /// Whether it changes what stands beside the conversation, and not the conversation itself.
    #[must_use]
    pub const fn is_beside(&self) -> bool {
        matches!(
            self,
            Self::Link(_) | Self::Unlink(_) | Self::MergeCustomers { .. } | Self::PartCustomers(_)
        )
    }
}

/// The command that makes a conversation's status what it is.
fn status_of(it: &Conversation) -> Command {
    let snooze = match it.status {
        Status::Closed => return Command::Close,
        Status::Spam => return Command::Spam,
        Status::Open => None,
        Status::Snoozed => Some(Snooze {
            until: it.snoozed_until,
            until_reply: it.snoozed_until_reply || it.snoozed_until.is_none(),
        }),
    };
    match it.waiting_since {
        Some(waiting_since) => Command::PutBack {
            snooze,
            waiting_since,
        },
        None => working(snooze),
    }
}

/// What makes it work, or has it rest.
fn working(snooze: Option<Snooze>) -> Command {
    snooze.map_or(Command::Reopen, Command::Snooze)
}

fn wake(it: &mut Conversation) {
    it.snoozed_until = None;
    it.snoozed_until_reply = false;
}

#[cfg(test)]
mod tests;
