//! Where something happened, and how that looks from one agent's view.

use crate::actor::View;
use crate::decision::Place;
use crate::{InboxId, UserId};

/// Where something is, for deciding who hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every agent of the account.
    Account,
    /// Those who see a conversation in this place.
    Conversation {
        inbox: Option<InboxId>,
        assignee: Option<UserId>,
    },
    /// In a conversation that has no place, or none that is known yet: only those who see all.
    Nowhere,
}

/// How an event looks to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// They see what it tells of, before and after.
    Shown,
    /// They see its conversation from now on.
    Entered,
    /// They no longer see its conversation.
    Left,
    /// They neither saw nor see it.
    Hidden,
}

impl Scope {
    /// Whether it belongs to the view.
    #[must_use]
    pub fn is_in(self, view: &View) -> bool {
        match self {
            Self::Account => true,
            Self::Conversation { inbox, assignee } => view.shows(inbox, assignee),
            Self::Nowhere => *view == View::All,
        }
    }

    /// How something that is here now looks from a view. `before` is where it was, when it moved.
    #[must_use]
    pub fn sight(self, before: Option<Self>, view: &View) -> Sight {
        let saw = before.map(|before| before.is_in(view));
        match (self.is_in(view), saw) {
            (true, Some(false)) => Sight::Entered,
            (true, _) => Sight::Shown,
            (false, Some(true)) => Sight::Left,
            (false, _) => Sight::Hidden,
        }
    }
}

impl From<Place> for Scope {
    fn from(place: Place) -> Self {
        Self::Conversation {
            inbox: place.inbox_id,
            assignee: place.assignee_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(assignee: Option<i64>) -> Scope {
        Scope::Conversation {
            inbox: None,
            assignee: assignee.map(UserId),
        }
    }

    #[test]
    fn a_move_looks_different_from_each_view() {
        let view = |user| View::OwnAndUnassigned {
            user_id: UserId(user),
        };
        let (mine, theirs) = (of(Some(1)), of(Some(2)));
        let moved = |view: &View| theirs.sight(Some(mine), view);
        assert_eq!(moved(&view(1)), Sight::Left);
        assert_eq!(moved(&view(2)), Sight::Entered);
        assert_eq!(moved(&view(3)), Sight::Hidden);
        assert_eq!(moved(&View::All), Sight::Shown);
        assert_eq!(theirs.sight(None, &view(1)), Sight::Hidden);
        assert_eq!(of(None).sight(None, &view(1)), Sight::Shown);
    }

    #[test]
    fn what_is_nowhere_is_for_those_who_see_all() {
        let mine = View::OwnAndUnassigned { user_id: UserId(1) };
        assert_eq!(Scope::Nowhere.sight(None, &mine), Sight::Hidden);
        assert_eq!(Scope::Nowhere.sight(Some(of(Some(1))), &mine), Sight::Left);
        assert_eq!(Scope::Nowhere.sight(None, &View::All), Sight::Shown);
        assert_eq!(Scope::Account.sight(None, &mine), Sight::Shown);
    }
}
