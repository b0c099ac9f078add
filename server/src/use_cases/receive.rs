//! A customer writes.

use crate::failure::Outcome;
use crate::use_cases::{forward, load, scheduled};
use frontdesk_db::{Unit, write};
use frontdesk_domain::decide::{self, Written};
use frontdesk_domain::{Actor, ConversationId, CustomerId, MessageId};

/// Stores what a customer wrote, under the id it came with. Nothing inbound is dropped:
/// what was merged away is followed, what a blocked customer wrote is kept as spam, and an answer
/// to what was forwarded is noted where it was forwarded from.
pub(crate) fn receive(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    from: CustomerId,
    written: Written,
) -> Outcome<MessageId> {
    let (now, message_id) = (unit.now(), written.id);
    let body = written.body.clone().unwrap_or_default();
    let conversation = load::standing_conversation(unit.conn(), actor, id)?;
    let customer = load::customer(unit.conn(), actor, from)?;
    let decide = match customer.blocked_at {
        Some(_) => decide::receive_from_blocked,
        None => decide::receive,
    };
    let decision = decide(&conversation, actor, from, written, now)?;
    write::apply(unit, actor, decision)?;
    scheduled::hold(unit, &conversation)?;
    forward::answered(unit, &conversation, &body)?;
    Ok(message_id)
}
