//! Nobody wants to read it.

use crate::{Conversation, Status};

/// Nobody waits on what is spam, and nothing wakes it: a list of its own keeps it.
pub(super) fn set_spam(after: &mut Conversation) {
    after.status = Status::Spam;
    after.closed_at = None;
    after.snooze = None;
    after.waiting_since = None;
}
