//! Settings on the wire.

use super::{account, raw, user, utc, widget_settings};
use frontdesk_domain as domain;
use frontdesk_domain::Timestamp;
use frontdesk_protocol::entity::{
    AccountFull, BusinessContext, Connection, EventSubscription, ForwardingAddress, PersonalApiKey,
};
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

/// A key without its secret: its last letters behind dots.
pub(crate) fn api_key(it: &domain::key::ApiKey) -> PersonalApiKey {
    PersonalApiKey {
        id: it.id,
        label: it.label.clone(),
        value: format!("••••{}", it.hint),
        scope: it.scope,
        expires_at: utc(it.expires_at),
        last_used_at: utc(it.last_used_at),
        account_id: it.account_id,
        user_id: it.user_id,
    }
}

/// An outgoing webhook.
pub(crate) fn event_subscription(it: &domain::webhook::Subscription) -> EventSubscription {
    EventSubscription {
        id: it.id,
        webhook_url: it.webhook_url.clone(),
        verified: it.verified,
        scope: it.scope.clone(),
        account_id: it.account_id,
        disabled_at: utc(it.disabled_at),
        disabled_reason: it.disabled_reason.clone(),
        failures: it.failures,
        secret: None,
        problem: None,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}

/// A connection to a provider or a mailbox, without its secrets.
pub(crate) fn connection(it: &domain::connection::Connection) -> Connection {
    Connection {
        id: it.id,
        inbox_id: it.inbox_id,
        kind: it.kind,
        name: it.name.clone(),
        settings: raw(Some(&it.settings)),
        state: it.health.state,
        reason: it.health.reason.clone(),
        failing_since: utc(it.health.failing_since),
        checked_at: utc(it.health.checked_at),
        worked_at: utc(it.health.worked_at),
        failures: it.health.failures,
        next_try_at: utc(it.health.next_try_at),
        came_at: utc(it.traffic.came_at),
        went_at: utc(it.traffic.went_at),
        consented_at: utc(it.consented_at),
        account_id: it.account_id,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}

/// An address that forwards mail.
pub(crate) fn forwarding_address(it: &domain::settings::ForwardingAddress) -> ForwardingAddress {
    ForwardingAddress {
        id: it.id,
        forwarding_email_address: it.forwarding_email_address.clone(),
        source_email_address: it.source_email_address.clone(),
        state: it.state.clone(),
        description: it.description.clone(),
        account_id: it.account_id,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}
