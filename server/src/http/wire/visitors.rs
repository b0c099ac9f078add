//! What visitors' pages ask for, on the wire.

use super::{account, raw, utc};
use frontdesk_domain as domain;
use frontdesk_domain::Timestamp;
use frontdesk_protocol::entity::{BrowserSession, WidgetSettings, WidgetSettingsWithAccount};
use frontdesk_protocol::time::RowStamp;

/// A recorded visit.
pub(crate) fn browser_session(it: &domain::visit::BrowserSession) -> BrowserSession {
    BrowserSession {
        id: it.id,
        account_id: it.account_id,
        customer_id: it.customer_id,
        metadata: raw(it.metadata.as_ref()),
        started_at: utc(it.started_at),
        finished_at: utc(it.finished_at),
    }
}

/// How a widget looks.
pub(crate) fn widget_settings(it: &domain::widget::WidgetSettings) -> WidgetSettings {
    WidgetSettings {
        id: it.id,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
        title: it.title.clone(),
        subtitle: it.subtitle.clone(),
        color: it.color.clone(),
        greeting: it.greeting.clone(),
        away_message: it.away_message.clone(),
        new_message_placeholder: it.new_message_placeholder.clone(),
        email_input_placeholder: it.email_input_placeholder.clone(),
        new_messages_notification_text: it.new_messages_notification_text.clone(),
        show_agent_availability: it.show_agent_availability,
        agent_available_text: it.agent_available_text.clone(),
        agent_unavailable_text: it.agent_unavailable_text.clone(),
        require_email_upfront: it.require_email_upfront,
        is_open_by_default: it.is_open_by_default,
        is_branding_hidden: it.is_branding_hidden,
        custom_icon_url: it.custom_icon_url.clone(),
        iframe_url_override: it.iframe_url_override.clone(),
        icon_variant: it.icon_variant.clone(),
        base_url: it.base_url.clone(),
        inbox_id: Some(it.inbox_id),
    }
}

/// How a widget looks, with the account whose widget it is.
pub(crate) fn widget_with_account(
    look: &domain::widget::WidgetSettings,
    of: &domain::account::Account,
    now: Timestamp,
) -> WidgetSettingsWithAccount {
    let plain = widget_settings(look);
    WidgetSettingsWithAccount {
        id: plain.id,
        created_at: plain.created_at,
        updated_at: plain.updated_at,
        title: plain.title,
        subtitle: plain.subtitle,
        color: plain.color,
        greeting: plain.greeting,
        away_message: plain.away_message,
        new_message_placeholder: plain.new_message_placeholder,
        email_input_placeholder: plain.email_input_placeholder,
        new_messages_notification_text: plain.new_messages_notification_text,
        show_agent_availability: plain.show_agent_availability,
        agent_available_text: plain.agent_available_text,
        agent_unavailable_text: plain.agent_unavailable_text,
        require_email_upfront: plain.require_email_upfront,
        is_open_by_default: plain.is_open_by_default,
        is_branding_hidden: plain.is_branding_hidden,
        custom_icon_url: plain.custom_icon_url,
        iframe_url_override: plain.iframe_url_override,
        icon_variant: plain.icon_variant,
        base_url: plain.base_url,
        inbox_id: plain.inbox_id,
        account: account(of, now),
    }
}
