//! How the chat widget of each inbox looks. An inbox has one row, made when it is first read.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::widget::WidgetSettings;
use frontdesk_domain::{AccountId, InboxId, WidgetSettingsId};

macro_rules! columns {
    () => {
        "id, account_id, inbox_id, title, subtitle, color, greeting, away_message, new_message_placeholder, email_input_placeholder, new_messages_notification_text, show_agent_availability, agent_available_text, agent_unavailable_text, require_email_upfront, is_open_by_default, is_branding_hidden, custom_icon_url, iframe_url_override, icon_variant, base_url, host, pathname, last_seen_at, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO widget_settings (id, account_id, inbox_id, title, subtitle, color, greeting, away_message, new_message_placeholder,
        email_input_placeholder, new_messages_notification_text, show_agent_availability, agent_available_text,
        agent_unavailable_text, require_email_upfront, is_open_by_default, is_branding_hidden, custom_icon_url,
        iframe_url_override, icon_variant, base_url, host, pathname, last_seen_at, created_at, updated_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
        ?24, ?25, ?26
        FROM inboxes WHERE account_id = ?2 AND id = ?3
        ON CONFLICT (inbox_id) DO NOTHING";
    UPDATE = "UPDATE widget_settings SET title = ?3, subtitle = ?4, color = ?5, greeting = ?6, away_message = ?7, new_message_placeholder = ?8,
        email_input_placeholder = ?9, new_messages_notification_text = ?10, show_agent_availability = ?11,
        agent_available_text = ?12, agent_unavailable_text = ?13, require_email_upfront = ?14,
        is_open_by_default = ?15, is_branding_hidden = ?16, custom_icon_url = ?17, iframe_url_override = ?18,
        icon_variant = ?19, base_url = ?20, host = ?21, pathname = ?22, last_seen_at = ?23, updated_at = ?24
        WHERE account_id = ?1 AND id = ?2";
    BY_INBOX = (concat!("SELECT ", columns!(), " FROM widget_settings WHERE account_id = ?1 AND inbox_id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM widget_settings WHERE account_id = ?1 ORDER BY created_at, id"));
}

fn read(row: &mut Columns<'_>) -> Result<WidgetSettings, DbError> {
    Ok(WidgetSettings {
        id: row.get()?,
        account_id: row.get()?,
        inbox_id: row.get()?,
        title: row.get()?,
        subtitle: row.get()?,
        color: row.get()?,
        greeting: row.get()?,
        away_message: row.get()?,
        new_message_placeholder: row.get()?,
        email_input_placeholder: row.get()?,
        new_messages_notification_text: row.get()?,
        show_agent_availability: row.get()?,
        agent_available_text: row.get()?,
        agent_unavailable_text: row.get()?,
        require_email_upfront: row.get()?,
        is_open_by_default: row.get()?,
        is_branding_hidden: row.get()?,
        custom_icon_url: row.get()?,
        iframe_url_override: row.get()?,
        icon_variant: row.get()?,
        base_url: row.get()?,
        host: row.get()?,
        pathname: row.get()?,
        last_seen_at: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// How the widget of an inbox looks; the first to ask makes the row.
///
/// # Errors
/// When the account has no such inbox.
pub fn get_or_create(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    inbox_id: InboxId,
) -> Result<WidgetSettings, DbError> {
    if let Some(known) = by_inbox(unit.conn(), account_id, inbox_id)? {
        return Ok(known);
    }
    let fresh = WidgetSettings::new(WidgetSettingsId::random(), account_id, inbox_id, unit.now());
    insert(unit, &fresh)?;
    by_inbox(unit.conn(), account_id, inbox_id)?.ok_or(DbError::Dangling)
}

/// Stores the look of an inbox that has none; where somebody was faster, theirs stays.
fn insert(unit: &mut Unit<'_>, it: &WidgetSettings) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.inbox_id,
            &it.title,
            &it.subtitle,
            &it.color,
            &it.greeting,
            &it.away_message,
            &it.new_message_placeholder,
            &it.email_input_placeholder,
            &it.new_messages_notification_text,
            &it.show_agent_availability,
            &it.agent_available_text,
            &it.agent_unavailable_text,
            &it.require_email_upfront,
            &it.is_open_by_default,
            &it.is_branding_hidden,
            &it.custom_icon_url,
            &it.iframe_url_override,
            &it.icon_variant,
            &it.base_url,
            &it.host,
            &it.pathname,
            &it.last_seen_at,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces how a widget looks and says how many rows that were: none when the account has
/// no such look.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &WidgetSettings) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.title,
            &it.subtitle,
            &it.color,
            &it.greeting,
            &it.away_message,
            &it.new_message_placeholder,
            &it.email_input_placeholder,
            &it.new_messages_notification_text,
            &it.show_agent_availability,
            &it.agent_available_text,
            &it.agent_unavailable_text,
            &it.require_email_upfront,
            &it.is_open_by_default,
            &it.is_branding_hidden,
            &it.custom_icon_url,
            &it.iframe_url_override,
            &it.icon_variant,
            &it.base_url,
            &it.host,
            &it.pathname,
            &it.last_seen_at,
            &it.updated_at,
        ],
    )
}

/// How the widget of an inbox looks; `None` when nobody asked before, or there is no such inbox.
///
/// # Errors
/// When the database does not answer.
pub fn by_inbox(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
) -> Result<Option<WidgetSettings>, DbError> {
    conn.one(&BY_INBOX, &[&account_id, &inbox_id], read)
}

/// All looks of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(
    conn: &mut dyn Conn,
    account_id: AccountId,
) -> Result<Vec<WidgetSettings>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}
