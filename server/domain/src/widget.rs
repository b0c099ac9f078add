//! How the chat widget of an inbox looks.

use crate::{AccountId, InboxId, Timestamp, WidgetSettingsId};

/// The look of the chat widget of one inbox, and where it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WidgetSettings {
    pub id: WidgetSettingsId,
    pub account_id: AccountId,
    pub inbox_id: InboxId,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    /// Hex, with or without `#`.
    pub color: Option<String>,
    pub greeting: Option<String>,
    pub away_message: Option<String>,
    pub new_message_placeholder: Option<String>,
    pub email_input_placeholder: Option<String>,
    pub new_messages_notification_text: Option<String>,
    pub show_agent_availability: bool,
    pub agent_available_text: Option<String>,
    pub agent_unavailable_text: Option<String>,
    pub require_email_upfront: bool,
    pub is_open_by_default: bool,
    pub is_branding_hidden: bool,
    pub custom_icon_url: Option<String>,
    pub iframe_url_override: Option<String>,
    /// `outlined` or `filled`.
    pub icon_variant: String,
    pub base_url: Option<String>,
    /// The site that showed the widget last.
    pub host: Option<String>,
    pub pathname: Option<String>,
    pub last_seen_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl WidgetSettings {
    /// How a widget looks before anybody changed it.
    #[must_use]
    pub fn new(
        id: WidgetSettingsId,
        account_id: AccountId,
        inbox_id: InboxId,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            account_id,
            inbox_id,
            title: None,
            subtitle: None,
            color: None,
            greeting: None,
            away_message: None,
            new_message_placeholder: None,
            email_input_placeholder: None,
            new_messages_notification_text: None,
            show_agent_availability: false,
            agent_available_text: None,
            agent_unavailable_text: None,
            require_email_upfront: false,
            is_open_by_default: false,
            is_branding_hidden: false,
            custom_icon_url: None,
            iframe_url_override: None,
            icon_variant: "outlined".to_owned(),
            base_url: None,
            host: None,
            pathname: None,
            last_seen_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}
