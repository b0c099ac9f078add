//! The decisions: what is there, who asks, what for and what time it is go in; a
//! [`Decision`](crate::Decision) or a [`Refusal`](crate::Refusal) comes out.
//!
//! Whoever loads "what is there" has two duties the decisions cannot check: everything must come
//! from the actor's account, and what was merged away must be followed to where it went before
//! something inbound is decided on, since nothing inbound may be dropped.

mod alike;
mod archive;
mod assign;
mod bot;
mod close;
mod edit;
mod forward;
mod guard;
mod link;
mod merge_conversations;
mod merge_customers;
mod move_inbox;
mod note;
mod outcome;
mod priority;
mod put_back;
mod read;
mod receive;
mod remind;
mod reopen;
mod reply;
mod seen;
mod snooze;
mod spam;
mod split;
mod start;
mod system_line;
mod tag;
mod three_way;
mod undo_merge_conversations;
mod undo_merge_customers;
mod wake;
mod written;

pub use alike::{Likeness, alike};
pub use archive::archive;
pub use assign::{Assign, Assignee, assign};
pub use bot::answer_by_bot;
pub use close::close;
pub use edit::{Edit, NewStatus, edit};
pub use forward::{Named, answer_beside, forwarded, may_leave, side_answer};
pub use link::{Linked, Pair, link};
pub use merge_conversations::{MergeConversations, merge_conversations};
pub use merge_customers::{Consent, MergeCustomers, merge_customers};
pub use move_inbox::move_inbox;
pub use note::note;
pub use priority::set_priority;
pub use put_back::{Standing, put_back};
pub use read::{Reading, set_read};
pub use receive::{receive, receive_from_blocked, receive_from_program};
pub use remind::{Reminder, remind};
pub use reopen::reopen;
pub use reply::{StaleGuard, reply};
pub use seen::messages_seen;
pub use snooze::{SnoozeFor, snooze};
pub use split::{Split, split};
pub use start::{FirstMessage, Start, start};
pub use system_line::system_line;
pub use tag::{tag, untag};
pub use undo_merge_conversations::{Since, UndoMergeConversations, undo_merge_conversations};
pub use undo_merge_customers::{UndoMergeCustomers, undo_merge_customers};
pub use wake::wake;
pub use written::Written;

/// What to do with a field that may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field<T> {
    #[default]
    Keep,
    Clear,
    Set(T),
}
