//! Who asks. Every query and every decision takes an [`Actor`]; its account is the wall.

use crate::{AccountId, Conversation, CustomerId, InboxId, KeyScope, Role, UserId, Visibility};
use std::net::IpAddr;

/// Somebody who asks for something, within one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub account_id: AccountId,
    pub who: Who,
    /// From where the request came, where it came from outside.
    pub from: Option<IpAddr>,
}

/// The kinds of askers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    User(Member),
    Customer(CustomerId),
    /// The server itself: timers, imports, connectors.
    System,
}

/// What decides about a user's reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user_id: UserId,
    pub role: Role,
    pub view: View,
    /// Set when the user came with a personal API key: the key may do no more than this.
    pub scope: Option<KeyScope>,
}

/// Which conversations somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    All,
    OwnInboxes {
        user_id: UserId,
        inboxes: Vec<InboxId>,
    },
    OwnAndUnassigned {
        user_id: UserId,
    },
}

impl View {
    /// The view a stored setting means for one user.
    #[must_use]
    pub fn of(visibility: Visibility, user_id: UserId, inboxes: Vec<InboxId>) -> Self {
        match visibility {
            Visibility::All => Self::All,
            Visibility::OwnInboxes => Self::OwnInboxes { user_id, inboxes },
            Visibility::OwnAndUnassigned => Self::OwnAndUnassigned { user_id },
        }
    }

    /// Whether a conversation in this place belongs to the view. Being assigned always does.
    #[must_use]
    pub fn shows(&self, inbox: Option<InboxId>, assignee: Option<UserId>) -> bool {
        match self {
            Self::All => true,
            Self::OwnInboxes { user_id, inboxes } => {
                assignee == Some(*user_id) || inbox.is_some_and(|inbox| inboxes.contains(&inbox))
            }
            Self::OwnAndUnassigned { user_id } => {
                assignee.is_none_or(|assignee| assignee == *user_id)
            }
        }
    }
}

impl Actor {
    /// The server itself, acting in one account.
    #[must_use]
    pub fn system(account_id: AccountId) -> Self {
        Self {
            account_id,
            who: Who::System,
            from: None,
        }
    }

    /// A customer of an account.
    #[must_use]
    pub fn customer(account_id: AccountId, customer_id: CustomerId) -> Self {
        Self {
            account_id,
            who: Who::Customer(customer_id),
            from: None,
        }
    }

    /// The user behind the request, if there is one.
    #[must_use]
    pub fn user_id(&self) -> Option<UserId> {
        match &self.who {
            Who::User(member) => Some(member.user_id),
            Who::Customer(_) | Who::System => None,
        }
    }

    /// The customer behind the request, if there is one.
    #[must_use]
    pub fn customer_id(&self) -> Option<CustomerId> {
        match self.who {
            Who::Customer(id) => Some(id),
            Who::User(_) | Who::System => None,
        }
    }

    /// Which conversations a user sees; the system sees all.
    #[must_use]
    pub fn view(&self) -> View {
        match &self.who {
            Who::User(member) => member.view.clone(),
            Who::Customer(_) | Who::System => View::All,
        }
    }

    /// Whether this actor may see the conversation at all.
    #[must_use]
    pub fn sees(&self, conversation: &Conversation) -> bool {
        if conversation.account_id != self.account_id {
            return false;
        }
        match &self.who {
            Who::User(member) => member
                .view
                .shows(conversation.inbox_id, conversation.assignee_id),
            Who::Customer(id) => conversation.customer_id == *id,
            Who::System => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restricted_view_shows_what_is_assigned_to_its_user() {
        let me = UserId(1);
        let (mine, other) = (InboxId::random(), InboxId::random());
        let inboxes = View::of(Visibility::OwnInboxes, me, vec![mine]);
        assert!(inboxes.shows(Some(mine), Some(UserId(2))));
        assert!(inboxes.shows(Some(other), Some(me)));
        assert!(!inboxes.shows(Some(other), None));
        let unassigned = View::of(Visibility::OwnAndUnassigned, me, Vec::new());
        assert!(unassigned.shows(Some(other), None));
        assert!(!unassigned.shows(Some(other), Some(UserId(2))));
    }
}
