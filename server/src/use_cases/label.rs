//! Tags on conversations.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::decide;
use frontdesk_domain::{Actor, ConversationId, Refusal, TagId};

/// Puts a tag on a conversation; says whether it was not there before.
pub(crate) fn tag(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    tag_id: TagId,
) -> Outcome<bool> {
    let held = load::conversation(unit.conn(), actor, id)?;
    let known = queries::tags::by_id(unit.conn(), actor.account_id, tag_id)?;
    known.ok_or(Refusal::missing("tag_id"))?;
    let tags = queries::conversations::tags(unit.conn(), id)?;
    let decision = decide::tag(&held, &tags, actor, tag_id)?;
    let changes = !decision.is_empty();
    write::apply(unit, actor, decision)?;
    Ok(changes)
}

/// Takes a tag off a conversation; says whether it was there.
pub(crate) fn untag(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    tag_id: TagId,
) -> Outcome<bool> {
    let held = load::conversation(unit.conn(), actor, id)?;
    let tags = queries::conversations::tags(unit.conn(), id)?;
    let decision = decide::untag(&held, &tags, actor, tag_id)?;
    let changes = !decision.is_empty();
    write::apply(unit, actor, decision)?;
    Ok(changes)
}
