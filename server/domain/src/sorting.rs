//! What is sorted by itself: tags, team and priority that are certain enough for an inbox, once for each
//! conversation and only before a person is on it.

use crate::json::Json;
use crate::{AccountId, Conversation, ConversationId, InboxId, Status, Timestamp};

/// From which confidence on something is done by itself, in percent. None is never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortPolicy {
    pub inbox_id: InboxId,
    pub account_id: AccountId,
    pub tags: Option<i64>,
    pub team: Option<i64>,
    pub priority: Option<i64>,
    pub updated_at: Timestamp,
}

/// The least that can be asked for: below, it is as likely wrong as right.
pub const LEAST: f64 = 0.5;

/// What was sorted by itself in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted {
    pub conversation_id: ConversationId,
    pub account_id: AccountId,
    /// By whom, and each thing with how certain it was.
    pub done: Json,
    pub sorted_at: Timestamp,
    pub undone_at: Option<Timestamp>,
}

impl SortPolicy {
    /// What holds where nobody has said anything: nothing.
    #[must_use]
    pub const fn of(account_id: AccountId, inbox_id: InboxId) -> Self {
        Self {
            inbox_id,
            account_id,
            tags: None,
            team: None,
            priority: None,
            updated_at: Timestamp(0),
        }
    }
}

/// Whether a guess is certain enough.
#[must_use]
pub fn suffices(least: Option<i64>, confidence: f64) -> bool {
    // What is shown as 80% is 80%.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a confidence is from 0 to 1"
    )]
    let percent = (confidence.clamp(0.0, 1.0) * 100.0).round() as i64;
    least.is_some_and(|least| percent >= least)
}

/// Whether a conversation is still nobody's: from an agent's first answer on, sorting it is theirs.
#[must_use]
pub fn is_unsorted(held: &Conversation) -> bool {
    held.status == Status::Open
        && held.merged_into.is_none()
        && held.assignee_id.is_none()
        && !held.answered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CustomerId, Source, UserId};

    #[test]
    fn a_guess_suffices_from_what_is_asked_on() {
        assert!(!suffices(None, 1.0), "never");
        for (least, confidence, is_enough) in [
            (80, 0.8, true),
            (80, 0.799, true),
            (80, 0.79, false),
            (100, 0.99, false),
            (100, 7.0, true),
            (50, -1.0, false),
            (50, f64::NAN, false),
        ] {
            assert_eq!(suffices(Some(least), confidence), is_enough, "{confidence}");
        }
    }

    #[test]
    fn what_a_person_is_on_is_theirs() {
        let held = Conversation::new(
            ConversationId::random(),
            AccountId::random(),
            CustomerId::random(),
            Source::Chat,
            Timestamp(0),
        );
        assert!(is_unsorted(&held));
        let mut changed = [held.clone(), held.clone(), held.clone(), held.clone()];
        changed[0].assignee_id = Some(UserId(1));
        changed[1].answered = true;
        changed[2].status = Status::Closed;
        changed[3].merged_into = Some(ConversationId::random());
        assert!(changed.iter().all(|it| !is_unsorted(it)));
    }
}
