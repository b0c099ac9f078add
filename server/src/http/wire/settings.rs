//! Settings on the wire.

use super::{account, raw, user, widget_settings};
use frontdesk_domain as domain;
use frontdesk_domain::Timestamp;
use frontdesk_protocol::entity::{AccountFull, BusinessContext};

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
