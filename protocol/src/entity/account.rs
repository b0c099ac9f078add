//! Accounts, users, teams and inboxes.

use super::{Raw, WidgetSettings, tagged};
use crate::id::{AccountId, InboxId, TeamId, UserId, UserSettingsId};
use crate::kind::{Availability, ChannelKind, Role, Visibility};
use crate::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of an account's opening times.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct WorkingHours {
    /// `everyday`, `weekdays`, `weekends` or the name of a day.
    pub day: String,
    pub start_minute: i64,
    pub end_minute: i64,
}

/// An account as visitors see it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "account")]
#[schemars(rename = "Account", transform = tagged("account"))]
pub struct Account {
    pub id: AccountId,
    pub company_name: String,
    pub company_logo_url: Option<String>,
    pub time_zone: Option<String>,
    pub subscription_plan: String,
    pub settings: Option<Raw>,
    pub working_hours: Vec<WorkingHours>,
    pub is_outside_working_hours: bool,
    pub current_minutes_since_midnight: Option<i64>,
}

/// An account as its own people see it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "account")]
#[schemars(rename = "AccountFull", transform = tagged("account"))]
pub struct AccountFull {
    pub id: AccountId,
    pub company_name: String,
    pub company_logo_url: Option<String>,
    pub time_zone: Option<String>,
    pub subscription_plan: String,
    pub settings: Option<Raw>,
    pub working_hours: Vec<WorkingHours>,
    pub is_outside_working_hours: bool,
    pub current_minutes_since_midnight: Option<i64>,
    pub users: Vec<User>,
    pub widget_settings: Option<WidgetSettings>,
}

/// Somebody who answers.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "user")]
#[schemars(rename = "User", transform = tagged("user"))]
pub struct User {
    pub id: UserId,
    pub email: String,
    pub created_at: RowStamp,
    pub disabled_at: Option<UtcStamp>,
    pub archived_at: Option<UtcStamp>,
    pub role: Role,
    pub visibility: Visibility,
    pub availability: Availability,
    /// The three of the profile are absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile_photo_url: Option<Option<String>>,
}

/// What a user wants to be told by mail.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "user_settings")]
#[schemars(rename = "UserSettings", transform = tagged("user_settings"))]
pub struct UserSettings {
    pub id: UserSettingsId,
    pub user_id: UserId,
    pub email_alert_on_new_message: bool,
    pub email_alert_on_new_conversation: bool,
    pub expo_push_token: Option<String>,
    /// What stands below the mails they write.
    pub signature: Option<String>,
}

/// A group that work can be assigned to.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "team")]
#[schemars(rename = "Team", transform = tagged("team"))]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub account_id: AccountId,
    pub user_ids: Vec<UserId>,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}

/// A door by which conversations come in.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "inbox")]
#[schemars(rename = "Inbox", transform = tagged("inbox"))]
pub struct Inbox {
    pub id: InboxId,
    pub name: String,
    pub description: Option<String>,
    pub slug: Option<String>,
    pub channel: ChannelKind,
    pub is_primary: bool,
    pub is_private: bool,
    pub identity_required: bool,
    pub account_id: AccountId,
}
