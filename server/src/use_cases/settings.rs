//! What an account says about itself: its name, its clock, when it answers.

use crate::failure::Outcome;
use crate::use_cases::record;
use frontdesk_db::Unit;
use frontdesk_db::queries::accounts;
use frontdesk_domain::account::{Account, WorkingHours};
use frontdesk_domain::decide::Field;
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, EntityKind, Refusal};
use serde::{Deserialize, Serialize};

/// What to change. The values have been checked; what is not named stays.
#[derive(Debug, Clone)]
pub(crate) struct AccountChanges {
    pub(crate) company_name: Option<String>,
    pub(crate) company_logo_url: Field<String>,
    pub(crate) time_zone: Field<String>,
    pub(crate) settings: Option<Reminders>,
    pub(crate) working_hours: Option<Vec<WorkingHours>>,
}

/// The settings that clients know, kept as one JSON text.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, schemars::JsonSchema)]
pub(crate) struct Reminders {
    #[serde(default)]
    pub(crate) disable_automated_reply_emails: Option<bool>,
    #[serde(default)]
    pub(crate) conversation_reminders_enabled: Option<bool>,
    #[serde(default)]
    pub(crate) conversation_reminder_hours_interval: Option<i64>,
    #[serde(default)]
    pub(crate) max_num_conversation_reminders: Option<i64>,
}

impl Reminders {
    fn over(self, before: Self) -> Self {
        Self {
            disable_automated_reply_emails: self
                .disable_automated_reply_emails
                .or(before.disable_automated_reply_emails),
            conversation_reminders_enabled: self
                .conversation_reminders_enabled
                .or(before.conversation_reminders_enabled),
            conversation_reminder_hours_interval: self
                .conversation_reminder_hours_interval
                .or(before.conversation_reminder_hours_interval),
            max_num_conversation_reminders: self
                .max_num_conversation_reminders
                .or(before.max_num_conversation_reminders),
        }
    }
}

/// Changes the actor's account.
pub(crate) fn change_account(
    unit: &mut Unit<'_>,
    actor: &Actor,
    changes: AccountChanges,
) -> Outcome<()> {
    allows(actor, Permission::ManageSettings)?;
    let found = accounts::by_id(unit.conn(), actor.account_id)?;
    let before = found.ok_or(Refusal::NotFound)?;
    let after = changed(before.clone(), changes);
    if after == before {
        return Ok(());
    }
    let after = Account {
        updated_at: unit.now(),
        ..after
    };
    accounts::update(unit, &after)?;
    record::changed(unit, actor, EntityKind::Account, &after.id)?;
    let subject = format!("account:{}", after.id);
    Ok(record::audited(
        unit,
        actor,
        "account.changed",
        subject,
        None,
    )?)
}

fn changed(mut account: Account, changes: AccountChanges) -> Account {
    if let Some(name) = changes.company_name {
        account.company_name = name;
    }
    put(&mut account.company_logo_url, changes.company_logo_url);
    put(&mut account.time_zone, changes.time_zone);
    if let Some(hours) = changes.working_hours {
        account.working_hours = hours;
    }
    if let Some(settings) = changes.settings {
        let kept = account.settings.as_ref();
        let before = kept.and_then(|json| serde_json::from_str(&json.0).ok());
        let whole = settings.over(before.unwrap_or_default());
        account.settings = serde_json::to_string(&whole).ok().map(Json);
    }
    account
}

/// Puts what was asked for in its place.
pub(crate) fn put<T>(place: &mut Option<T>, field: Field<T>) {
    match field {
        Field::Keep => {}
        Field::Clear => *place = None,
        Field::Set(value) => *place = Some(value),
    }
}
