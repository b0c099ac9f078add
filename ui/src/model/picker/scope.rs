//! Parts of what a box offers, so that one can look through fewer things.

use super::{Choice, Item, Purpose};

/// A part of what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    Commands,
    Views,
    People,
    Tags,
    /// The keys that hold where the agent is.
    Here,
}

/// What stands above keys that hold elsewhere.
pub const ELSEWHERE: &str = "Not here";

impl Scope {
    /// The parts of a box, the one it opens with first.
    #[must_use]
    pub const fn of(purpose: &Purpose) -> &'static [Self] {
        match purpose {
            Purpose::Palette => &[
                Self::Everything,
                Self::Commands,
                Self::Views,
                Self::People,
                Self::Tags,
            ],
            Purpose::Help => &[Self::Here, Self::Everything],
            _ => &[Self::Everything],
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Commands => "commands",
            Self::Views => "views",
            Self::People => "people",
            Self::Tags => "tags",
            Self::Here => "keys that hold here",
        }
    }

    /// Whether something belongs to it.
    #[must_use]
    pub fn has(self, item: &Item) -> bool {
        let is_view = |choice: &Choice| match choice {
            Choice::Action(action) => action.name().starts_with("view-"),
            _ => false,
        };
        match self {
            Self::Everything => true,
            Self::Commands => matches!(item.choice, Choice::Action(_)) && !is_view(&item.choice),
            Self::Views => is_view(&item.choice),
            Self::People => matches!(item.choice, Choice::User(_)),
            Self::Tags => matches!(item.choice, Choice::Tag(_)),
            Self::Here => item.heading != ELSEWHERE,
        }
    }
}
