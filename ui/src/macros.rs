//! Macros: a text with blanks and things to do, under a name. They are the agent's own and stand
//! in the configuration, so that they are carried about as text.

pub mod blanks;
mod step;

pub use step::{BadStep, Step};

/// What is done under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Macro {
    pub name: String,
    /// What is written, with blanks to be filled in.
    pub words: Option<Words>,
    /// What is done afterwards, in this order.
    pub steps: Vec<Step>,
}

/// A text, and who reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    ToCustomer(String),
    ToColleagues(String),
}

impl Words {
    /// The text with its blanks.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::ToCustomer(text) | Self::ToColleagues(text) => text,
        }
    }
}
