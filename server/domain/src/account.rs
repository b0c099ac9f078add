//! Accounts, their users, teams and inboxes.

use crate::json::Json;
use crate::{
    AccountId, Availability, ChannelKind, InboxId, Role, TeamId, Timestamp, UserId, Visibility,
};

/// A company on this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub company_name: String,
    pub company_logo_url: Option<String>,
    /// IANA name, such as `Europe/Berlin`.
    pub time_zone: Option<String>,
    pub plan: String,
    pub settings: Option<Json>,
    pub working_hours: Vec<WorkingHours>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// One line of an account's opening times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingHours {
    /// `everyday`, `weekdays`, `weekends` or the name of a day.
    pub day: String,
    pub start_minute: i64,
    pub end_minute: i64,
}

/// Somebody who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub account_id: AccountId,
    pub email: String,
    pub role: Role,
    pub visibility: Visibility,
    pub availability: Availability,
    pub full_name: Option<String>,
    pub display_name: Option<String>,
    pub profile_photo_url: Option<String>,
    pub disabled_at: Option<Timestamp>,
    pub archived_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl User {
    /// What colleagues call this user.
    #[must_use]
    pub fn title(&self) -> &str {
        let name = self.display_name.as_deref().or(self.full_name.as_deref());
        name.unwrap_or(&self.email)
    }

    /// Whether this user may still sign in.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.disabled_at.is_none() && self.archived_at.is_none()
    }

    /// Whether the user ever filled in a profile; clients leave the names out otherwise.
    #[must_use]
    pub fn has_profile(&self) -> bool {
        self.full_name.is_some() || self.display_name.is_some() || self.profile_photo_url.is_some()
    }
}

/// A group that work can be assigned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: TeamId,
    pub account_id: AccountId,
    pub name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A door by which conversations come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    pub id: InboxId,
    pub account_id: AccountId,
    pub name: String,
    pub description: Option<String>,
    pub slug: Option<String>,
    pub channel: ChannelKind,
    pub is_primary: bool,
    pub is_private: bool,
    /// Whether chat visitors must prove who they are.
    pub identity_required: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
