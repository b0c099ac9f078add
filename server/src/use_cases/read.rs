//! An agent has read a conversation.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::decide::{self, Reading};
use frontdesk_domain::{Actor, Conversation, ConversationId, EventDraft, EventKind};

/// Marks a conversation read, with the reader's mentions in it.
pub(crate) fn mark_read(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<Conversation> {
    let now = unit.now();
    let conversation = load::conversation(unit.conn(), actor, id)?;
    let reading = reading(unit, actor, id)?;
    let decision = decide::set_read(&conversation, actor, &reading, now)?;
    write::apply(unit, actor, decision)?;
    load::conversation(unit.conn(), actor, id)
}

/// The same by an explicit `read`, which is told to the others even when nothing changed: existing
/// clients wait for that.
pub(crate) fn mark_read_aloud(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<()> {
    let before = load::conversation(unit.conn(), actor, id)?;
    let after = mark_read(unit, actor, id)?;
    if before.version == after.version {
        let draft = EventDraft::conversation(EventKind::ConversationUpdated, id);
        queries::events::emit(unit, actor.account_id, actor.user_id(), draft)?;
    }
    Ok(())
}

/// Read, with the mentions this actor had not seen.
pub(crate) fn reading(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId) -> Outcome<Reading> {
    let unseen_mentions = match actor.user_id() {
        Some(user_id) => queries::messages::unseen_mentions(unit.conn(), id, user_id)?,
        None => Vec::new(),
    };
    Ok(Reading::Read { unseen_mentions })
}
