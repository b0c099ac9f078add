//! A customer has seen what the agents wrote.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::decide;
use frontdesk_domain::{Actor, ConversationId};

/// Marks the agents' messages of a conversation as seen.
pub(crate) fn messages_seen(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId) -> Outcome<()> {
    let now = unit.now();
    let conversation = load::conversation(unit.conn(), actor, id)?;
    let unseen = queries::messages::unseen(unit.conn(), id)?;
    let decision = decide::messages_seen(&conversation, actor, &unseen, now)?;
    write::apply(unit, actor, decision)?;
    Ok(())
}
