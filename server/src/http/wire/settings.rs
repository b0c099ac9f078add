//! Settings on the wire.

use super::{account, raw, user};
use frontdesk_domain as domain;
use frontdesk_domain::Timestamp;
use frontdesk_protocol::entity::{AccountFull, BusinessContext, WidgetSettings};
use frontdesk_protocol::time::RowStamp;

/// An account as its own people see it, without users who left for good.
pub(crate) fn account_full(
    it: &domain::account::Account,
    users: &[domain::account::User],
    look: Option<&domain::widget::WidgetSettings>,
    now: Timestamp,
) -> AccountFull {
    let basic = account(it, now);
    let staying = users.iter().filter(|user| user.archived_at.is_none());
    AccountFull {
        id: basic.id,
        company_name: basic.company_name,
        company_logo_url: basic.company_logo_url,
        time_zone: basic.time_zone,
        subscription_plan: basic.subscription_plan,
        settings: basic.settings,
        working_hours: basic.working_hours,
        is_outside_working_hours: basic.is_outside_working_hours,
        current_minutes_since_midnight: basic.current_minutes_since_midnight,
        users: staying.map(user).collect(),
        widget_settings: look.map(widget_settings),
    }
}

/// Whether the look is that of the inbox.
pub(crate) fn is_look_of(
    look: &domain::widget::WidgetSettings,
    inbox: Option<&domain::account::Inbox>,
) -> bool {
    inbox.is_some_and(|inbox| inbox.id == look.inbox_id)
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

/// What the company tells those who write in its name.
pub(crate) fn business_context(it: &domain::context::BusinessContext) -> BusinessContext {
    BusinessContext {
        business_name: it.business_name.clone(),
        business_description: it.business_description.clone(),
        services: raw(it.services.as_ref()),
        scheduling_link: it.scheduling_link.clone(),
        faqs: raw(it.faqs.as_ref()),
        additional_context: it.additional_context.clone(),
    }
}
