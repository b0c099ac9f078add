//! What users change about themselves: their name and picture, whether they can take work now,
//! and what they want to be told of.

use crate::failure::Outcome;
use crate::use_cases::{fields, load, record};
use frontdesk_db::Unit;
use frontdesk_db::queries::{user_settings, users};
use frontdesk_domain::account::User;
use frontdesk_domain::decide::Field;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::settings::UserSettings;
use frontdesk_domain::{
    Actor, Availability, EntityKind, EventKind, Refusal, UserId, UserSettingsId,
};

/// What is said about oneself.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProfileFields {
    pub(crate) full_name: Field<String>,
    pub(crate) display_name: Field<String>,
    pub(crate) profile_photo_url: Field<String>,
}

/// What to be told of. What is not said stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct SettingsFields {
    pub(crate) on_new_message: Option<bool>,
    pub(crate) on_new_conversation: Option<bool>,
    pub(crate) expo_push_token: Field<String>,
    pub(crate) signature: Field<String>,
}

/// Changes one's own name and picture.
pub(crate) fn describe(unit: &mut Unit<'_>, actor: &Actor, said: ProfileFields) -> Outcome<User> {
    let mut user = myself(unit, actor)?;
    fields::set_line(&mut user.full_name, "full_name", said.full_name)?;
    fields::set_line(&mut user.display_name, "display_name", said.display_name)?;
    let photo = said.profile_photo_url;
    fields::set_prose(&mut user.profile_photo_url, "profile_photo_url", photo)?;
    store(unit, actor, user)
}

/// Says whether one can take work now.
pub(crate) fn set_availability(
    unit: &mut Unit<'_>,
    actor: &Actor,
    availability: Availability,
) -> Outcome<User> {
    let mut user = myself(unit, actor)?;
    if user.availability == availability {
        return Ok(user);
    }
    user.availability = availability;
    store(unit, actor, user)
}

/// One's own settings, which are kept from the first time somebody asks for them.
pub(crate) fn settings(unit: &mut Unit<'_>, actor: &Actor) -> Outcome<UserSettings> {
    let id = own_id(actor)?;
    if let Some(known) = user_settings::by_user(unit.conn(), actor.account_id, id)? {
        return Ok(known);
    }
    let first = UserSettings::new(UserSettingsId::random(), id);
    user_settings::upsert(unit, actor.account_id, &first)?;
    Ok(first)
}

/// Changes one's own settings.
pub(crate) fn choose(
    unit: &mut Unit<'_>,
    actor: &Actor,
    said: SettingsFields,
) -> Outcome<UserSettings> {
    allows(actor, Permission::ManageOwnProfile)?;
    let mut it = settings(unit, actor)?;
    if let Some(wanted) = said.on_new_message {
        it.email_alert_on_new_message = wanted;
    }
    if let Some(wanted) = said.on_new_conversation {
        it.email_alert_on_new_conversation = wanted;
    }
    let token = said.expo_push_token;
    fields::set_line(&mut it.expo_push_token, "expo_push_token", token)?;
    fields::set_prose(&mut it.signature, "signature", said.signature)?;
    user_settings::upsert(unit, actor.account_id, &it)?;
    Ok(it)
}

fn own_id(actor: &Actor) -> Outcome<UserId> {
    Ok(actor.user_id().ok_or(Refusal::Forbidden)?)
}

fn myself(unit: &mut Unit<'_>, actor: &Actor) -> Outcome<User> {
    allows(actor, Permission::ManageOwnProfile)?;
    let id = own_id(actor)?;
    load::user(unit.conn(), actor, id, "user_id")
}

fn store(unit: &mut Unit<'_>, actor: &Actor, mut user: User) -> Outcome<User> {
    user.updated_at = unit.now();
    users::update(unit, &user)?;
    record::told(
        unit,
        actor,
        EventKind::EntityChanged,
        EntityKind::User,
        &user.id,
    )?;
    Ok(user)
}
