//! How the chat widget of an inbox looks, and where it was last seen.

use crate::failure::Outcome;
use frontdesk_db::queries::{accounts, events, inboxes, widget_settings};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::account::Account;
use frontdesk_domain::decide::Field;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::widget::WidgetSettings;
use frontdesk_domain::{
    AccountId, Actor, EntityKind, EventDraft, EventKind, InboxId, Refusal, Timestamp, UserId,
};

/// A site that shows the widget all day is noted this often.
const NOTED_EVERY_SECONDS: i64 = 60;

/// What to change of a widget's look. What is not named stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    pub(crate) title: Field<String>,
    pub(crate) subtitle: Field<String>,
    pub(crate) color: Field<String>,
    pub(crate) greeting: Field<String>,
    pub(crate) away_message: Field<String>,
    pub(crate) new_message_placeholder: Field<String>,
    pub(crate) email_input_placeholder: Field<String>,
    pub(crate) new_messages_notification_text: Field<String>,
    pub(crate) show_agent_availability: Option<bool>,
    pub(crate) agent_available_text: Field<String>,
    pub(crate) agent_unavailable_text: Field<String>,
    pub(crate) require_email_upfront: Option<bool>,
    pub(crate) is_open_by_default: Option<bool>,
    pub(crate) is_branding_hidden: Option<bool>,
    pub(crate) custom_icon_url: Field<String>,
    pub(crate) iframe_url_override: Field<String>,
    pub(crate) icon_variant: Option<String>,
    pub(crate) base_url: Field<String>,
}

/// Where a page shows the widget.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sighting {
    pub(crate) host: Option<String>,
    pub(crate) pathname: Option<String>,
}

/// The account and the inbox whose widget is meant: the named one or the primary one.
pub(crate) fn place(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: Option<InboxId>,
) -> Outcome<(Account, InboxId)> {
    let account = accounts::by_id(conn, account_id)?.ok_or(Refusal::NotFound)?;
    let inbox = match inbox_id {
        Some(id) => inboxes::by_id(conn, account_id, id)?,
        None => inboxes::primary(conn, account_id)?,
    };
    Ok((account, inbox.ok_or(Refusal::NotFound)?.id))
}

/// The look of an inbox's widget, made when it is first asked for.
pub(crate) fn look(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
) -> Outcome<WidgetSettings> {
    if let Some(known) = widget_settings::by_inbox(unit.conn(), account_id, inbox_id)? {
        return Ok(known);
    }
    let fresh = widget_settings::get_or_create(unit, account_id, inbox_id)?;
    told(unit, &fresh, None)?;
    Ok(fresh)
}

/// Changes a widget's look.
pub(crate) fn restyle(
    unit: &mut Unit<'_>,
    actor: &Actor,
    inbox_id: Option<InboxId>,
    changes: Look,
) -> Outcome<WidgetSettings> {
    policy::allows(actor, Permission::ManageInboxes)?;
    let (_, inbox_id) = place(unit.conn(), actor.account_id, inbox_id)?;
    let mut it = look(unit, actor.account_id, inbox_id)?;
    changes.put(&mut it);
    it.updated_at = unit.now();
    widget_settings::update(unit, &it)?;
    told(unit, &it, actor.user_id())?;
    Ok(it)
}

/// Notes where the widget is shown. A page that tells it again and again is written down once in
/// a while.
pub(crate) fn sighted(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
    sighting: Sighting,
) -> Outcome<WidgetSettings> {
    let now = unit.now();
    let mut it = look(unit, account_id, inbox_id)?;
    let host = sighting.host.or(it.host.clone());
    let pathname = sighting.pathname.or(it.pathname.clone());
    let moved = host != it.host || pathname != it.pathname;
    if moved || is_long_ago(it.last_seen_at, now) {
        (it.host, it.pathname, it.last_seen_at) = (host, pathname, Some(now));
        widget_settings::update(unit, &it)?;
        told(unit, &it, None)?;
    }
    Ok(it)
}

fn is_long_ago(at: Option<Timestamp>, now: Timestamp) -> bool {
    at.is_none_or(|at| at.plus_seconds(NOTED_EVERY_SECONDS) <= now)
}

fn told(unit: &mut Unit<'_>, it: &WidgetSettings, by: Option<UserId>) -> Outcome<()> {
    let draft = EventDraft::entity(EventKind::EntityChanged, EntityKind::WidgetSettings, &it.id);
    events::emit(unit, it.account_id, by, draft)?;
    Ok(())
}

impl Look {
    fn put(self, it: &mut WidgetSettings) {
        let texts = [
            (&mut it.title, self.title),
            (&mut it.subtitle, self.subtitle),
            (&mut it.color, self.color),
            (&mut it.greeting, self.greeting),
            (&mut it.away_message, self.away_message),
            (
                &mut it.new_message_placeholder,
                self.new_message_placeholder,
            ),
            (
                &mut it.email_input_placeholder,
                self.email_input_placeholder,
            ),
            (
                &mut it.new_messages_notification_text,
                self.new_messages_notification_text,
            ),
            (&mut it.agent_available_text, self.agent_available_text),
            (&mut it.agent_unavailable_text, self.agent_unavailable_text),
            (&mut it.custom_icon_url, self.custom_icon_url),
            (&mut it.iframe_url_override, self.iframe_url_override),
            (&mut it.base_url, self.base_url),
        ];
        for (place, field) in texts {
            match field {
                Field::Keep => {}
                Field::Clear => *place = None,
                Field::Set(text) => *place = Some(text),
            }
        }
        let switches = [
            (
                &mut it.show_agent_availability,
                self.show_agent_availability,
            ),
            (&mut it.require_email_upfront, self.require_email_upfront),
            (&mut it.is_open_by_default, self.is_open_by_default),
            (&mut it.is_branding_hidden, self.is_branding_hidden),
        ];
        for (place, switch) in switches {
            *place = switch.unwrap_or(*place);
        }
        if let Some(variant) = self.icon_variant {
            it.icon_variant = variant;
        }
    }
}
