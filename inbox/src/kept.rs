//! Views that are kept under a name: a search and an order, of the agent's own, of a team, of
//! everybody, or of the configuration.

use crate::view::Sort;
use frontdesk_protocol::entity::SavedView;
use frontdesk_protocol::id::{TeamId, ViewId};
use frontdesk_protocol::kind::{ViewScope, ViewSort};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A search that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptView {
    pub id: ViewId,
    /// Anything may stand in it.
    pub name: String,
    pub query: String,
    pub sort: Sort,
    pub whose: Whose,
}

/// Who sees a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// It stands in the agent's configuration.
    Configuration,
    Own,
    Team(Option<TeamId>),
    Everybody,
}

/// A search to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewView {
    pub name: String,
    pub query: String,
    pub sort: Sort,
    pub whose: Whose,
}

/// What is done with a view that is kept on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewChange {
    Rename(String),
    Delete,
}

/// What a list asks for where a kept view stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub query: String,
    pub sort: Sort,
    pub grouping: Grouping,
}

/// Whether what belongs together stands together, whatever the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    #[default]
    None,
    /// All of a customer stands where the first of it stands.
    ByCustomer,
}

/// How many stand in a kept view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    Exactly(usize),
    /// At least so many: there are more conversations than were looked through.
    AtLeast(usize),
}

impl Counted {
    /// As far as it is known.
    #[must_use]
    pub const fn number(self) -> usize {
        match self {
            Self::Exactly(count) | Self::AtLeast(count) => count,
        }
    }
}

impl std::fmt::Display for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exactly(count) => write!(f, "{count}"),
            Self::AtLeast(count) => write!(f, "{count}+"),
        }
    }
}

impl KeptView {
    /// One of the configuration, which has no id but its name.
    #[must_use]
    pub fn of_configuration(name: &str, query: &str, sort: Sort) -> Self {
        Self {
            id: ViewId(id_of(name)),
            name: name.to_owned(),
            query: query.to_owned(),
            sort,
            whose: Whose::Configuration,
        }
    }

    /// What its list asks for.
    #[must_use]
    pub fn asked(&self, sort: Sort, grouping: Grouping) -> Asked {
        Asked {
            query: self.query.clone(),
            sort,
            grouping,
        }
    }
}

impl From<&SavedView> for KeptView {
    fn from(it: &SavedView) -> Self {
        Self {
            id: it.id,
            name: it.name.clone(),
            query: it.query.clone(),
            sort: it.sort.into(),
            whose: match it.scope {
                ViewScope::Own => Whose::Own,
                ViewScope::Team => Whose::Team(it.team_id),
                ViewScope::Shared => Whose::Everybody,
            },
        }
    }
}

impl Whose {
    /// How far it is from the agent.
    #[must_use]
    pub const fn distance(self) -> u8 {
        match self {
            Self::Configuration => 0,
            Self::Own => 1,
            Self::Team(_) => 2,
            Self::Everybody => 3,
        }
    }

    /// The server's word for it.
    #[must_use]
    pub const fn scope(self) -> ViewScope {
        match self {
            Self::Configuration | Self::Own => ViewScope::Own,
            Self::Team(_) => ViewScope::Team,
            Self::Everybody => ViewScope::Shared,
        }
    }

    /// The team whose it is.
    #[must_use]
    pub const fn team(self) -> Option<TeamId> {
        match self {
            Self::Team(team) => team,
            _ => None,
        }
    }
}

impl From<ViewSort> for Sort {
    fn from(sort: ViewSort) -> Self {
        match sort {
            ViewSort::Newest => Self::Newest,
            ViewSort::Oldest => Self::Oldest,
            ViewSort::WaitingLongest => Self::WaitingLongest,
            ViewSort::Priority => Self::Priority,
            ViewSort::WakesNext => Self::WakesNext,
        }
    }
}

impl From<Sort> for ViewSort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Newest => Self::Newest,
            Sort::Oldest => Self::Oldest,
            Sort::WaitingLongest => Self::WaitingLongest,
            Sort::Priority => Self::Priority,
            Sort::WakesNext => Self::WakesNext,
        }
    }
}

/// A name as an id that is the same in every run: FNV-1a, twice as wide.
fn id_of(name: &str) -> Uuid {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const STEP: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let step = |hash: u128, byte: &u8| (hash ^ u128::from(*byte)).wrapping_mul(STEP);
    Uuid::from_u128(name.as_bytes().iter().fold(START, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_of_the_configuration_is_known_by_its_name() {
        let one = |name: &str| KeptView::of_configuration(name, "is:open", Sort::Newest).id;
        assert_eq!(one("vip"), one("vip"));
        assert_ne!(one("vip"), one("vap"));
    }

    #[test]
    fn orders_are_the_servers() {
        for sort in Sort::ALL {
            assert_eq!(Sort::from(ViewSort::from(sort)), sort);
        }
    }
}
