//! Why a decision was refused. The words for people are made in one place, by the front that
//! answers.

use crate::{EventSeq, MessageId, UserId};

/// A refusal is an answer, not a failure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not exist, or this actor may not know that it does.
    #[error("not found")]
    NotFound,
    /// The actor may see it, but not do this.
    #[error("not allowed")]
    Forbidden,
    /// The customer or a colleague wrote after what the actor had seen.
    #[error("something new was written since")]
    Stale {
        newest: EventSeq,
        newer: Vec<MessageId>,
    },
    /// Somebody else was faster.
    #[error("already done")]
    AlreadyDone { by: Option<UserId> },
    /// The state does not allow it: a merged conversation cannot be answered.
    #[error("not possible now: {0}")]
    Conflict(&'static str),
    /// A field has a value that cannot be.
    #[error("{field} {problem}")]
    Invalid {
        field: &'static str,
        problem: &'static str,
    },
}

impl Refusal {
    /// A field with a value that cannot be.
    #[must_use]
    pub fn invalid(field: &'static str) -> Self {
        Self::Invalid {
            field,
            problem: "is invalid",
        }
    }

    /// A field that names what does not exist, or not for this actor.
    #[must_use]
    pub fn missing(field: &'static str) -> Self {
        Self::Invalid {
            field,
            problem: "does not exist",
        }
    }
}
