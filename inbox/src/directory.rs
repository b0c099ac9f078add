//! The people and things of the account that conversations refer to by id.

use frontdesk_protocol::entity::{CannedResponse, Connection, Inbox, SavedView, Tag, User};
use frontdesk_protocol::id::{InboxId, TagId, TeamId, UserId};
use frontdesk_protocol::time::UtcStamp;
use serde::{Deserialize, Serialize};

/// All of them, with who the agent is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Directory {
    pub me: UserId,
    pub company: String,
    pub users: Vec<User>,
    pub teams: Vec<TeamName>,
    pub inboxes: Vec<Inbox>,
    pub tags: Vec<Tag>,
    pub canned_responses: Vec<CannedResponse>,
    /// The views of the server that the agent sees.
    #[serde(default)]
    pub views: Vec<SavedView>,
    /// The connections to mailboxes and providers, where the agent may see them.
    #[serde(default)]
    pub connections: Option<Connections>,
}

/// The connections to mailboxes and providers, as the server said last.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Connections {
    pub said_at: UtcStamp,
    pub all: Vec<Connection>,
}

/// A team, as far as a snapshot tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamName {
    pub id: TeamId,
    pub name: String,
}

impl Directory {
    /// A user of the account.
    #[must_use]
    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// What a user is called. Anything may stand in it.
    #[must_use]
    pub fn user_name(&self, id: UserId) -> &str {
        self.user(id).map_or("somebody", name_of)
    }

    /// A tag of the account.
    #[must_use]
    pub fn tag(&self, id: TagId) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == id)
    }

    /// A team of the account.
    #[must_use]
    pub fn team(&self, id: TeamId) -> Option<&TeamName> {
        self.teams.iter().find(|team| team.id == id)
    }

    /// An inbox of the account.
    #[must_use]
    pub fn inbox(&self, id: InboxId) -> Option<&Inbox> {
        self.inboxes.iter().find(|inbox| inbox.id == id)
    }
}

/// The shortest name a user goes by.
#[must_use]
pub fn name_of(user: &User) -> &str {
    [&user.display_name, &user.full_name]
        .into_iter()
        .filter_map(|name| name.as_ref()?.as_deref())
        .map(str::trim)
        .find(|name| !name.is_empty())
        .unwrap_or(&user.email)
}
