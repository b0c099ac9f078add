//! Describing an inbox, deleting it, and who is a member of it.

use super::{Identity, load, make_primary, record, require_identity};
use crate::failure::Outcome;
use crate::use_cases::{self, fields};
use frontdesk_db::queries::inboxes;
use frontdesk_db::{Unit, write};
use frontdesk_domain::account::Inbox;
use frontdesk_domain::decide::Field;
use frontdesk_domain::decision::Place;
use frontdesk_domain::{
    Actor, ChannelKind, Decision, EntityKind, EventDraft, EventKind, InboxId, Refusal, UserId,
};

/// What is said about an inbox. What is not said stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct InboxFields {
    pub(crate) name: Option<String>,
    pub(crate) description: Field<String>,
    pub(crate) slug: Field<String>,
    pub(crate) channel: Option<ChannelKind>,
    pub(crate) is_primary: Option<bool>,
    pub(crate) is_private: Option<bool>,
    pub(crate) identity_required: Option<bool>,
}

/// Adds an inbox with all that is said about it.
pub(crate) fn open(unit: &mut Unit<'_>, actor: &Actor, said: InboxFields) -> Outcome<Inbox> {
    let name = fields::required("name", said.name.clone())?;
    let channel = said.channel.unwrap_or(ChannelKind::Chat);
    let made = super::add(unit, actor, &name, channel)?;
    change(unit, actor, made.id, said)
}

/// Changes an inbox and says what it is now.
pub(crate) fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: InboxId,
    said: InboxFields,
) -> Outcome<Inbox> {
    let mut inbox = load(unit, actor, id)?;
    if inbox.is_primary && said.is_primary == Some(false) {
        return Err(Refusal::Conflict(
            "One inbox must be the primary one. Make another inbox primary instead.",
        )
        .into());
    }
    if let Some(name) = said.name {
        inbox.name = fields::line("name", &name)?;
    }
    fields::set_prose(&mut inbox.description, "description", said.description)?;
    fields::set_line(&mut inbox.slug, "slug", said.slug)?;
    inbox.channel = said.channel.unwrap_or(inbox.channel);
    inbox.is_private = said.is_private.unwrap_or(inbox.is_private);
    inbox.updated_at = unit.now();
    inboxes::update(unit, &inbox)?;
    record(unit, actor, id, "inbox.changed")?;
    if said.is_primary == Some(true) {
        make_primary(unit, actor, id)?;
    }
    match said.identity_required {
        Some(true) => require_identity(unit, actor, id, Identity::Required)?,
        Some(false) => require_identity(unit, actor, id, Identity::Optional)?,
        None => {}
    }
    load(unit, actor, id)
}

/// Deletes an inbox; its conversations go to the primary one, and whoever no longer sees one of
/// them learns that it is gone.
pub(crate) fn remove(unit: &mut Unit<'_>, actor: &Actor, id: InboxId) -> Outcome<()> {
    let inbox = load(unit, actor, id)?;
    if inbox.is_primary {
        return Err(Refusal::Conflict(
            "The primary inbox cannot be deleted. Make another inbox primary first.",
        )
        .into());
    }
    let held = inboxes::conversations(unit.conn(), actor.account_id, id)?;
    inboxes::delete(unit, actor.account_id, id)?;
    let moved = held.into_iter().fold(Decision::nothing(), |moved, held| {
        let mut draft = EventDraft::conversation(EventKind::ConversationUpdated, held.0);
        draft.moved_from = Some(Place {
            inbox_id: Some(id),
            assignee_id: held.1,
        });
        moved.event(draft)
    });
    write::apply(unit, actor, moved)?;
    use_cases::record::told(
        unit,
        actor,
        EventKind::EntityDeleted,
        EntityKind::Inbox,
        &id,
    )?;
    Ok(use_cases::record::audited(
        unit,
        actor,
        "inbox.deleted",
        format!("inbox:{id}"),
        None,
    )?)
}

/// Makes a user a member of an inbox; again is the same.
pub(crate) fn join(unit: &mut Unit<'_>, actor: &Actor, id: InboxId, user: UserId) -> Outcome<()> {
    reach(unit, actor, id, user)?;
    inboxes::add_member(unit, id, user)?;
    Ok(record(unit, actor, id, "inbox.member_added")?)
}

/// Ends a membership; again is the same.
pub(crate) fn leave(unit: &mut Unit<'_>, actor: &Actor, id: InboxId, user: UserId) -> Outcome<()> {
    reach(unit, actor, id, user)?;
    inboxes::remove_member(unit, id, user)?;
    Ok(record(unit, actor, id, "inbox.member_removed")?)
}

fn reach(unit: &mut Unit<'_>, actor: &Actor, id: InboxId, user: UserId) -> Outcome<()> {
    load(unit, actor, id)?;
    use_cases::load::user(unit.conn(), actor, user, "user_id")
        .map_err(|failure| failure.refused_as(Refusal::NotFound))?;
    Ok(())
}
