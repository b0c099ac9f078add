//! A customer writes.

use crate::failure::Outcome;
use crate::use_cases::{load, scheduled};
use frontdesk_db::{Unit, write};
use frontdesk_domain::decide::{self, Written};
use frontdesk_domain::{Actor, ConversationId, CustomerId, MessageId};

/// Stores what a customer wrote, under the id it came with. Nothing inbound is dropped: what was merged away is followed.
pub(crate) fn receive(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    from: CustomerId,
    written: Written,
) -> Outcome<MessageId> {
    let (now, message_id) = (unit.now(), written.id);
    let conversation = load::standing_conversation(unit.conn(), actor, id)?;
    let decision = decide::receive(&conversation, actor, from, written, now)?;
    write::apply(unit, actor, decision)?;
    scheduled::hold(unit, &conversation)?;
    Ok(message_id)
}
