//! Macros: a text with blanks and things to do, under a name. They are the agent's own and stand
//! in the configuration, so that they are carried about as text.

pub mod blanks;
mod step;

pub use step::{BadStep, Step};

use crate::msg::WrittenKind;

/// What is done under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Macro {
    pub name: String,
    /// What is written, with blanks to be filled in.
    pub words: Option<Words>,
    /// What is done afterwards, in this order.
    pub steps: Vec<Step>,
}

impl Macro {
    /// What it does, in short: `reply, tag billing, done`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let words = self.words.as_ref().map(|words| match words {
            Words::ToCustomer(_) => "reply".to_owned(),
            Words::ToColleagues(_) => "note".to_owned(),
        });
        let steps = self.steps.iter().map(Step::to_string);
        words
            .into_iter()
            .chain(steps)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// A text, and who reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    ToCustomer(String),
    ToColleagues(String),
}

impl Words {
    /// Whether it is for the readers of what is being written.
    #[must_use]
    pub const fn fits(&self, kind: WrittenKind) -> bool {
        match self {
            Self::ToCustomer(_) => matches!(kind, WrittenKind::Reply),
            Self::ToColleagues(_) => matches!(kind, WrittenKind::Note),
        }
    }

    /// The text with its blanks.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::ToCustomer(text) | Self::ToColleagues(text) => text,
        }
    }
}
