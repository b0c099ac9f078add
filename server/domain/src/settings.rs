//! Small settings: a user's notifications, and the addresses that forward mail.

use crate::{AccountId, ForwardingAddressId, Timestamp, UserId, UserSettingsId};

/// When a user is told of something by mail or on the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserSettings {
    pub id: UserSettingsId,
    pub user_id: UserId,
    pub email_alert_on_new_message: bool,
    pub email_alert_on_new_conversation: bool,
    pub expo_push_token: Option<String>,
    /// What stands below the mails they write.
    pub signature: Option<String>,
}

/// An address that forwards mail to an inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForwardingAddress {
    pub id: ForwardingAddressId,
    pub account_id: AccountId,
    pub forwarding_email_address: String,
    pub source_email_address: Option<String>,
    pub state: Option<String>,
    pub description: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl UserSettings {
    /// What holds for a user who never chose: no mail.
    #[must_use]
    pub fn new(id: UserSettingsId, user_id: UserId) -> Self {
        Self {
            id,
            user_id,
            email_alert_on_new_message: false,
            email_alert_on_new_conversation: false,
            expo_push_token: None,
            signature: None,
        }
    }
}
