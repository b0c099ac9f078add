//! Something is deleted for good.

use crate::failure::Outcome;
use crate::use_cases::{amend, load, privacy, record};
use frontdesk_db::{Unit, queries};
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{Actor, ConversationId, EventDraft, EventKind, MessageId, Refusal};

/// Deletes a conversation with its messages.
pub(crate) fn conversation(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId) -> Outcome<()> {
    policy::allows(actor, Permission::DeleteForGood)?;
    let held = load::conversation(unit.conn(), actor, id)?;
    privacy::refuse_held_conversation(unit, actor, id)?;
    queries::conversations::delete(unit, &held)?;
    let draft = EventDraft::gone(&held);
    queries::events::emit(unit, actor.account_id, actor.user_id(), draft)?;
    Ok(record::audited(
        unit,
        actor,
        "conversation.deleted",
        format!("conversation:{id}"),
        None,
    )?)
}

/// Deletes a message.
pub(crate) fn message(unit: &mut Unit<'_>, actor: &Actor, id: MessageId) -> Outcome<()> {
    policy::allows(actor, Permission::DeleteForGood)?;
    let found = queries::messages::by_id(unit.conn(), actor.account_id, id)?;
    let view = found.ok_or(Refusal::NotFound)?;
    let held = load::conversation(unit.conn(), actor, view.message.conversation_id)?;
    privacy::refuse_held_conversation(unit, actor, held.id)?;
    amend::deleted(unit, &view.message)?;
    queries::messages::delete(unit, actor.account_id, id)?;
    let draft = EventDraft::within(EventKind::MessageDeleted, held.id, id.0);
    queries::events::emit(unit, actor.account_id, actor.user_id(), draft)?;
    Ok(record::audited(
        unit,
        actor,
        "message.deleted",
        format!("message:{id}"),
        None,
    )?)
}
