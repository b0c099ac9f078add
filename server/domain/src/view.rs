//! Searches that are kept under a name.

use crate::{AccountId, TeamId, Timestamp, UserId, ViewId, ViewScope, ViewSort};

/// A search with a name and an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: ViewId,
    pub account_id: AccountId,
    pub name: String,
    pub query: String,
    pub sort: ViewSort,
    pub whose: Whose,
    /// Where it stands among the others.
    pub position: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Who sees a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    User(UserId),
    Team(TeamId),
    Everybody,
}

impl Whose {
    /// What it is called.
    #[must_use]
    pub const fn scope(self) -> ViewScope {
        match self {
            Self::User(_) => ViewScope::Own,
            Self::Team(_) => ViewScope::Team,
            Self::Everybody => ViewScope::Shared,
        }
    }

    /// The user whose own it is.
    #[must_use]
    pub const fn owner(self) -> Option<UserId> {
        match self {
            Self::User(user) => Some(user),
            Self::Team(_) | Self::Everybody => None,
        }
    }

    /// The team whose it is.
    #[must_use]
    pub const fn team(self) -> Option<TeamId> {
        match self {
            Self::Team(team) => Some(team),
            Self::User(_) | Self::Everybody => None,
        }
    }
}
