//! A conversation is put away.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::decide;
use frontdesk_domain::{Actor, Conversation, ConversationId, Refusal};

/// Takes a conversation out of every list; a customer's message brings it back.
pub(crate) fn archive(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<Conversation> {
    let now = unit.now();
    let held = load::conversation(unit.conn(), actor, id)?;
    let decision = decide::archive(&held, actor, now)?;
    write::apply(unit, actor, decision)?;
    let found = queries::conversations::by_id(unit.conn(), actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}
