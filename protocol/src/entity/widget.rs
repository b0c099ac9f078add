//! The look of the chat widget.

use super::{Account, tagged};
use crate::id::{InboxId, WidgetSettingsId};
use crate::time::RowStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! widget_settings {
    ($(#[$doc:meta])* $name:ident $schema:tt { $($extra:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "object", rename = "widget_settings")]
        #[schemars(rename = $schema, transform = tagged("widget_settings"))]
        pub struct $name {
            pub id: WidgetSettingsId,
            pub created_at: RowStamp,
            pub updated_at: RowStamp,
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
            pub inbox_id: Option<InboxId>,
            $($extra)*
        }
    };
}

widget_settings! {
    /// The look of the widget of one inbox.
    WidgetSettings "WidgetSettings" {}
}

widget_settings! {
    /// The same with the account, as the widget asks for it.
    WidgetSettingsWithAccount "WidgetSettingsWithAccount" {
        pub account: Account,
    }
}
