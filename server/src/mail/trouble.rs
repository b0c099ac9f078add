//! Why a mailbox is not read any further.

use crate::failure::Failure;
use frontdesk_connectors::email::Meaning;

/// Why the other side does not go on. The words are for admins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It may go better by itself.
    Passing(String),
    /// Somebody has to change something.
    Lasting(String),
    /// The owner of the mailbox has to let us in again.
    Ended(String),
}

impl Trouble {
    /// What is told of it.
    pub(super) fn why(&self) -> &str {
        match self {
            Self::Passing(why) | Self::Lasting(why) | Self::Ended(why) => why,
        }
    }
}

impl From<Meaning> for Trouble {
    fn from(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Later { why, .. } => Self::Passing(why),
            Meaning::Refused { why } | Meaning::Broken { why } => Self::Lasting(why),
            Meaning::Ended { why } => Self::Ended(why),
        }
    }
}

/// Why reading stopped.
pub(super) enum Stop {
    Trouble(Trouble),
    Failure(Failure),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
